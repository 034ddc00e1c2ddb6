"""Drive lists a new file minutes late: nothing is called missing, and no list is called whole, on its listing alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.domain.repair.verify import Difference, Found
from sync.repair import rebuild, verify
from tests.google.state import DriveFile
from tests.google_backend.office import GoogleOffice
from tests.google_backend.road import NOW, a_run, submit
from tests.repair.test_google import bench, empty


@pytest.fixture
def office(tmp_path: Path) -> Iterator[GoogleOffice]:
    """Three visitors, registered a moment ago; Drive lists none of their documents yet."""
    opened = GoogleOffice(tmp_path)
    submit(opened, 3)
    a_run(opened)
    opened.google.settings.list_lag_seconds = 300
    yield opened
    opened.close()


def document(office: GoogleOffice, number: str) -> DriveFile:
    return next(entry for entry in office.google.state.files.values() if number in entry.name)


def missing(office: GoogleOffice) -> list[Found]:
    comparison = verify(bench(office), NOW)
    return [found for found in comparison.errors if found.kind is Difference.MISSING]


def test_verify_right_after_a_run_finds_every_document_by_its_id(office: GoogleOffice) -> None:
    """They are in their place, and whole."""
    comparison = verify(bench(office), NOW)

    assert comparison.errors == ()
    assert comparison.archive.whole == 3


def test_a_document_altered_though_it_is_not_listed_yet_is_altered(office: GoogleOffice) -> None:
    """Asking by id tells its checksum too."""
    document(office, "0002").content = b"lain"

    assert [found.kind for found in verify(bench(office), NOW).errors] == [Difference.ALTERED]


@pytest.mark.parametrize("lag", [0, 300])
def test_a_document_in_the_bin_is_to_be_restored_from_there(office: GoogleOffice, lag: int) -> None:
    """A listing names nothing that lies in the bin, late or not."""
    office.google.settings.list_lag_seconds = lag
    document(office, "0002").trashed = True

    (found,) = missing(office)

    assert "KONS-2026-0002" in found.path
    assert found.next_step == "restore it from the bin"


def test_a_document_moved_out_of_the_archive_is_to_be_put_back(office: GoogleOffice) -> None:
    """It is somewhere in Drive, so no copy is needed."""
    document(office, "0003").parents = [office.account.drive_id or ""]

    (found,) = missing(office)

    assert found.next_step == f"it was moved or renamed, or its folder was: put it back to {found.path}"


def test_a_document_deleted_for_good_is_missing(office: GoogleOffice) -> None:
    """Nothing is under its id."""
    del office.google.state.files[document(office, "0001").file_id]

    (found,) = missing(office)

    assert found.next_step == "put it back from a copy of the archive"


def test_a_rebuild_that_found_nothing_says_what_the_list_still_lacks(office: GoogleOffice) -> None:
    """And once Drive has caught up, it lacks nothing."""
    empty(office, "Arsip")

    assert (rebuild(bench(office), NOW).entries, rebuild(bench(office), NOW).lacking) == ((), 3)

    office.google.settings.list_lag_seconds = 0
    rebuilt = rebuild(bench(office), NOW)
    assert (len(rebuilt.entries), rebuilt.lacking) == (3, 0)


def test_a_rebuild_beside_numbers_alone_lacks_as_many(office: GoogleOffice) -> None:
    """With the agenda emptied too, the ledger still says that documents there must be."""
    empty(office, "Arsip", "Agenda")

    assert rebuild(bench(office), NOW).lacking == 3
