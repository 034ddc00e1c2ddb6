"""Nobody's name, phone, e-mail or NIK leaves the book and the documents: no log, file name or property has one."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from sync.domain.cells import read_moment
from sync.domain.table import Cell
from tests import build
from tests.endtoend.office import NOW, DiskOffice, Outcome
from tests.hostile.offices import logged
from tests.prove.cloud_world import CloudWorld
from tests.prove.killing import place_on

FIELDS = ("Nama Lengkap", "Nomor HP/WhatsApp", "Surel")


def personal() -> set[str]:
    """Everything personal in the sample: of visitors, in the forms it is written in, and of officers."""
    found = {str(visit["response"][field]) for visit in build.visits() for field in FIELDS}
    found |= {re.sub(r"\D", "", text)[-9:] for text in found if re.search(r"\d{9}", re.sub(r"\D", "", text))}
    found |= {text for officer in build.OFFICERS for text in officer[:2]}
    return {text for text in found if len(text) > 4}


def leaked(text: str) -> list[str]:
    return sorted(word for word in personal() if word.casefold() in text.casefold())


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[DiskOffice, list[Outcome]]:
    """The sample office, run on disk from the import to the month's end, with the log as JSON."""
    office = DiskOffice.make(tmp_path_factory.mktemp("kantor"))
    visits = build.visits()
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
    assert leaked("… Petrus Santoso …") == ["Petrus Santoso"]


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


def properties(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = [name for name in package.namelist() if name.startswith(("docProps/", "customXml/"))]
        return "\n".join([*package.namelist(), *(package.read(name).decode("utf-8") for name in parts)])


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

    outcome = copy.agenda("run", "--now", NOW)

    assert outcome.code == 2
    assert leaked(outcome.err + outcome.out) == []


def test_on_google_nothing_beside_a_file_names_anybody() -> None:
    """File and folder names, appProperties, descriptions, lock reasons, properties; and the log."""
    with place_on("google") as place, logged() as lines:
        assert isinstance(place.world, CloudWorld)
        cloud = place.world
        visits = build.visits()
        for visit in visits:
            answers: list[Cell] = list(visit["response"].values())
            moment = read_moment(answers[0], None, build.WIB)
            cloud.append("Respons", [moment if isinstance(moment, datetime) else answers[0], *answers[1:]])
        cloud.run(build.NOW)
        headers = {header: field for field, header in cloud.rules.columns.agenda.headers.items()}
        for order, visit in enumerate(visits[:25], 1):
            typed = {headers[header]: build.staff_cell(cell) for header, cell in visit["staff"].items()}
            cloud.type_into(f"KONS-2026-{order:04}", typed)
        cloud.run(build.NOW)
        entries = [entry for entry in cloud.google.state.files.values() if entry.content is not None]

        assert len(entries) >= 80
        for entry in entries:
            beside = (entry.name, entry.app_properties, entry.properties, entry.metadata, entry.restrictions)
            assert leaked(repr(beside)) == []
            assert leaked(properties(entry.content or b"")) == []
        assert leaked("\n".join(entry.name for entry in cloud.google.state.files.values())) == []
    assert lines
    assert leaked("\n".join(lines)) == []
