"""Ctrl-C, a service manager's SIGTERM and a limit: the command finishes what is in hand, records it and says so."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from sync.cli.stopping import SIGNALS, Telling, heeded_signals
from sync.cli.wiring import open_office
from sync.workspace.local import LocalWorkspace
from sync.workspace.port import Document, Filed
from tests import build
from tests.endtoend.office import NOW, DiskOffice

HERE = [name for name in SIGNALS if hasattr(signal, name)]


@pytest.fixture
def office(tmp_path: Path) -> DiskOffice:
    office = DiskOffice.make(tmp_path)
    office.import_visits(build.visits()[:6])
    return office


def during_the_second_upload(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    done = [0]
    file = LocalWorkspace.file

    def filing(workspace: LocalWorkspace, document: Document) -> Filed:
        done[0] += 1
        if done[0] == 2:
            act()
        return file(workspace, document)

    monkeypatch.setattr(LocalWorkspace, "file", filing)


def states(office: DiskOffice) -> list[object]:
    return [row["Keadaan"] for row in office.rows("Arsip")]


@pytest.mark.parametrize("name", HERE)
@pytest.mark.parametrize("command", [["run"], ["watch", "--limit", "1000"], ["recap", "2026-11"]], ids=lambda it: it[0])
def test_a_signal_lets_the_upload_in_hand_be_finished_and_recorded(
    office: DiskOffice, monkeypatch: pytest.MonkeyPatch, name: str, command: list[str]
) -> None:
    during_the_second_upload(monkeypatch, lambda: signal.raise_signal(getattr(signal, name)))

    outcome = office.agenda(*command)

    assert outcome.code == 4
    assert f"stopped by {name}: 2 document(s) were filed and recorded" in outcome.err
    assert states(office).count("diarsipkan") == 2
    assert len([path for path in office.files() if path.endswith(".docx")]) == 2


def test_a_watch_that_rests_leaves_at_once(office: DiskOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Telling, "pause", lambda told, seconds: signal.raise_signal(signal.SIGTERM))

    outcome = office.agenda("watch")

    assert outcome.code == 4
    assert "stopped by SIGTERM while nothing was in hand" in outcome.err
    assert states(office).count("dijadwalkan") == 0


def test_a_pause_ends_with_the_signal(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long it was to be."""
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 3:
            signal.raise_signal(signal.SIGTERM)

    monkeypatch.setattr("time.sleep", sleep)
    with heeded_signals() as told:
        told.pause(3600)

    assert len(slept) == 3


def test_a_second_ctrl_c_leaves_at_once_and_a_second_sigterm_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """``timeout`` and some service managers send theirs twice."""
    left: list[int] = []
    monkeypatch.setattr(os, "_exit", left.append)
    with heeded_signals() as told:
        signal.raise_signal(signal.SIGTERM)
        signal.raise_signal(signal.SIGTERM)
        assert (told(), left) == ("SIGTERM", [])
        signal.raise_signal(signal.SIGINT)
        assert left == [130]


def test_what_handled_a_signal_before_handles_it_again() -> None:
    before = [signal.getsignal(getattr(signal, name)) for name in HERE]
    with heeded_signals():
        assert [signal.getsignal(getattr(signal, name)) for name in HERE] != before

    assert [signal.getsignal(getattr(signal, name)) for name in HERE] == before


def test_a_run_with_a_limit_ends_with_four_until_all_is_done(
    office: DiskOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each run files at least one; the last one ends with 0."""
    now = [0.0]
    file = LocalWorkspace.file

    def filing(workspace: LocalWorkspace, document: Document) -> Filed:
        now[0] += 40
        return file(workspace, document)

    monkeypatch.setattr(LocalWorkspace, "file", filing)
    monkeypatch.setattr("sync.cli.run.open_office", lambda *at: replace(open_office(*at), seconds=lambda: now[0]))
    runs = [office.agenda("run", "--limit", "60", "--now", NOW) for _ in range(3)]

    assert [run.code for run in runs] == [4, 4, 0]
    assert "the limit of the run is reached: 2 document(s) were filed and recorded, 4 are left" in runs[0].err
    assert set(states(office)) == {"diarsipkan"}
