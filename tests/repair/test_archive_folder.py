"""The archive folder as people leave it: gone, not connected, shared with another office, or with odd things in it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests import build
from tests.endtoend.office import NOW, DiskOffice


@pytest.fixture
def working(office: DiskOffice) -> DiskOffice:
    office.import_visits(build.visits()[:3])
    office.run()
    return office


@pytest.mark.parametrize("left", ["nothing", "an empty folder"])
def test_an_archive_that_is_not_there_stops_the_run_and_is_not_begun_anew(working: DiskOffice, left: str) -> None:
    """Moved, or its disk is not connected: nothing is written until it is back, or its loss is accepted."""
    elsewhere = working.folder / "pindah"
    working.archive.rename(elsewhere)
    if left == "an empty folder":
        working.archive.mkdir()
    working.import_visits(build.visits()[:4])
    before = (working.book.read_bytes(), working.files())

    for arguments in ((), ("--dry-run",)):
        stopped = working.agenda("run", "--now", NOW, *arguments)
        assert stopped.code == 5
        assert "lists 3 filed document(s)" in stopped.err
    assert (working.book.read_bytes(), working.files()) == before

    shutil.rmtree(working.archive, ignore_errors=True)
    elsewhere.rename(working.archive)
    assert working.run()["registered"] == 1


def test_an_archive_lost_for_good_is_begun_anew_with_the_flag_once(working: DiskOffice) -> None:
    """From the first document on it is an archive again."""
    shutil.rmtree(working.archive)
    working.import_visits(build.visits()[:4])

    assert working.run(NOW, "--accept-missing-documents")["registered"] == 1
    assert working.run()["registered"] == 0


@pytest.mark.skipif(os.name != "posix", reason="pipes and such names are of POSIX systems")
def test_odd_things_in_the_archive_hang_no_command_and_are_named(working: DiskOffice) -> None:
    """By what they are; names with markup, control characters or bytes that are no text are printed escaped."""
    os.mkfifo(working.archive / "pipa")
    (working.archive / "nol").symlink_to("/dev/zero")
    (working.archive / "lingkaran").symlink_to("lingkaran")
    (working.archive / "[").mkdir()
    (working.archive / "[" / "merah]").write_bytes(b"x")
    (working.archive / "\x1b[31m.txt").write_bytes(b"x")
    (working.archive / os.fsdecode(b"lap\xff.docx")).write_bytes(b"x")
    working.import_visits(build.visits()[:4])

    assert working.run()["registered"] == 1
    assert working.agenda("recap", "2026-11", "--now", NOW).code == 0
    assert working.agenda("verify", "--rebuild", "--now", NOW).code == 0
    verified, printed = (working.agenda("verify", "--now", NOW, *json) for json in (("--json",), ()))
    assert (verified.code, printed.code) == (5, 5)
    differences = verified.json()["differences"]
    assert {(item["kind"], item["path"]) for item in differences} == {
        ("unreadable", "pipa"),
        ("unreadable", "nol"),
        ("unreadable", "lingkaran"),
        ("orphan", "[/merah]"),
        ("orphan", "\x1b[31m.txt"),
        ("orphan", "lap\\udcff.docx"),
    }
    said = {item["path"]: item["next_step"] for item in differences}
    assert said["pipa"].startswith("a named pipe")
    assert said["nol"].startswith("a device")
    assert said["lingkaran"].startswith("a link that leads in a circle")
    assert "\x1b" not in printed.out
    printed.out.encode()


def test_two_offices_in_one_archive_folder_leave_each_other_alone(working: DiskOffice, tmp_path: Path) -> None:
    """Receipts and a report of the other lie there: verify is silent, a rebuild names them, the run goes on."""
    (tmp_path / "lain").mkdir()
    other = DiskOffice.make(tmp_path / "lain")
    text = other.config.read_text(encoding="utf-8")
    other.config.write_text(text.replace("awalan: KONS", "awalan: LAIN"), encoding="utf-8")
    other.import_visits(build.visits()[:2])
    other.run()
    other.agenda("recap", "2026-11", "--now", NOW)
    theirs = sorted(path.relative_to(other.archive).as_posix() for path in other.archive.rglob("*.docx"))
    shutil.copytree(other.archive, working.archive, dirs_exist_ok=True)

    assert working.agenda("verify", "--now", NOW).code == 0

    def empty(book: Any) -> None:
        book["Arsip"].delete_rows(2, book["Arsip"].max_row)

    working.edit(empty)
    rebuilt = working.agenda("verify", "--rebuild", "--json", "--now", NOW)
    assert rebuilt.code == 0
    assert (len(rebuilt.json()["listed"]), rebuilt.json()["left_out"]) == (3, [])
    assert rebuilt.json()["foreign"] == theirs
    working.import_visits(build.visits()[:4])
    assert working.run()["registered"] == 1
