"""The book as it is made on first use, and the tabs added to one that lacks them."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl.chart import BarChart, Reference

from sync.errors import AccessRefused, BookMissing, BookOpen
from sync.workspace.disk import FileSystem
from sync.workspace.local import LocalWorkspace
from sync.workspace.local.looks import MOMENT_FORMAT
from tests.contract.layout import a_layout
from tests.local.office import by_hand, looked_at, register


def test_the_first_read_makes_the_book(folder: Path) -> None:
    """Nobody has to set anything up."""
    snapshot = LocalWorkspace(folder, a_layout()).read(["Agenda", "Referensi"])

    assert snapshot.table("Agenda").headers == tuple(column.header for column in a_layout().tab("Agenda").columns)
    assert snapshot.table("Agenda").rows == ()
    assert len(snapshot.table("Referensi").rows) == 3


def test_no_book_is_made_where_the_archive_holds_documents(folder: Path) -> None:
    """A new book would give their numbers again."""
    stray = folder / "arsip" / "2026" / "x.docx"
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"x")

    with pytest.raises(BookMissing):
        LocalWorkspace(folder, a_layout()).read(["Agenda"])
    assert not (folder / "agenda.xlsx").exists()


@pytest.mark.parametrize("litter", ["Thumbs.db", ".00000000-0000-4000-8000-000000000001.tmp"])
def test_litter_in_the_archive_is_no_document(folder: Path, litter: str) -> None:
    """What a system or a crash left says nothing of numbers given."""
    (folder / "arsip").mkdir(parents=True)
    (folder / "arsip" / litter).write_bytes(b"x")

    assert LocalWorkspace(folder, a_layout()).prepare() != []


def test_a_second_setup_does_nothing(workspace: LocalWorkspace, book: Path) -> None:
    """And says so."""
    before = book.read_bytes()

    assert workspace.prepare() == []
    assert book.read_bytes() == before


def test_setup_does_not_mind_what_people_drew(workspace: LocalWorkspace, book: Path) -> None:
    """There is nothing to do."""
    with by_hand(book) as workbook:
        chart = BarChart()
        chart.add_data(Reference(workbook["Rekap"], min_col=2, min_row=1, max_row=3))
        workbook["Rekap"].add_chart(chart)

    assert workspace.prepare() == []


def test_missing_tabs_are_added_and_others_left_alone(workspace: LocalWorkspace, book: Path) -> None:
    """What people made in the tabs that are there stays."""
    register(workspace, "Siti")
    with by_hand(book) as workbook:
        del workbook["Rekap"]
        workbook["Agenda"].column_dimensions["A"].width = 33
        workbook.create_sheet("Tab Kami")["A1"] = "milik kami"

    assert workspace.prepare() == [f"added the tab 'Rekap' to {book}"]

    after = looked_at(book)
    assert after["Agenda"].column_dimensions["A"].width == 33
    assert after["Agenda"]["D2"].value == "Siti"
    assert after["Tab Kami"]["A1"].value == "milik kami"
    assert after["Rekap"]["A1"].value == "Uraian"


def test_setup_waits_for_an_open_book(workspace: LocalWorkspace, book: Path) -> None:
    """Adding a tab is a save like any other."""
    with by_hand(book) as workbook:
        del workbook["Rekap"]
    book.with_name(".~lock.agenda.xlsx#").write_text(",siti,pc-depan,24.11.2026 08:00,file:///x;")

    with pytest.raises(BookOpen):
        workspace.prepare()


def test_an_unwritable_place_is_told(tmp_path: Path) -> None:
    """As access refused, with the next step."""

    class ReadOnly(FileSystem):
        def write(self, path: Path, content: bytes) -> None:
            raise PermissionError(13, "Permission denied", str(path))

    with pytest.raises(AccessRefused, match="run again"):
        LocalWorkspace(tmp_path, a_layout(), disk=ReadOnly()).read(["Agenda"])


class TestLook:
    def test_headers_are_frozen_and_filtered(self, book: Path) -> None:
        """Row 1 stays in sight; the key column of the agenda too."""
        workbook = looked_at(book)

        assert workbook["Agenda"].freeze_panes == "B2"
        assert workbook["Register"].freeze_panes == "A2"
        assert workbook["Agenda"].auto_filter.ref == "A1:AK1"
        assert workbook["Agenda"]["A1"].font.bold

    def test_the_job_s_columns_are_headed_lightly(self, book: Path) -> None:
        """Staff see at a glance what is theirs to fill in."""
        sheet = looked_at(book)["Agenda"]

        assert sheet["A1"].fill.fgColor.rgb != sheet["D1"].fill.fgColor.rgb

    def test_whole_columns_have_their_format(self, book: Path) -> None:
        """A row typed by hand looks like one that the job added."""
        sheet = looked_at(book)["Agenda"]

        assert sheet.column_dimensions["B"].number_format == MOMENT_FORMAT
        assert sheet.column_dimensions["I"].number_format == "@"
        assert sheet.column_dimensions["M"].alignment.wrap_text

    def test_choices_are_offered_and_never_forced(self, book: Path) -> None:
        """From a named list, all the way down; what is not in it is accepted after a warning."""
        workbook = looked_at(book)
        offered = {
            str(validation.sqref): validation for validation in workbook["Agenda"].data_validations.dataValidation
        }

        topics = offered["L2:L1048576"]
        assert (topics.type, topics.errorStyle, topics.formula1) == ("list", "warning", "Daftar_Topik_Konsultasi")
        assert workbook.defined_names["Daftar_Topik_Konsultasi"].attr_text.startswith("'Referensi'!$E$2:INDEX(")
        assert offered["Q2:Q1048576"].formula1 == "Daftar_Nama"
        officers = workbook["Petugas"].data_validations.dataValidation
        assert '"Ya,Tidak"' in {validation.formula1 for validation in officers}

    def test_status_has_colours_all_the_way_down(self, book: Path) -> None:
        """One fill a status, by equality with its text."""
        ranges = {str(area.sqref): area.rules for area in looked_at(book)["Agenda"].conditional_formatting}

        assert len(ranges["AH2:AH1048576"]) == 7

    def test_ledgers_are_locked_without_a_password_and_can_be_filtered(self, book: Path) -> None:
        """Against accident, not against reading."""
        workbook = looked_at(book)

        for tab in ("Register", "Arsip", "Rekap"):
            protection = workbook[tab].protection
            assert protection.sheet
            assert not protection.password
            assert not protection.autoFilter
            assert not protection.sort
        assert not workbook["Agenda"].protection.sheet

    def test_print_repeats_the_header(self, book: Path) -> None:
        """Landscape, the header on every page."""
        sheet = looked_at(book)["Agenda"]

        assert sheet.page_setup.orientation == "landscape"
        assert sheet.print_title_rows == "$1:$1"
