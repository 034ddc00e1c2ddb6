"""The port's contract suite over Google, with what differs by nature said here: moments are read as serial numbers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path

import pytest

from sync.domain.table import AppendRows, Link, NewCell
from sync.workspace.google.cells import stored_value
from tests.contract import book, test_archive, test_commit, test_reading
from tests.contract.harness import WorkspaceHarness
from tests.google_backend.harness import GoogleHarness


@pytest.fixture
def harness(tmp_path: Path) -> Iterator[WorkspaceHarness]:
    opened = GoogleHarness(tmp_path / "kantor")
    yield opened
    opened.close()


class TestRead(test_reading.TestRead):
    def test_cells_keep_their_type(self, harness: WorkspaceHarness) -> None:
        """Google has no type for a moment: it is a number in the book's time zone, and stays one."""
        book.register(harness, "Siti")
        values: dict[str, int | str | datetime | time | float | bool] = {
            book.PHONE: 81234567890,
            "Uraian Singkat": "0812",
            book.ARRIVED: datetime(2026, 11, 24, 8, 5),
            "Diarahkan": time(9, 30),
            "Keterangan": 0.5,
            "Saran": True,
        }
        for header, value in values.items():
            harness.edit("Agenda", 0, header, value)

        for header, value in values.items():
            (found,) = book.column(harness, header)
            wanted = stored_value(value)
            assert type(found) is type(wanted)
            assert found == (pytest.approx(wanted) if isinstance(wanted, float) else wanted)


class TestCommit(test_commit.TestCommit):
    def test_moments_and_numbers_come_back_as_they_were_written(self, harness: WorkspaceHarness) -> None:
        """To the second, as serial numbers; a link comes back as its text."""
        second = datetime(2026, 12, 31, 23, 59, 59)
        row: dict[str, NewCell] = {
            book.NUMBER: "KONS-2026-0001",
            book.ARRIVED: second,
            "Keterangan": 12.5,
            "Telaahan": Link("lihat", "https://drive.google.com/a b"),
        }
        book.commit(harness, AppendRows("Agenda", (row,)))

        (moment,) = book.column(harness, book.ARRIVED)
        assert isinstance(moment, float)
        assert abs(moment - 46387.99998842593) < 1e-6
        assert book.column(harness, "Keterangan") == [12.5]
        assert book.column(harness, "Telaahan") == ["lihat"]


TestArchive = test_archive.TestArchive
TestHints = test_reading.TestHints
