"""Exports imported again: in whatever order, writing and number, each visit has one number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sync.domain.table import Cell
from sync.domain.tabs import Tab
from tests.run.exports import Export, exported, taken_in
from tests.run.office import MemoryOffice
from tests.run.test_one_number import EDITS, edit

VISITS: list[dict[str, Cell]] = [
    {"name": f"Tamu {order}", "phone": f"0812981874{order:02d}", "summary": f"Perkara {order}; tanya, lalu pulang",
     "topic": "Pendirian koperasi, RAT dan pelaporan", "timestamp": datetime(2026, 11, 13, 8, order, 7 * order),
     "arrived": time(8, order)}
    for order in range(4)
]  # fmt: skip
MORNING = datetime(2026, 11, 13, 9, 0)


def numbers(office: MemoryOffice) -> list[Any]:
    return [row["number"] for row in office.rows(Tab.REGISTER)]


def an_office(visits: Sequence[dict[str, Cell]] = VISITS, *, registered: bool = True) -> MemoryOffice:
    office = MemoryOffice()
    taken_in(office, exported(visits, Export.SHEET))
    if registered:
        office.run(MORNING)
    return office


@pytest.mark.parametrize("registered", [True, False], ids=["after a run", "before any run"])
@pytest.mark.parametrize("way", Export)
def test_another_export_of_the_same_responses_brings_nothing_new(way: Export, registered: bool) -> None:
    """Other separators, date format, header language, quoting, BOM: the same responses."""
    office = an_office(registered=registered)

    new = taken_in(office, exported(VISITS, way))

    assert (new.fresh, new.newer, new.differing, new.known) == ((), (), (), len(VISITS))
    assert "response-changed" not in office.run().findings
    assert len(numbers(office)) == len(VISITS)


@pytest.mark.parametrize("way", [Export.SHEET, Export.FORM])
@pytest.mark.parametrize("run_between", [True, False], ids=["seen by a run", "at once"])
@pytest.mark.parametrize("changed", EDITS.values(), ids=EDITS)
def test_a_corrected_response_and_the_whole_export_again_are_one_visit(
    changed: dict[str, Cell], run_between: bool, way: Export
) -> None:
    """The correction in the tab stands, and is told; the old line does not come back."""
    office = an_office()
    edit(office, changed)
    if run_between:
        office.run()

    new = taken_in(office, exported(VISITS, way))
    report = office.run()

    assert (new.fresh, new.newer, new.differing) == ((), (), ())
    assert (report.registered, len(numbers(office))) == (0, len(VISITS))
    assert report.findings["response-changed"] == 1


def test_a_response_corrected_before_it_is_registered_is_kept_as_corrected_and_said() -> None:
    """The row in the tab is the office's word; the operator hears which line differs."""
    office = an_office(registered=False)
    edit(office, {"name": "Tamu Nol"})

    new = taken_in(office, exported(VISITS, Export.FORM))
    report = office.run()

    assert [(line.line, row) for line, row in new.differing] == [(2, 0)]
    assert report.registered == len(VISITS)
    assert office.rows(Tab.AGENDA)[0]["name"] == "Tamu Nol"


@pytest.mark.parametrize("times", [1, 3])
def test_a_response_edited_through_the_form_comes_in_beside_and_keeps_its_number(times: int) -> None:
    """The form dates it anew; the change is told in the row of the agenda."""
    office = an_office()
    later = [{**VISITS[0], "timestamp": datetime(2026, 11, 13, 11, 0, 3), "summary": "Perkara lain"}, *VISITS[1:]]
    for _ in range(times):
        taken_in(office, exported(later, Export.FORM))
    report = office.run()

    assert (report.registered, len(numbers(office))) == (0, len(VISITS))
    assert report.findings["response-changed"] == 1
    assert office.run().rows_updated == 0
    assert office.run().registered == 0


def test_a_deleted_response_comes_back_under_its_number() -> None:
    """Importing the export again is how what was deleted from the tab is put back."""
    office = an_office()
    del office.workspace.tabs["Respons"][2]

    new = taken_in(office, exported(VISITS, Export.FORM))

    assert [line.line for line in new.fresh] == [3]
    assert office.run().registered == 0
    assert "response-changed" not in office.run().findings


def test_visits_of_one_person_on_one_day_are_as_many_as_the_export_has() -> None:
    """Sent twice by one click too many, and back in the afternoon: three lines, three numbers, flagged as before."""
    again: list[dict[str, Cell]] = [
        VISITS[0],
        {**VISITS[0], "timestamp": datetime(2026, 11, 13, 8, 2, 0)},
        {**VISITS[0], "timestamp": datetime(2026, 11, 13, 13, 0, 0), "arrived": time(12, 59)},
    ]
    office = an_office(again)
    assert len(numbers(office)) == 3

    taken_in(office, exported(again, Export.FORM))

    assert office.run().registered == 0


def test_two_visitors_of_one_second_are_two_also_when_one_was_corrected() -> None:
    """One line is one row's: the other visitor is new."""
    two: list[dict[str, Cell]] = [VISITS[0], {**VISITS[0], "name": "Istri Tamu 0"}]
    office = an_office(two[:1])
    edit(office, {"name": "Tamu Nol"})

    taken_in(office, exported(two, Export.SHEET))

    assert office.run().registered == 1
    assert [row["name"] for row in office.rows(Tab.AGENDA)] == ["Tamu 0", "Istri Tamu 0"]


ACTS = st.one_of(
    st.tuples(st.just("import"), st.integers(1, 4), st.sampled_from([Export.SHEET, Export.FORM])),
    st.tuples(st.just("run"), st.just(0), st.just(Export.FORM)),
    st.tuples(st.just("edit"), st.integers(1, 4), st.just(Export.FORM)),
    st.tuples(st.just("delete"), st.integers(1, 4), st.just(Export.FORM)),
    st.tuples(st.just("sort"), st.integers(0, 1), st.just(Export.FORM)),
)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ACTS, max_size=10))
def test_any_interleaving_of_exports_gives_each_visit_one_number(acts: list[tuple[str, int, Export]]) -> None:
    """Exports of the first visits or of all, before, after and between runs, corrections, deletions and sorts."""
    office = MemoryOffice()
    tab = office.workspace.tabs["Respons"]
    names = tab[0].index("Nama Lengkap")
    seen: set[int] = set()
    for act, which, way in acts:
        if act == "import":
            taken_in(office, exported(VISITS[:which], way))
            seen |= set(range(which))
        elif act == "run":
            office.run()
        elif act == "edit" and which < len(tab):
            edit(office, {"summary": f"Diubah: {tab[which][names]}"}, row=which)
        elif act == "delete" and which < len(tab):
            del tab[which]
        elif act == "sort":
            tab[1:] = sorted(tab[1:], key=lambda row: str(row[names]), reverse=bool(which))
    taken_in(office, exported(VISITS, Export.FORM))
    office.run()
    taken_in(office, exported(VISITS, Export.SHEET))
    office.run()

    assert sorted(str(row["name"]) for row in office.rows(Tab.AGENDA)) == [f"Tamu {order}" for order in range(4)]
    assert len(numbers(office)) == len(set(numbers(office))) == len(VISITS)
    assert office.run().rows_updated == 0
