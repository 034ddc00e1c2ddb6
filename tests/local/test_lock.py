"""One run at a time, and no lock that outlives its holder."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from sync.domain.table import AppendRows
from sync.errors import BookBusy, BookChanged, Conflict
from sync.workspace.local import LocalWorkspace
from sync.workspace.lock import LOCK_NAME, FolderLock
from tests.contract.layout import a_layout
from tests.local.office import NUMBER, column

HOLD = """
import sys, time
from pathlib import Path
from sync.workspace.lock import FolderLock
with FolderLock(Path(sys.argv[1])).held():
    print("held", flush=True)
    time.sleep(60)
"""


def holder(folder: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(folder)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_the_lock_file_is_removed(tmp_path: Path) -> None:
    """The office's folder shows nothing of it afterwards."""
    with FolderLock(tmp_path).held():
        assert (tmp_path / LOCK_NAME).exists()

    assert list(tmp_path.iterdir()) == []


def test_a_second_holder_waits_and_gives_up(tmp_path: Path) -> None:
    """Bounded, by the clock it was given."""
    now = [0.0]
    pauses: list[float] = []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        now[0] += 1

    with FolderLock(tmp_path).held():
        second = FolderLock(tmp_path, patience=30, pause=pause, clock=lambda: now[0])
        with pytest.raises(BookBusy, match="another run"), second.held():
            pytest.fail("two holders")
    assert len(pauses) == 30
    assert issubclass(BookBusy, Conflict)


def test_a_holder_that_dies_leaves_no_lock(tmp_path: Path) -> None:
    """The file stays, the lock does not: the next run takes it at once."""
    process = holder(tmp_path)
    with pytest.raises(BookBusy), FolderLock(tmp_path, patience=0).held():
        pass
    process.kill()
    process.communicate()
    assert (tmp_path / LOCK_NAME).exists()

    with FolderLock(tmp_path, patience=5).held():
        pass
    assert not (tmp_path / LOCK_NAME).exists()


def test_a_lock_on_a_removed_file_does_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The holder before us removes the file between our opening and our locking it."""
    real = os.open
    removed: list[bool] = []

    def open_then_lose(path: Path, *arguments: int) -> int:
        descriptor = real(path, *arguments)
        if not removed:
            removed.append(True)
            Path(path).unlink()
        return descriptor

    monkeypatch.setattr(os, "open", open_then_lose)
    with FolderLock(tmp_path, pause=lambda _: None).held():
        assert (tmp_path / LOCK_NAME).exists()
    assert removed


def test_many_threads_take_turns(tmp_path: Path) -> None:
    """Never two inside at once."""
    inside: list[int] = []
    most: list[int] = []

    def work() -> None:
        for _ in range(15):
            with FolderLock(tmp_path, pause=lambda _: time.sleep(0.001)).held():
                inside.append(1)
                most.append(len(inside))
                inside.pop()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(most) == 90
    assert max(most) == 1


def _append(folder: str, who: str) -> None:
    workspace = LocalWorkspace(Path(folder), a_layout())
    for number in range(3):
        while True:
            revision = workspace.read([]).revision
            try:
                workspace.commit([AppendRows("Agenda", ({NUMBER: f"{who}-{number}"},))], revision)
                break
            except BookChanged:
                continue


def test_processes_at_once_lose_no_row(workspace: LocalWorkspace, folder: Path) -> None:
    """Each commits on what it read or decides again."""
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_append, args=(str(folder), who)) for who in "abc"]
    for process in processes:
        process.start()
    for process in processes:
        process.join()

    assert sorted(map(str, column(workspace, NUMBER))) == sorted(f"{who}-{n}" for who in "abc" for n in range(3))
