"""An empty book beside an archive of registrations would count from 0001 again: no backend lets a run do that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sync.domain.plan import Request
from sync.domain.safety import Accepted
from sync.domain.stops import ArchiveUnlisted
from sync.domain.tabs import ResponseCells
from sync.job import plan_run, run
from sync.office import Office
from tests import build
from tests.contract.documents import a_document
from tests.contract.harness import LocalHarness, MemoryHarness, WorkspaceHarness
from tests.google_backend.harness import GoogleHarness
from tests.run.office import PlainDocuments

BACKENDS: dict[str, Callable[[Path], WorkspaceHarness]] = {
    "memory": lambda folder: MemoryHarness(notices_edits=False),
    "local": LocalHarness,
    "google": GoogleHarness,
}


@pytest.fixture(params=BACKENDS)
def harness(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[WorkspaceHarness]:
    """A new book into which nobody was ever registered, with the outgoing book's tab and a visitor's response."""
    opened = BACKENDS[request.param](tmp_path / "kantor")
    rules = build.rules()
    opened.set_cells("Agenda Keluar", [list(rules.columns.outgoing.headers.values())])
    headers = rules.columns.responses.headers
    for field, value in zip(ResponseCells._fields, build.response_cells(), strict=True):
        opened.edit("Respons", 0, headers[field], value)
    yield opened
    if isinstance(opened, GoogleHarness):
        opened.close()


def office(harness: WorkspaceHarness) -> Office:
    return Office(harness.another(), build.rules(), build.clock(), PlainDocuments(), lambda seconds: None)


def registered(harness: WorkspaceHarness) -> list[object]:
    cells = harness.cells("Register")
    return [row[cells[0].index("No. Registrasi")] for row in cells[1:]]


def test_a_new_book_beside_an_archive_of_registrations_gives_no_number(harness: WorkspaceHarness) -> None:
    """Not in a dry run either; the operator who has looked goes on with the flag that the message names."""
    workspace = harness.another()
    workspace.file(a_document(*workspace.allocate(1)))

    for attempt in (run, plan_run):
        with pytest.raises(ArchiveUnlisted, match="--accept-missing-documents"):
            attempt(office(harness), build.NOW, Request(), Accepted())
    assert registered(harness) == []

    run(office(harness), build.NOW, Request(), Accepted(missing_documents=True))
    assert registered(harness) == ["KONS-2026-0001"]


def test_a_new_book_beside_an_empty_archive_or_strangers_files_starts(harness: WorkspaceHarness) -> None:
    """People keep other things in the folder too."""
    harness.put_stray("catatan.txt", b"punya orang")
    run(office(harness), build.NOW, Request(), Accepted())

    assert registered(harness) == ["KONS-2026-0001"]


def test_two_runs_on_the_very_first_day_do_not_take_each_other_for_an_old_archive(harness: WorkspaceHarness) -> None:
    """The other run registered and filed between this one's look at the book and its look at the archive."""
    late = office(harness)

    class Overtaken:
        """The place, in which another run does its whole work before the archive is looked into."""

        def __getattr__(self, name: str) -> Any:
            if name == "search":
                run(office(harness), build.NOW, Request(), Accepted())
            return getattr(late.workspace, name)

    report = run(replace(late, workspace=Overtaken()), build.NOW, Request(), Accepted())

    assert report.registered == 0
    assert registered(harness) == ["KONS-2026-0001"]
