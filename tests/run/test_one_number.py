"""One visit keeps one number, whatever people do to its response; what really changed is told, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sync.domain.table import Cell
from sync.domain.tabs import ResponseCells, Tab
from tests import build
from tests.run.office import MemoryOffice

FIRST: dict[str, Cell] = {"timestamp": datetime(2026, 11, 2, 8, 26, 5), "arrived": time(8, 20)}
COLUMN = {field: index for index, field in enumerate(ResponseCells._fields)}
SAME_DAY = datetime(2026, 11, 2, 9, 0)


def a_registered_visit(now: datetime = SAME_DAY) -> MemoryOffice:
    office = MemoryOffice()
    office.respond(**FIRST)
    assert office.run(now).registered == 1
    return office


def edit(office: MemoryOffice, changes: Mapping[str, Cell], row: int = 1) -> None:
    for field, cell in changes.items():
        office.workspace.tabs["Respons"][row][COLUMN[field]] = cell


def numbers(office: MemoryOffice) -> list[Any]:
    return [row["number"] for row in office.rows(Tab.REGISTER)]


EDITS: dict[str, dict[str, Cell]] = {
    "an answer": {"summary": "Uraian yang diubah"},
    "the name": {"name": "Petrus Santosa"},
    "the phone": {"phone": "081200000001"},
    "name and phone": {"name": "Petrus Santosa", "phone": "081200000001"},
    "the timestamp, same day": {"timestamp": datetime(2026, 11, 2, 7, 0, 1)},
    "the timestamp, another day": {"timestamp": datetime(2026, 10, 2, 8, 26, 5)},
    "the timestamp, a later day": {"timestamp": datetime(2026, 11, 20, 8, 26, 5)},
    "the timestamp, still to come": {"timestamp": datetime(2027, 11, 2, 8, 26, 5)},
    "the timestamp emptied": {"timestamp": None},
    "the timestamp as words": {"timestamp": "kemarin pagi"},
    "timestamp emptied, name corrected": {"timestamp": None, "name": "Petrus Santosa"},
}


@pytest.mark.parametrize("changed", EDITS.values(), ids=EDITS)
def test_an_edit_in_the_tab_gives_no_second_number_and_is_told(changed: dict[str, Cell]) -> None:
    office = a_registered_visit()
    edit(office, changed)

    report = office.run()

    assert (report.registered, numbers(office)) == (0, ["KONS-2026-0001"])
    assert report.findings["response-changed"] == 1
    assert office.run().rows_updated == 0


TWICE = ("the name", "name and phone", "the timestamp, same day", "the timestamp emptied", "the timestamp as words")


@pytest.mark.parametrize("second", [EDITS[name] for name in TWICE], ids=TWICE)
@pytest.mark.parametrize("first", [EDITS[name] for name in TWICE], ids=TWICE)
def test_two_edits_with_a_run_between_are_one_visit_still(first: dict[str, Cell], second: dict[str, Cell]) -> None:
    """The ledger knows the latest version, not only the one it registered: name first, then time, then the phone."""
    office = a_registered_visit()
    edit(office, first)
    office.run()
    edit(office, second)

    assert office.run().registered == 0
    assert numbers(office) == ["KONS-2026-0001"]


SAME: dict[str, dict[str, Cell]] = {
    "a phone reformatted": {"phone": "+62 812-9818-7479"},
    "a phone as a number": {"phone": 81298187479},
    "choices by semicolon": {"topic": "Pendirian koperasi;RAT dan pelaporan"},
    "white space": {"name": " Petrus  Santoso"},
    "the time as text": {"arrived": "08.20"},
}


@pytest.mark.parametrize("written", SAME.values(), ids=SAME)
def test_another_writing_of_the_same_answers_is_not_told_as_a_change(written: dict[str, Cell]) -> None:
    office = MemoryOffice()
    office.respond(**FIRST, topic="Pendirian koperasi, RAT dan pelaporan")
    office.run(SAME_DAY)
    edit(office, written)

    report = office.run()

    assert report.registered == 0
    assert "response-changed" not in report.findings


def test_the_old_content_that_comes_back_beside_the_corrected_one_is_the_same_visit() -> None:
    """A clerk corrects the row, a run sees it, and an old export puts the old line below."""
    office = a_registered_visit()
    edit(office, {"name": "Petrus Santosa", "timestamp": datetime(2026, 11, 2, 8, 0)})
    office.run()
    office.respond(**FIRST)

    report = office.run()

    assert (report.registered, numbers(office)) == (0, ["KONS-2026-0001"])
    assert report.findings["response-changed"] == 1
    assert office.run().rows_updated == 0


def test_a_correction_that_is_taken_back_is_told_no_longer() -> None:
    office = a_registered_visit()
    edit(office, {"summary": "lain"})
    office.run()
    edit(office, {"summary": build.response_cells().summary})

    assert "response-changed" not in office.run().findings


def test_two_visitors_at_the_same_second_are_two_whatever_is_edited_afterwards() -> None:
    office = MemoryOffice()
    office.respond(**FIRST, name="Siti", phone="081200000001")
    office.respond(**FIRST, name="Budi", phone="081200000002")
    assert office.run(SAME_DAY).registered == 2
    edit(office, {"summary": "Siti tanya lain"})
    edit(office, {"phone": "081200000009"}, row=2)
    office.respond(**FIRST, name="Ani", phone="081200000003")

    report = office.run()

    assert report.registered == 1
    assert report.findings["response-changed"] == 2
    assert [row["name"] for row in office.rows(Tab.AGENDA)] == ["Siti", "Budi", "Ani"]


def test_the_same_person_twice_a_day_is_two_visits_although_the_first_response_was_edited() -> None:
    office = a_registered_visit()
    edit(office, {"summary": "Uraian yang diubah"})
    office.respond(timestamp=datetime(2026, 11, 2, 13, 5, 9), arrived=time(13, 0), summary="Datang lagi")
    # The second visit's row stands above: its turn in the tab does not make it the first one's.
    rows = office.workspace.tabs["Respons"]
    rows[1], rows[2] = rows[2], rows[1]

    assert office.run().registered == 1
    assert len(set(numbers(office))) == 2


def test_a_regular_visitor_with_the_same_words_is_a_new_visit_although_old_responses_were_cleared_away() -> None:
    """A tab that was tidied up at the end of the year makes nobody's next visit an old one."""
    office = MemoryOffice()
    office.respond(timestamp=datetime(2026, 11, 2, 8, 0), name="Lain", phone="081200000001")
    office.respond(**FIRST)
    office.run(SAME_DAY)
    del office.workspace.tabs["Respons"][1:]
    office.respond(timestamp=datetime(2026, 11, 20, 8, 26, 5), arrived=time(8, 20))

    assert office.run().registered == 1


def test_rows_that_moved_are_nobody_s_news() -> None:
    """Sorted, or with a gap between: content is what a response is known by."""
    office = a_registered_visit()
    office.respond(timestamp=datetime(2026, 11, 2, 10, 0), name="Dayang", phone="081316523126")
    office.run()
    rows = office.workspace.tabs["Respons"]
    office.workspace.tabs["Respons"][1:] = [rows[2], [None] * len(rows[0]), rows[1]]

    report = office.run()

    assert (report.registered, report.rows_updated) == (0, 0)
    assert "response-changed" not in report.findings


@pytest.mark.parametrize("changed", EDITS.values(), ids=EDITS)
def test_a_deleted_row_stays_deleted_when_its_response_is_edited(changed: dict[str, Cell]) -> None:
    """And both are told."""
    office = a_registered_visit()
    office.respond(timestamp=datetime(2026, 11, 2, 10, 0), name="Dayang", phone="081316523126")
    office.respond(timestamp=datetime(2026, 11, 2, 10, 5), name="Rudi", phone="081316523127")
    office.run()
    del office.workspace.tabs["Agenda"][1]
    office.run()
    edit(office, changed)

    report = office.run()

    assert report.registered == 0
    assert (report.findings["row-deleted"], report.findings["response-changed"]) == (1, 1)
    assert [row["name"] for row in office.rows(Tab.AGENDA)] == ["Dayang", "Rudi"]


def _as_made_by_an_earlier_version(office: MemoryOffice) -> None:
    register = office.workspace.tabs["Register"]
    for header in ("Sidik Respons", "Nomor Dilewati"):
        column = register[0].index(header)
        for row in register:
            del row[column : column + 1]


@pytest.mark.parametrize("changed", [EDITS["an answer"], EDITS["the name"], EDITS["the timestamp, same day"]])
def test_a_book_of_an_earlier_version_knows_its_visits_too(changed: dict[str, Cell]) -> None:
    """By what stands in the agenda; the first run adds what is remembered from then on."""
    office = a_registered_visit()
    _as_made_by_an_earlier_version(office)
    edit(office, changed)

    assert office.run().registered == 0
    assert all(row["remembered"] for row in office.rows(Tab.REGISTER))
    edit(office, {"name": "Nama lain", "summary": "Uraian lain"})
    assert office.run().registered == 0


def test_a_row_deleted_before_the_ledger_remembered_answers_stays_deleted_too() -> None:
    office = a_registered_visit()
    office.respond(timestamp=datetime(2026, 11, 2, 10, 0), name="Dayang", phone="081316523126")
    office.run()
    del office.workspace.tabs["Agenda"][1]
    _as_made_by_an_earlier_version(office)
    edit(office, {"summary": "Uraian yang diubah"})

    report = office.run()

    assert (report.registered, report.findings["row-deleted"]) == (0, 1)


VISITORS: list[dict[str, Cell]] = [
    {"name": f"Tamu {order}", "phone": f"0812981874{order:02d}", "summary": f"Perkara {order}",
     "timestamp": datetime(2026, 11, 2, 8, order, 7), "arrived": time(8, order)}
    for order in range(4)
]  # fmt: skip
KINDS = ("summary", "name", "phone", "timestamp", "timestamp empty")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(KINDS), st.integers(1, 3)), max_size=8))
def test_any_history_of_single_edits_with_runs_between_gives_each_visit_one_number(
    history: Sequence[tuple[int, str, int]],
) -> None:
    """Each edit is one act of a person in one row; the job looks after each."""
    office = MemoryOffice()
    for visitor in VISITORS:
        office.respond(**visitor)
    office.run(SAME_DAY)
    for who, kind, how in history:
        change: dict[str, dict[str, Cell]] = {
            "summary": {"summary": f"Diubah {who} {how}"},
            "name": {"name": f"Nama baru {who} {how}"},
            "phone": {"phone": f"08129818{who}{how}99"},
            "timestamp": {"timestamp": datetime(2026, 11, 2, 6, how, who)},
            "timestamp empty": {"timestamp": None},
        }
        edit(office, change[kind], row=who + 1)
        assert office.run().registered == 0

    assert numbers(office) == [f"KONS-2026-{order:04d}" for order in range(1, 5)]
    assert office.run().rows_updated == 0
