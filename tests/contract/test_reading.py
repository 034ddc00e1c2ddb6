"""A read gives the book as it stands; beside it, a hint whether it changed, and what the calls cost."""

from __future__ import annotations

from datetime import datetime, time

import pytest

from sync.domain.table import Cell
from sync.errors import TabMissing
from tests.contract.book import ARRIVED, NAME, PHONE, agenda, column, register
from tests.contract.harness import WorkspaceHarness


class TestRead:
    def test_cells_keep_their_type(self, harness: WorkspaceHarness) -> None:
        """Nothing is guessed on the way in: a number stays a number, a moment a moment, text text."""
        register(harness, "Siti")
        values: dict[str, Cell] = {
            PHONE: 81234567890,
            "Uraian Singkat": "0812",
            ARRIVED: datetime(2026, 11, 24, 8, 5),
            "Diarahkan": time(9, 30),
            "Keterangan": 0.5,
            "Saran": True,
        }
        for header, value in values.items():
            harness.edit("Agenda", 0, header, value)

        assert column(harness, PHONE) == [81234567890]
        assert column(harness, "Uraian Singkat") == ["0812"]
        assert column(harness, ARRIVED) == [datetime(2026, 11, 24, 8, 5)]
        assert column(harness, "Diarahkan") == [time(9, 30)]
        assert column(harness, "Keterangan") == [0.5]
        assert column(harness, "Saran") == [True]

    def test_every_row_is_as_wide_as_the_header(self, harness: WorkspaceHarness) -> None:
        """A row that is short in the book is padded, one that is long is cut."""
        register(harness, "Siti")

        table = agenda(harness)
        assert {len(row.cells) for row in table.rows} == {len(table.headers)}

    def test_empty_rows_between_others_stay_and_those_at_the_end_go(self, harness: WorkspaceHarness) -> None:
        """A position is where the row stands in the book."""
        register(harness, "Siti", "Budi")
        harness.insert_row("Agenda", 1)
        harness.insert_row("Agenda", 3)

        assert column(harness, NAME) == ["Siti", None, "Budi"]
        assert [row.position for row in agenda(harness).rows] == [0, 1, 2]

    def test_a_tab_that_is_not_there_is_left_out(self, harness: WorkspaceHarness) -> None:
        """The caller decides whether it can do without."""
        snapshot = harness.workspace.read(["Agenda", "Tidak Ada"])

        assert set(snapshot.tables) == {"Agenda"}
        with pytest.raises(TabMissing):
            snapshot.table("Tidak Ada")

    def test_an_empty_tab_has_no_headers(self, harness: WorkspaceHarness) -> None:
        """Staff cleared the tab, or made one: that is a table too."""
        harness.set_cells("Kosong", [])

        table = harness.workspace.read(["Kosong"]).table("Kosong")
        assert (table.headers, table.rows) == ((), ())

    def test_reading_changes_nothing(self, harness: WorkspaceHarness) -> None:
        """Two reads without an edit between them are equal, revision and all."""
        register(harness, "Siti")

        assert harness.workspace.read(["Agenda", "Register"]) == harness.workspace.read(["Agenda", "Register"])

    def test_headers_are_as_found_and_columns_are_matched_leniently(self, harness: WorkspaceHarness) -> None:
        """Stray spaces and capitals in a header are no other column."""
        register(harness, "Siti")
        harness.rename_header("Agenda", NAME, "  NAMA   lengkap ")

        assert "  NAMA   lengkap " in agenda(harness).headers
        assert column(harness, NAME) == ["Siti"]


class TestHints:
    def test_the_version_changes_with_a_commit(self, harness: WorkspaceHarness) -> None:
        """And is the same as long as nothing does."""
        before = harness.workspace.version()
        assert harness.workspace.version() == before

        register(harness, "Siti")

        assert harness.workspace.version() != before

    def test_calls_are_counted(self, harness: WorkspaceHarness) -> None:
        """All zero where there is no remote service."""
        assert harness.workspace.api_calls().forms == 0
