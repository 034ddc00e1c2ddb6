"""A book that stays open is somebody's to act on, and a lock whose program is gone holds nobody up."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC
from pathlib import Path

import pytest

from sync.errors import BookOpen, BookOpenLong
from sync.workspace.local.open_elsewhere import OpenElsewhere

NOW = 1_780_000_000.0
HERE = "PC-Depan"


def looking(*, runs: bool | None = True, started: float | None = NOW - 86_400) -> OpenElsewhere:
    return OpenElsewhere(15, UTC, lambda: NOW, lambda: HERE, lambda: started, lambda: runs)


@pytest.fixture
def lock(tmp_path: Path) -> Callable[..., Path]:
    def made(minutes: float, host: str = HERE, name: str = ".~lock.agenda.xlsx#") -> Path:
        path = tmp_path / name
        path.write_text(f"Siti Aminah,siti,{host},24.11.2026 08:00,file:///home/siti;")
        os.utime(path, (NOW - 60 * minutes, NOW - 60 * minutes))
        return tmp_path / "agenda.xlsx"

    return made


def test_at_first_it_is_for_the_next_run(lock: Callable[..., Path]) -> None:
    """Exit 4: who, since when, which file."""
    with pytest.raises(BookOpen, match=r"Siti Aminah on PC-Depan, since 2026-05-28 20:\d\d") as refusal:
        looking().refuse_if_open(lock(14))
    assert refusal.value.exit_code == 4
    assert not isinstance(refusal.value, BookOpenLong)


def test_after_lama_terbuka_it_is_for_somebody_to_act_on(lock: Callable[..., Path]) -> None:
    """Exit 3, which a scheduler shows."""
    with pytest.raises(BookOpenLong, match=r"for 15 minutes, longer than workspace.local.lama_terbuka") as refusal:
        looking().refuse_if_open(lock(15))
    assert refusal.value.exit_code == 3


@pytest.mark.parametrize(
    ("minutes", "looks", "why"),
    [
        (2_000, looking(), "older-than-the-start-of-this-machine"),
        (5, looking(runs=False), "no-such-program-runs"),
    ],
)
def test_a_lock_whose_program_is_gone_is_passed_over_and_told_once(
    lock: Callable[..., Path], caplog: pytest.LogCaptureFixture, minutes: int, looks: OpenElsewhere, why: str
) -> None:
    book = lock(minutes)
    lock(minutes, name="~$agenda.xlsx")  # LibreOffice makes one in Excel's form as well

    with caplog.at_level("WARNING", "agenda"):
        looks.refuse_if_open(book)
        looks.refuse_if_open(book)

    facts = [getattr(record, "facts", {}) for record in caplog.records]
    assert facts == [{"lock": name, "why": why} for name in (".~lock.agenda.xlsx#", "~$agenda.xlsx")]


@pytest.mark.parametrize(
    "looks", [looking(runs=None), looking(started=None), looking()], ids=["cannot see", "cannot say", "it runs"]
)
def test_what_this_machine_cannot_know_is_not_believed(lock: Callable[..., Path], looks: OpenElsewhere) -> None:
    with pytest.raises(BookOpen):
        looks.refuse_if_open(lock(5))


def test_the_lock_of_another_machine_is_never_stale(lock: Callable[..., Path]) -> None:
    """Whatever runs here says nothing of that one; the same holds for Excel's, which names no machine."""
    with pytest.raises(BookOpen):
        looking(runs=False).refuse_if_open(lock(5_000, host="pc-belakang"))


def test_excels_lock_alone_is_never_stale(lock: Callable[..., Path]) -> None:
    with pytest.raises(BookOpen):
        looking(runs=False).refuse_if_open(lock(5_000, name="~$agenda.xlsx"))


def test_a_lock_with_control_characters_prints_none(lock: Callable[..., Path], tmp_path: Path) -> None:
    book = lock(1)
    (tmp_path / ".~lock.agenda.xlsx#").write_bytes(b"A\x1b[31m\n\x07ni,x," + HERE.encode() + b",;")
    with pytest.raises(BookOpen) as refusal:
        looking().refuse_if_open(book)
    assert str(refusal.value).isprintable()
