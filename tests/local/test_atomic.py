"""A commit that is cut off or fails at any step leaves the old book or the new one, and the next run goes on."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sync.errors import AccessRefused, AgendaError, BookChanged, BookOpen, DiskFull, Unreachable
from sync.workspace.disk import FileSystem
from sync.workspace.local import LocalWorkspace
from sync.workspace.local.atomic import temporary_of
from tests.contract.documents import PATH, a_document
from tests.contract.layout import a_layout
from tests.local.office import NAME, by_hand, column, register

STEPS = ("write", "copy_mode", "fsync", "fsync_folder", "replace", "link", "rename", "unlink", "make_folder")


class Cut(BaseException):
    """The process is gone: no ``except`` of the program's own sees this."""


class Counted(FileSystem):
    """A disk that counts its steps and does something else at the n-th; dead from then on where that is a cut."""

    def __init__(self, at: int, instead: Callable[[], None], *, after: bool = False) -> None:
        self.steps: list[str] = []
        self._at = at
        self._instead = instead
        self._after = after
        self._dead = False

    def __getattribute__(self, name: str) -> Any:
        step = super().__getattribute__(name)
        if name not in STEPS:
            return step

        def taken(*arguments: Any) -> None:
            if self._dead:
                raise Cut
            self.steps.append(name)
            if len(self.steps) != self._at:
                step(*arguments)
                return
            try:
                if self._after:
                    step(*arguments)
                self._instead()
            except Cut:
                self._dead = True
                raise

        return taken


def cut() -> None:
    raise Cut


def failing(number: int) -> Callable[[], None]:
    def fail() -> None:
        raise OSError(number, "injected")

    return fail


def steps_of(work: Callable[[LocalWorkspace], object], folder: Path) -> int:
    disk = Counted(0, cut)
    work(LocalWorkspace(folder, a_layout(), disk=disk))
    return len(disk.steps)


def add_a_row(workspace: LocalWorkspace) -> None:
    register(workspace, "Siti")


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("at", range(1, 7))
def test_a_commit_cut_off_at_any_step(folder: Path, workspace: LocalWorkspace, at: int, *, after: bool) -> None:
    """The book is the old or the new one, whole; the next run removes what was left and can commit."""
    disk = Counted(at, cut, after=after)
    old = (folder / "agenda.xlsx").read_bytes()
    try:
        add_a_row(LocalWorkspace(folder, a_layout(), disk=disk))
    except Cut:
        pass
    else:
        assert len(disk.steps) < at, "every step there is was cut"

    names = column(workspace, NAME)
    assert names in ([], ["Siti"])
    assert names or (folder / "agenda.xlsx").read_bytes() == old
    assert {path.name for path in folder.iterdir()} <= {"agenda.xlsx", ".agenda.kunci"}
    register(workspace, "Budi", start=2)
    assert column(workspace, NAME) == [*names, "Budi"]


@pytest.mark.parametrize(
    ("number", "error"),
    [
        (errno.ENOSPC, DiskFull),
        (errno.EACCES, AccessRefused),
        (errno.EROFS, AccessRefused),
        (errno.EIO, Unreachable),
    ],
)
@pytest.mark.parametrize("at", range(1, 6))
def test_a_commit_that_fails_at_any_step(
    folder: Path, workspace: LocalWorkspace, at: int, number: int, error: type[AgendaError]
) -> None:
    """The operator is told what to do; the book is the old or the new one and nothing lies beside it."""
    disk = Counted(at, failing(number))
    with pytest.raises(error):
        add_a_row(LocalWorkspace(folder, a_layout(), disk=disk))

    assert column(workspace, NAME) in ([], ["Siti"])
    assert [path.name for path in folder.iterdir()] == ["agenda.xlsx"]


def test_the_steps_are_those_that_are_tested(folder: Path, workspace: LocalWorkspace) -> None:
    """Should a step be added, the ranges above have to grow."""
    disk = Counted(0, cut)
    add_a_row(LocalWorkspace(folder, a_layout(), disk=disk))

    assert disk.steps == ["write", "copy_mode", "fsync", "replace", "fsync_folder"]


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("at", range(1, 9))
def test_filing_cut_off_at_any_step(folder: Path, workspace: LocalWorkspace, at: int, *, after: bool) -> None:
    """The document is there whole or not at all; a repeat files it, and nothing else lies there."""
    (document_id,) = workspace.allocate(1)
    document = a_document(document_id)
    disk = Counted(at, cut, after=after)
    try:
        LocalWorkspace(folder, a_layout(), disk=disk).file(document)
    except Cut:
        pass
    else:
        assert len(disk.steps) < at

    target = folder / "arsip" / PATH
    assert not target.exists() or target.read_bytes() == document.content
    assert workspace.file(document).path == PATH
    workspace.sweep()
    assert [file.path for file in workspace.walk()] == [PATH]


def test_a_first_book_cut_off_is_made_by_the_next_run(folder: Path) -> None:
    """There is no half of a book, ever."""
    for at in range(1, 6):
        disk = Counted(at, cut)
        with pytest.raises(Cut):
            LocalWorkspace(folder, a_layout(), disk=disk).prepare()
        assert not (folder / "agenda.xlsx").exists() or disk.steps[-1] == "fsync_folder"

    assert LocalWorkspace(folder, a_layout()).read(["Agenda"]).table("Agenda").rows == ()


def test_a_stale_temporary_file_is_removed_by_a_read(workspace: LocalWorkspace, book: Path) -> None:
    """Unless the run that writes it still holds the lock."""
    stale = temporary_of(book)
    stale.write_bytes(b"half")

    workspace.read([])

    assert not stale.exists()


def test_a_save_during_the_commit_is_seen(folder: Path, workspace: LocalWorkspace, book: Path) -> None:
    """The revision is looked at once more right before the replacement."""

    class Interrupted(FileSystem):
        def fsync(self, path: Path) -> None:
            super().fsync(path)
            with by_hand(book) as workbook:
                workbook["Agenda"]["D2"] = "disimpan sekarang"

    with pytest.raises(BookChanged):
        register(LocalWorkspace(folder, a_layout(), disk=Interrupted()), "Siti")

    assert column(workspace, NAME) == ["disimpan sekarang"]
    assert not temporary_of(book).exists()


def test_a_book_opened_during_the_commit_is_seen(folder: Path, workspace: LocalWorkspace, book: Path) -> None:
    """Somebody opens it while the job is still writing."""

    class Interrupted(FileSystem):
        def fsync(self, path: Path) -> None:
            book.with_name(".~lock.agenda.xlsx#").write_text(",siti,pc,x;")

    with pytest.raises(BookOpen):
        register(LocalWorkspace(folder, a_layout(), disk=Interrupted()), "Siti")
    assert column(workspace, NAME) == []


def test_sweep_removes_what_crashes_left(workspace: LocalWorkspace, folder: Path, book: Path) -> None:
    """Of the book and in the archive, and nothing else."""
    temporary_of(book).write_bytes(b"x")
    (folder / "arsip" / "2026").mkdir(parents=True)
    (folder / "arsip" / "2026" / ".00000000-0000-4000-8000-000000000001.tmp").write_bytes(b"x")
    (folder / "arsip" / "2026" / ".milik orang.tmp").write_bytes(b"x")

    assert workspace.sweep() == [".agenda.xlsx.tmp", "arsip/2026/.00000000-0000-4000-8000-000000000001.tmp"]
    assert workspace.sweep() == []
    assert [file.path for file in workspace.walk()] == ["2026/.milik orang.tmp"]
