"""Nobody's name, phone, e-mail or NIK leaves the book and the documents: no log, file name or property has one."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.endtoend.office import NOW, DiskOffice, Outcome
from tests.hostile.personal import leaked, personal, properties, sample_visits


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[DiskOffice, list[Outcome]]:
    """The sample office, run on disk from the import to the month's end, with the log as JSON."""
    office = DiskOffice.make(tmp_path_factory.mktemp("kantor"))
    visits = sample_visits()
    outcomes = [office.import_visits(visits)]
    for moment in (NOW, NOW, "2026-12-01T08:00"):
        outcomes.append(office.agenda("run", "--log", "json", "--now", moment))
        if len(outcomes) == 2:
            office.type_visits(visits)
    outcomes.append(office.agenda("verify"))
    outcomes.append(office.agenda("recap", "2026-11", "--log", "json", "--now", "2026-12-01T08:00"))
    assert [outcome.code for outcome in outcomes] == [0] * len(outcomes), outcomes[-1].err
    return office, outcomes


def test_the_sample_is_personal() -> None:
    """A search for nothing would find nothing."""
    assert len(personal()) > 100
    assert leaked("… PETRUS Santoso, NIK 6171012304850001 …") == ["6171012304850001", "petrus santoso"]


def test_no_log_and_no_report_names_anybody(sample: tuple[DiskOffice, list[Outcome]]) -> None:
    """Neither the log nor what a run prints."""
    _, outcomes = sample
    for outcome in outcomes:
        assert leaked(outcome.err + outcome.out) == []
    events = [json.loads(line) for line in outcomes[1].err.splitlines() if line.startswith("{")]
    assert {event["event"] for event in events} >= {"registered", "filed"}


def test_no_file_name_and_no_property_names_anybody(sample: tuple[DiskOffice, list[Outcome]]) -> None:
    """Paths, and what a document says of itself without being opened."""
    office, _ = sample
    assert leaked("\n".join(office.files())) == []
    documents = list(office.archive.rglob("*.docx"))
    assert len(documents) > 80
    for path in documents:
        assert leaked(properties(path.read_bytes())) == []


def _renamed(workbook: Any) -> None:
    workbook["Agenda"].cell(1, 4).value = "Nama"


def _ledger_overtyped(workbook: Any) -> None:
    workbook["Register"].cell(2, 1).value = "Petrus Santoso"


def _listed_overtyped(workbook: Any) -> None:
    workbook["Arsip"].cell(2, 1).value = None
    workbook["Arsip"].cell(2, 6).value = "Petrus Santoso 081298187479"


def _emptied(workbook: Any) -> None:
    workbook["Agenda"].delete_rows(2, 70)


def _merged(workbook: Any) -> None:
    workbook["Agenda"].merge_cells("A2:AK40")


def _tab_gone(workbook: Any) -> None:
    del workbook["Petugas"]


def _header_gone(workbook: Any) -> None:
    workbook["Agenda"].delete_rows(1)


def _header_sorted_away(workbook: Any) -> None:
    sheet = workbook["Respons"]
    for cell in sheet[1]:
        other = sheet.cell(3, cell.column)
        cell.value, other.value = other.value, cell.value


@pytest.mark.parametrize(
    "deed",
    [
        _renamed,
        _ledger_overtyped,
        _listed_overtyped,
        _emptied,
        _merged,
        _tab_gone,
        _header_gone,
        _header_sorted_away,
    ],
)
def test_no_message_of_a_stopped_run_names_anybody(
    sample: tuple[DiskOffice, list[Outcome]], tmp_path: Path, deed: Callable[[Any], None]
) -> None:
    """Whatever staff did to the book: the message says where, never who."""
    office, _ = sample
    copy = DiskOffice(tmp_path / "kantor")
    shutil.copytree(office.folder, copy.folder)
    copy.edit(deed)

    outcome = copy.agenda("run", "--log", "json", "--now", "2026-12-02T09:00")

    assert outcome.code == 5 or deed is _merged
    assert outcome.err
    assert leaked(outcome.err + outcome.out) == []


def test_a_broken_template_names_nobody(sample: tuple[DiskOffice, list[Outcome]], tmp_path: Path) -> None:
    """A fault in a template is told with its place, not with what was being printed."""
    office, _ = sample
    copy = DiskOffice(tmp_path / "kantor")
    shutil.copytree(office.folder, copy.folder)
    for template in (copy.folder / "templates").glob("*.docx"):
        template.write_bytes(template.read_bytes()[:-100])

    outcome = copy.agenda("run", "--now", "2026-12-04T08:00")  # the final of November is due

    assert outcome.code == 2
    assert leaked(outcome.err + outcome.out) == []
