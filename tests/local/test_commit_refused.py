"""A commit is refused, and nothing written, where somebody has the book open, changed it, or merged its cells."""

from __future__ import annotations

from pathlib import Path

import pytest

from sync.errors import BookChanged, BookMissing, BookOpen, MergedCells
from sync.workspace.local import LocalWorkspace
from tests.local.office import by_hand, commit, register, update


class TestRefuses:
    def test_while_libreoffice_has_it_open(self, workspace: LocalWorkspace, book: Path) -> None:
        """Naming who, and the lock to delete if nobody has."""
        before = book.read_bytes()
        lock = book.with_name(".~lock.agenda.xlsx#")
        lock.write_text("Siti Aminah,siti,pc-depan,24.11.2026 08:00,file:///home/siti;")

        with pytest.raises(BookOpen, match="Siti Aminah on pc-depan") as refusal:
            register(workspace, "Ani")
        assert lock.name in str(refusal.value)
        assert book.read_bytes() == before

        lock.write_text(",siti,pc-depan,24.11.2026 08:00,file:///home/siti;")
        with pytest.raises(BookOpen, match="siti on pc-depan"):
            register(workspace, "Ani")
        lock.unlink()
        register(workspace, "Ani")

    def test_while_excel_has_it_open(self, workspace: LocalWorkspace, book: Path) -> None:
        """Its owner file holds the name twice; what cannot be read is somebody."""
        lock = book.with_name("~$agenda.xlsx")
        name = "Budi Santoso"
        ansi = bytes([len(name)]) + name.encode().ljust(54)
        wide = len(name).to_bytes(2, "little") + name.encode("utf-16-le").ljust(108, b" ")
        for content, who in ((ansi + wide, name), (ansi, name), (b"", "somebody")):
            lock.write_bytes(content)
            with pytest.raises(BookOpen, match=who):
                register(workspace, "Ani")

    def test_a_book_that_was_saved_since(self, workspace: LocalWorkspace, book: Path) -> None:
        """Whatever was saved in it."""
        revision = workspace.read([]).revision
        with by_hand(book):
            pass

        with pytest.raises(BookChanged):
            workspace.commit([update(0, "x")], revision)

    def test_a_book_that_is_gone(self, workspace: LocalWorkspace, book: Path) -> None:
        """It is not made anew in the middle of a run."""
        revision = workspace.read([]).revision
        book.unlink()

        with pytest.raises(BookMissing):
            workspace.commit([update(0, "x")], revision)
        assert not book.exists()

    def test_cells_covered_by_a_merge(self, workspace: LocalWorkspace, book: Path) -> None:
        """Tab and cells are named; nothing is written."""
        register(workspace, "Siti", "Budi")
        with by_hand(book) as workbook:
            workbook["Agenda"].merge_cells("AH2:AI3")
        before = book.read_bytes()

        with pytest.raises(MergedCells, match=r"'Agenda', cells AH2:AI3"):
            commit(workspace, update(1, "KONS-2026-0002"))
        assert book.read_bytes() == before
