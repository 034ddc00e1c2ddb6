"""``agenda doctor --probe`` finds out how Google behaves, and leaves nothing behind, whatever happens to it."""

from __future__ import annotations

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


def test_a_chosen_id_that_google_ignores_is_found_and_everything_else_asked(office: AdminOffice) -> None:
    """The very answer the probe is for: the commit's guard rests on the id, and no live account has been asked yet."""
    before = kept(office)
    office.google.settings.protected_ids = "ignored"

    outcome = office.probe()

    states = {result.question: result.state for result in outcome.results}
    assert states["a protected range takes an id of ours"] == "DIFFERS"
    assert states["a commit sent twice (delete N, add N+1, write)"] == "as expected"
    assert states["an upload under an id that has a file"] == "as expected"
    assert "NO ANSWER" not in states.values()
    assert outcome.error is None
    assert kept(office) == before


@pytest.mark.parametrize("kind", ["sheets_write", "sheets_read", "drive"])
@pytest.mark.parametrize("body", [{}, {"replies": "?", "files": [7], "sheets": [{"data": 1}]}], ids=str)
def test_whatever_a_question_comes_to_the_table_is_printed(
    office: AdminOffice, kind: str, body: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Answers of a shape that nobody has documented, one after the other; every question has its line."""
    monkeypatch.setenv("COLUMNS", "300")
    whole = {result.question for result in office.probe().results}
    for nth in (2, 7):
        office.google.faults.clear()
        office.google.faults.add(Rule(nth=nth, times=3, kind=kind, status=200, body=body))
        outcome = office.probe()
        assert outcome.results
        assert outcome.error is None or isinstance(outcome.error, AgendaError)
        missing = whole - {result.question for result in outcome.results}
        assert not missing or any(result.state in ("NO ANSWER", "skipped") for result in outcome.results)


@pytest.mark.parametrize("nth", [1, 2, 5, 14])
def test_a_question_that_google_refuses_stops_no_other(office: AdminOffice, nth: int) -> None:
    """A refusal where none was expected is an answer, too."""
    before = kept(office)
    rule = office.google.faults.add(Rule(nth=nth, kind="sheets", status=400, reason="INVALID_ARGUMENT"))

    outcome = office.probe()

    assert rule.fired
    assert outcome.error is None
    assert [result.state for result in outcome.results if "listing" in result.question] == ["noted"]
    office.probe()
    assert kept(office) == before


def test_the_command_prints_the_table_and_then_says_what_cut_it_short(
    office: AdminOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    office.google.state.drives[office.account.drive_id].members = {"*": "fileOrganizer"}
    office.google.faults.fail(503, method="generateIds", times=0)

    outcome = office.agenda("doctor", "--probe")

    assert outcome.code == TryLater.exit_code
    assert "a commit sent twice" in outcome.out
    assert "Google stopped answering" in outcome.out


def test_the_locale_and_the_title_of_a_form_are_found_out(office: AdminOffice) -> None:
    """On scratch objects: the office's own spreadsheet keeps its locale."""
    office.google.settings.drive_makes_forms = True
    before = kept(office)

    found = {result.question: (result.found, result.state) for result in office.probe().results}

    assert found["the locale, set to in_ID"] == ("in_ID", "noted")
    assert found["the locale, set to id_ID"][0].startswith("refused (400")
    assert found["a locale of Indonesia can be set by setup"][1] == "as expected"
    assert found["the title of a form that Drive made, and then renamed"][0] == (
        "'agenda-probe-form', then 'agenda-probe-form'"
    )
    assert kept(office) == before


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
        outcome = office.probe()
        assert outcome.error is None or isinstance(outcome.error, TryLater)
        fired = rule.fired
        assert kept(office) == before, call
    assert call > 30


def test_a_probe_that_is_cut_off_for_good_is_cleaned_up_by_the_next(office: AdminOffice) -> None:
    before = kept(office)
    office.google.faults.add(Rule(nth=20, times=0, drop=True))
    assert isinstance(office.probe().error, AgendaError)
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
