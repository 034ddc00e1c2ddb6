"""``agenda doctor --probe`` finds out how Google behaves, and leaves nothing behind, whatever happens to it."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest

from sync.errors import AccessRefused, AgendaError, TryLater
from sync.workspace.google.admin.probe import PREFIX, Probe
from tests.google.faults import Rule
from tests.google_admin.office import AdminOffice
from tests.google_backend.office import emulator


def kept(office: AdminOffice) -> Any:
    """The office's own: tabs and files, without what lies in the bin."""
    tabs = [(sheet.title, sheet.rows, sheet.objects) for sheet in office.staff.book.sheets]
    return tabs, sorted(entry.name for entry in office.google.state.files.values() if not _binned(office, entry))


def _binned(office: AdminOffice, entry: Any) -> bool:
    parents = [office.google.state.files.get(parent) for parent in entry.parents]
    return entry.trashed or any(parent is not None and parent.trashed for parent in parents)


def test_every_answer_is_what_the_design_expects(office: AdminOffice) -> None:
    """Of the stand-in, which was made to be so; on a real account the table tells."""
    before = kept(office)

    outcome = office.probe()

    assert {result.state for result in outcome.results} <= {"as expected", "noted", "skipped"}
    questions = " ".join(result.question for result in outcome.results)
    for topic in ("sent twice", "gone", "sort", "id that has a file", "locked", "version", "findReplace", "label"):
        assert topic in questions
    assert outcome.left_behind == []
    assert kept(office) == before


def test_an_answer_that_differs_is_said(office: AdminOffice) -> None:
    """Here: the version that watch looks at does not move with a write."""
    office.google.faults.before(lambda: freeze(office), nth=0, method=r"files\.get$")

    outcome = office.probe()

    states = {result.question: result.state for result in outcome.results}
    assert states["the file's version after a write (agenda watch looks at it)"] == "DIFFERS"


def freeze(office: AdminOffice) -> None:
    office.google.state.files[office.config().google.spreadsheet_id].version = 7


def test_a_probe_that_loses_its_connection_at_any_call_cleans_up(office: AdminOffice) -> None:
    """Once, before or after the effect: the failure is told, the scratch objects go all the same."""
    before, start, call = kept(office), office.google.snapshot(), 0
    fired = 1
    while fired:
        call += 1
        office.google.restore(start)
        office.google.faults.clear()
        rule = office.google.faults.add(Rule(nth=call, drop=True, after_effect=call % 2 == 0))
        with contextlib.suppress(TryLater):
            office.probe()
        fired = rule.fired
        assert kept(office) == before, call
    assert call > 30


def test_a_probe_that_is_cut_off_for_good_is_cleaned_up_by_the_next(office: AdminOffice) -> None:
    before = kept(office)
    office.google.faults.add(Rule(nth=20, times=0, drop=True))
    with pytest.raises(AgendaError):
        office.probe()
    assert any(PREFIX in line for line in office.told)
    assert kept(office) != before
    office.google.faults.clear()

    office.probe()

    assert kept(office) == before


def test_a_test_response_is_asked_for_where_a_person_is(office: AdminOffice) -> None:
    asked: list[str] = []

    def send(question: str) -> bool:
        asked.append(question)
        section = office.config().google
        office.staff.submit({"Nama Lengkap": "Uji"}, form_id=section.form_id)
        return True

    with emulator(office.server.host):
        outcome = Probe(office.config(), office.session(), office.told.append, send).run()

    assert "viewform" in asked[0]
    found = {result.question: result.found for result in outcome.results}
    assert found["the file's version after a form response"].startswith("moved")


def test_the_command_prints_a_table_of_expected_and_found(office: AdminOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    office.google.state.drives[office.account.drive_id].members = {"*": "fileOrganizer"}

    outcome = office.agenda("doctor", "--probe")

    assert outcome.code == 0, outcome.err
    assert "a commit sent twice" in outcome.out
    assert "as expected" in outcome.out


def test_nothing_is_tried_where_a_run_would_stop_anyway(office: AdminOffice) -> None:
    office.google.state.drives[office.account.drive_id].members = {"*": "reader"}

    outcome = office.agenda("doctor", "--probe")

    assert outcome.code == AccessRefused.exit_code
    assert office.writes() == []
