"""``watch`` works with the settings as they are now, a broken one included; a renamed tab is found, not made anew."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests import build
from tests.endtoend.office import DiskOffice, Outcome


def watch(office: DiskOffice, monkeypatch: pytest.MonkeyPatch, *between: Callable[[], object]) -> Outcome:
    """Watch; each of ``between`` happens in the pause after one look."""
    steps = iter(between)
    monkeypatch.setattr("sync.cli.stopping.Telling.pause", lambda told, seconds: next(steps)())
    return office.agenda("watch", "--rounds", str(len(between) + 1))


def rewrite(office: DiskOffice, old: str, new: str) -> None:
    text = office.config.read_text(encoding="utf-8")
    assert old in text
    office.config.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_watch_and_a_run_by_hand_never_make_revisions_against_each_other(
    office: DiskOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An edit of the letterhead changes every document: by whom it is seen first makes no difference."""
    visits = build.visits()[:2]
    office.import_visits(visits[:1])

    def by_hand() -> None:
        rewrite(office, "kota: Pontianak", "kota: Singkawang")
        assert office.agenda("run").code == 0

    outcome = watch(office, monkeypatch, by_hand, lambda: office.import_visits(visits), lambda: office.agenda("run"))

    assert outcome.code == 0, outcome.err
    receipts = [path for path in office.files() if "KONS-2026-0001_tanda-registrasi" in path]
    assert sorted(path.partition("registrasi")[2] for path in receipts) in ([".docx"], ["-r2.docx", ".docx"])
    assert any("KONS-2026-0002_tanda-registrasi.docx" in path for path in office.files())


@pytest.mark.parametrize("broken", ["config", "gone", "template"])
def test_watch_outlives_settings_in_mid_edit(office: DiskOffice, monkeypatch: pytest.MonkeyPatch, broken: str) -> None:
    """It says what is wrong, once, and goes on when that is mended."""
    office.import_visits(build.visits()[:1])
    template = office.folder / "templates" / "tanda-registrasi.docx"
    path = template if broken == "template" else office.config
    good = path.read_bytes()

    def spoil() -> None:
        path.unlink() if broken == "gone" else path.write_bytes(b"kantor: [\n")
        office.book.touch()

    def mend() -> None:
        path.write_bytes(good)
        os.utime(path)

    outcome = watch(office, monkeypatch, spoil, lambda: None, mend, lambda: office.book.touch())

    assert outcome.code == 0, outcome.err
    assert outcome.err.count("settings-refused") == 2
    assert outcome.err.count(f"agenda: {'the Word' if broken == 'template' else office.config}") == 1
    assert "settings-read-again" in outcome.err


def rename(office: DiskOffice, tab: str, new: str) -> None:
    def change(workbook: Any) -> None:
        workbook[tab].title = new

    office.edit(change)


@pytest.mark.parametrize("tab", ["Agenda", "Register", "Respons", "Petugas", "Arsip"])
def test_a_renamed_tab_is_named_and_not_made_anew(office: DiskOffice, tab: str) -> None:
    """Neither by the run nor by setup, whose empty one would hide what was lost."""
    office.agenda("setup")
    rename(office, tab, "Lembar 1")
    before = office.book.read_bytes()

    for command in ("run", "check", "verify", "setup"):
        outcome = office.agenda(command)
        assert outcome.code == 5, (command, outcome.err)
        assert f"tab '{tab}' is missing" in outcome.err
        assert "Tab 'Lembar 1' bears its headers" in outcome.err
        assert "'Rekap'" in outcome.err
        assert "agenda setup" not in outcome.err
    assert office.book.read_bytes() == before


def test_a_tab_that_is_gone_is_still_made_by_setup(office: DiskOffice) -> None:
    """Nothing else bears its headers."""
    office.agenda("setup")
    office.edit(lambda workbook: workbook.remove(workbook["Rekap"]))

    assert office.agenda("setup").code == 0
    assert "Rekap" in openpyxl.load_workbook(office.book).sheetnames


def test_a_book_that_stays_open_is_shown_by_a_scheduler(office: DiskOffice) -> None:
    """Exit 3 and an event of level error; the person stands in the sentence, never in the event."""
    office.import_visits(build.visits()[:1])
    rewrite(office, "{folder: kantor}", "{folder: kantor, lama_terbuka: 10}")
    lock = office.book.with_name(".~lock.agenda.xlsx#")
    lock.write_text("Siti Aminah,siti,pc-lain,24.11.2026 08:00,x;")
    fresh = office.agenda("run", "--log", "json")
    past = lock.stat().st_mtime - 11 * 60
    os.utime(lock, (past, past))
    long = office.agenda("run", "--log", "json")

    assert (fresh.code, long.code) == (4, 3)
    event, *_ = [line for line in long.err.splitlines() if "book-open-long" in line]
    assert '"level": "error"' in event
    assert "Siti" not in event
    assert "Siti Aminah on pc-lain) since" in long.err
    assert str(Path(office.book)) in long.err
