"""What else the machine and its people are at during a run costs nothing: a full disk, an open book, a second run."""

from __future__ import annotations

import errno
import multiprocessing
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from sync.workspace.disk import FileSystem
from tests import build
from tests.endtoend.office import DiskOffice, agenda


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (".~lock.agenda.xlsx#", ",rina,pc-bidang,24.11.2026 09:58,file:///home/rina/.config/libreoffice/4;"),
        ("~$agenda.xlsx", "\x04rina" + " " * 50 + "\x04\x00r\x00i\x00n\x00a\x00" + " \x00" * 50),
    ],
    ids=["LibreOffice", "Excel"],
)
def test_a_workbook_open_elsewhere_is_a_conflict_that_says_whom_to_ask(
    office: DiskOffice, name: str, content: str
) -> None:
    """Exit 4; nothing is written over what they are typing, and the run after they close it does all of it."""
    office.import_visits(build.visits()[:2])
    lock = office.book.with_name(name)
    lock.write_bytes(content.encode("latin-1"))
    before = office.book.read_bytes()

    outcome = office.agenda("run", "--now", "2026-11-24T10:00")
    unchanged = office.book.read_bytes() == before
    lock.unlink()

    assert outcome.code == 4
    assert "rina" in outcome.err
    assert "close it" in outcome.err
    assert unchanged
    assert office.run()["registered"] == 2


def test_a_full_disk_is_told_and_the_next_run_finishes(office: DiskOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit 4 in the middle of the documents; what was filed is filed, the rest follows when there is room."""
    office.import_visits(build.visits()[:4])
    write, written = FileSystem.write, []

    def full_after_two(self: FileSystem, path: Path, content: bytes) -> None:
        written.append(path)
        if len(written) in (4, 5):
            raise OSError(errno.ENOSPC, "No space left on device")
        write(self, path, content)

    monkeypatch.setattr(FileSystem, "write", full_after_two)
    outcome = office.agenda("run", "--now", "2026-11-24T10:00")
    monkeypatch.undo()
    report = office.run()

    assert outcome.code == 4
    assert "the disk is full" in outcome.err
    assert report["documents_filed"] > 0
    assert office.agenda("verify").code == 0
    assert len(office.rows("Agenda")) == len(office.rows("Arsip")) == 4
    assert not [path for path in office.files() if "/." in path or path.startswith(".")]


def test_a_folder_that_may_not_be_written_is_access_refused(
    office: DiskOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit 3, with the place and the right to be given."""

    def refused(self: FileSystem, path: Path, content: bytes) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(FileSystem, "write", refused)
    outcome = office.agenda("setup")

    assert outcome.code == 3
    assert "permission denied" in outcome.err.lower()
    assert str(office.folder / "kantor") in outcome.err


def _run_in_a_process(config: str, start: Any) -> None:
    start.wait()
    outcome = agenda("run", "--config", config, "--now", "2026-11-24T10:00")
    assert outcome.code in (0, 4), outcome.err


def test_two_runs_at_once_register_everything_once(office: DiskOffice) -> None:
    """By hand and by schedule: one meets the other's commit, reads again, and nothing happens twice."""
    office.import_visits(build.visits()[:12])
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(2)
    runs = [context.Process(target=_run_in_a_process, args=(str(office.config), start)) for _ in range(2)]
    for run in runs:
        run.start()
    for run in runs:
        run.join(120)
    office.run()

    assert [run.exitcode for run in runs] == [0, 0]
    numbers = [row["No. Registrasi"] for row in office.rows("Agenda")]
    assert numbers == [f"KONS-2026-{index:04d}" for index in range(1, 13)]
    assert len(office.rows("Register")) == len(office.rows("Arsip")) == 12
    assert office.agenda("verify").code == 0


def test_a_copy_of_the_workbook_elsewhere_is_not_touched(office: DiskOffice) -> None:
    """Staff keep copies beside the book; the job knows one file."""
    office.import_visits(build.visits()[:1])
    copy = office.book.with_name("agenda (salinan).xlsx")
    shutil.copyfile(office.book, copy)
    before = copy.read_bytes()

    office.run()

    assert copy.read_bytes() == before
    assert openpyxl.load_workbook(office.book)["Agenda"].cell(2, 1).value == "KONS-2026-0001"
