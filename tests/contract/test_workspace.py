"""The promises of a workspace (sync/workspace/port.py), over every backend."""

from __future__ import annotations

import hashlib
from datetime import datetime, time

import pytest

from sync.domain.table import (
    AppendRows,
    Cell,
    Change,
    Link,
    NewCell,
    ReplaceRows,
    Revision,
    RowUpdate,
    Table,
    UpdateRows,
)
from sync.errors import (
    BookChanged,
    Conflict,
    DocumentMissing,
    HeaderDoubled,
    HeaderMissing,
    PathOccupied,
    PathRefused,
    TabMissing,
)
from tests.contract.documents import PATH, a_document
from tests.contract.harness import WorkspaceHarness

NUMBER, NAME, PHONE, STATUS, ARRIVED = (
    "No. Registrasi",
    "Nama Lengkap",
    "Nomor HP/WhatsApp",
    "Status",
    "Waktu Datang",
)
MORNING = datetime(2026, 11, 24, 8, 5)


def agenda(harness: WorkspaceHarness) -> Table:
    return harness.workspace.read(["Agenda"]).table("Agenda")


def revision(harness: WorkspaceHarness) -> Revision:
    return harness.workspace.read([]).revision


def column(harness: WorkspaceHarness, header: str) -> list[Cell]:
    table = agenda(harness)
    return [row.cells[table.column(header)] for row in table.rows]


def commit(harness: WorkspaceHarness, *changes: Change) -> Revision:
    return harness.workspace.commit(changes, revision(harness))


def register(harness: WorkspaceHarness, *names: str) -> None:
    rows: tuple[dict[str, NewCell], ...] = tuple(
        {NUMBER: f"KONS-2026-{number:04}", NAME: name} for number, name in enumerate(names, 1)
    )
    commit(harness, AppendRows("Agenda", rows))


def update(position: int, key: str, **values: NewCell) -> UpdateRows:
    return UpdateRows("Agenda", NUMBER, (RowUpdate(position, key, values),))


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


class TestCommit:
    def test_appended_rows_follow_the_last_row(self, harness: WorkspaceHarness) -> None:
        """Also where an empty row stands between the others."""
        register(harness, "Siti")
        harness.edit("Agenda", 3, "Keterangan", "catatan")
        commit(harness, AppendRows("Agenda", ({NUMBER: "KONS-2026-0002", NAME: "Budi"},)))

        assert column(harness, NAME) == ["Siti", None, None, None, "Budi"]

    def test_all_changes_are_carried_out_in_their_order(self, harness: WorkspaceHarness) -> None:
        """A later change sees what an earlier one of the same commit did."""
        commit(
            harness,
            AppendRows("Agenda", ({NUMBER: "KONS-2026-0001"},)),
            AppendRows("Register", ({NUMBER: "KONS-2026-0001"},)),
            update(0, "KONS-2026-0001", Status="terdaftar"),
            update(0, "KONS-2026-0001", Status="konsultasi"),
        )

        assert column(harness, STATUS) == ["konsultasi"]
        assert len(harness.workspace.read(["Register"]).table("Register").rows) == 1

    @pytest.mark.parametrize(
        "bad",
        [
            AppendRows("Tidak Ada", ({NUMBER: "x"},)),
            AppendRows("Agenda", ({"Tidak Ada": "x"},)),
            UpdateRows("Agenda", "Tidak Ada", (RowUpdate(0, "x", {STATUS: "x"}),)),
            UpdateRows("Agenda", NUMBER, (RowUpdate(0, "KONS-2026-0009", {STATUS: "x"}),)),
        ],
    )
    def test_all_or_nothing(self, harness: WorkspaceHarness, bad: Change) -> None:
        """One change that cannot be carried out takes all with it, those before it too."""
        register(harness, "Siti")
        before = harness.workspace.read(["Agenda"])

        with pytest.raises((TabMissing, HeaderMissing, BookChanged)):
            commit(harness, AppendRows("Agenda", ({NUMBER: "KONS-2026-0002"},)), bad)

        assert harness.workspace.read(["Agenda"]) == before

    def test_a_doubled_header_refuses(self, harness: WorkspaceHarness) -> None:
        """Which of the two is meant is not the job's to guess."""
        register(harness, "Siti")
        harness.rename_header("Agenda", "Keterangan", STATUS)

        with pytest.raises(HeaderDoubled):
            commit(harness, update(0, "KONS-2026-0001", Status="selesai"))

    def test_another_commit_meanwhile_refuses_and_nothing_is_written(self, harness: WorkspaceHarness) -> None:
        """Of two runs that decided on one revision, the second has to decide again."""
        decided_on = revision(harness)
        register(harness, "Siti")
        before = harness.workspace.read(["Agenda"])

        with pytest.raises(Conflict):
            harness.another().commit([AppendRows("Agenda", ({NUMBER: "KONS-2026-0001"},))], decided_on)

        assert harness.workspace.read(["Agenda"]) == before

    def test_a_replayed_commit_is_refused(self, harness: WorkspaceHarness) -> None:
        """A commit whose answer was lost cannot be carried out twice."""
        decided_on = revision(harness)
        changes = [AppendRows("Agenda", ({NUMBER: "KONS-2026-0001"},))]
        harness.workspace.commit(changes, decided_on)

        with pytest.raises(Conflict):
            harness.workspace.commit(changes, decided_on)

        assert column(harness, NUMBER) == ["KONS-2026-0001"]

    def test_the_new_revision_is_the_one_read_next(self, harness: WorkspaceHarness) -> None:
        """A run may commit again on the revision it got, without reading."""
        first = commit(harness, AppendRows("Agenda", ({NUMBER: "KONS-2026-0001"},)))

        assert first == revision(harness)
        harness.workspace.commit([update(0, "KONS-2026-0001", Status="selesai")], first)
        assert column(harness, STATUS) == ["selesai"]

    def test_a_commit_of_nothing_writes_nothing(self, harness: WorkspaceHarness) -> None:
        """An idle run leaves the revision as it was."""
        before = revision(harness)

        assert harness.workspace.commit([], before) == before == revision(harness)

    def test_an_edit_meanwhile_is_never_overwritten(self, harness: WorkspaceHarness) -> None:
        """Either the commit is refused, or it leaves the edit alone."""
        register(harness, "Siti")
        decided_on = revision(harness)
        harness.edit("Agenda", 0, "Keterangan", "diketik sekarang")
        changes = [update(0, "KONS-2026-0001", Status="selesai")]

        if harness.capabilities.notices_edits:
            with pytest.raises(Conflict):
                harness.workspace.commit(changes, decided_on)
            assert column(harness, STATUS) == [None]
        else:
            harness.workspace.commit(changes, decided_on)
            assert column(harness, STATUS) == ["selesai"]
        assert column(harness, "Keterangan") == ["diketik sekarang"]

    def test_a_row_that_moved_is_found_by_its_key(self, harness: WorkspaceHarness) -> None:
        """Staff sorted; the position is stale, the number is not."""
        register(harness, "Siti", "Budi", "Ani")
        harness.sort("Agenda", NAME)
        commit(harness, update(0, "KONS-2026-0001", Status="selesai"))

        assert column(harness, NAME) == ["Ani", "Budi", "Siti"]
        assert column(harness, STATUS) == [None, None, "selesai"]

    def test_a_row_that_is_gone_refuses(self, harness: WorkspaceHarness) -> None:
        """No other row gets what was meant for it."""
        register(harness, "Siti", "Budi")
        harness.delete_row("Agenda", 0)

        with pytest.raises(BookChanged):
            commit(harness, update(0, "KONS-2026-0001", Status="selesai"))

        assert column(harness, STATUS) == [None]

    def test_a_row_without_a_key_is_known_by_its_position_alone(self, harness: WorkspaceHarness) -> None:
        """A row typed by hand is updated where it stands, and no other row without a number for it."""
        register(harness, "Siti")
        harness.edit("Agenda", 1, NAME, "Ketikan")
        commit(harness, update(1, "", Temuan="tanpa nomor"))

        assert column(harness, "Temuan") == [None, "tanpa nomor"]
        with pytest.raises(BookChanged):
            commit(harness, update(0, "", Temuan="x"))

    def test_cells_that_are_not_named_stay(self, harness: WorkspaceHarness) -> None:
        """Staff's columns, also those the job does not know, and their other tabs."""
        register(harness, "Siti", "Budi")
        harness.add_column("Agenda", "Kolom Kami", ["a", "b"])
        harness.set_cells("Tab Kami", [["x"], [1]])
        commit(
            harness,
            update(0, "KONS-2026-0001", Status="selesai"),
            AppendRows("Agenda", ({NUMBER: "KONS-2026-0003"},)),
        )

        assert column(harness, "Kolom Kami") == ["a", "b", None]
        assert column(harness, NAME) == ["Siti", "Budi", None]
        assert harness.cells("Tab Kami") == [["x"], [1]]

    def test_a_moved_column_is_found_by_its_header(self, harness: WorkspaceHarness) -> None:
        """Staff put the columns in the order they like."""
        register(harness, "Siti")
        harness.move_column("Agenda", STATUS, 0)
        commit(harness, update(0, "KONS-2026-0001", Status="selesai"))

        assert harness.cells("Agenda")[0][0] == STATUS
        assert column(harness, STATUS) == ["selesai"]

    def test_replaced_rows_are_all_there_is(self, harness: WorkspaceHarness) -> None:
        """A shorter recap leaves nothing of the longer one."""
        lines: tuple[dict[str, NewCell], ...] = tuple({"Uraian": f"baris {n}", "Bulan Ini": n} for n in range(4))
        commit(harness, ReplaceRows("Rekap", lines))
        commit(harness, ReplaceRows("Rekap", ({"Uraian": "satu", "Tahun Ini": 7},)))

        table = harness.workspace.read(["Rekap"]).table("Rekap")
        assert [row.cells for row in table.rows] == [("satu", None, 7)]

    def test_none_empties_a_cell(self, harness: WorkspaceHarness) -> None:
        """And an empty text does: a cell is empty or it is not."""
        register(harness, "Siti", "Budi")
        commit(harness, update(0, "KONS-2026-0001", **{NAME: None}), update(1, "KONS-2026-0002", **{NAME: ""}))

        assert column(harness, NAME) == [None, None]

    @pytest.mark.parametrize(
        "text",
        [
            "=1+1",
            '=HYPERLINK("http://x","y")',
            "+62 812",
            "-",
            "@SUM(A1)",
            "'0812",
            "#N/A",
            "TRUE",
            "0812",
            "1/2",
            "2026-11-24",
            "1e5",
            " tepi ",
            "baris\nbaris",
            "tab\tdi dalam",
            "& < > \" ' ]]>",
            "_x000D_",
            "_x005F_x000D_",
            "é 한 😀",
            "x" * 20_000,
        ],
    )
    def test_text_stays_text_whatever_it_looks_like(self, harness: WorkspaceHarness, text: str) -> None:
        """What a visitor typed is neither calculated nor converted, now or at the next commit."""
        register(harness, text)
        commit(harness, update(0, "KONS-2026-0001", Status="selesai"))

        assert column(harness, NAME) == [text]

    def test_moments_and_numbers_come_back_as_they_were_written(self, harness: WorkspaceHarness) -> None:
        """To the second; a link comes back as its text."""
        second = datetime(2026, 12, 31, 23, 59, 59)
        commit(
            harness,
            AppendRows(
                "Agenda",
                (
                    {
                        NUMBER: "KONS-2026-0001",
                        ARRIVED: second,
                        "Keterangan": 12.5,
                        "Telaahan": Link("lihat", "arsip/2026/a b.docx"),
                    },
                ),
            ),
        )

        assert column(harness, ARRIVED) == [second]
        assert column(harness, "Keterangan") == [12.5]
        assert column(harness, "Telaahan") == ["lihat"]


class TestArchive:
    def test_ids_never_repeat(self, harness: WorkspaceHarness) -> None:
        """Across calls and across processes."""
        ids = [*harness.workspace.allocate(50), *harness.workspace.allocate(50), *harness.another().allocate(50)]

        assert len(set(ids)) == 150
        assert harness.workspace.allocate(0) == ()

    def test_a_filed_document_is_found_and_opened(self, harness: WorkspaceHarness) -> None:
        """Under its id, with the checksum of its bytes."""
        document = a_document(harness.workspace.allocate(1)[0])
        filed = harness.workspace.file(document)

        assert (filed.id, filed.path, filed.fingerprint) == (document.id, PATH, document.fingerprint)
        assert filed.sha256 == hashlib.sha256(document.content).hexdigest()
        assert filed.link
        assert harness.workspace.find(document.id, PATH) == filed
        assert harness.workspace.open(document.id, PATH) == document.content

    def test_filing_twice_is_one_file(self, harness: WorkspaceHarness) -> None:
        """A repeat after a lost answer finds what is there."""
        document = a_document(harness.workspace.allocate(1)[0])
        first = harness.workspace.file(document)

        assert harness.another().file(document) == first
        assert len(list(harness.workspace.walk())) == 1

    def test_filing_other_bytes_under_the_id_returns_what_is_there(self, harness: WorkspaceHarness) -> None:
        """An earlier run filed older inputs and was cut off: the archive wins, and says from what it was made."""
        (document_id,) = harness.workspace.allocate(1)
        older = a_document(document_id, fingerprint="a" * 64, body="lama")
        newer = a_document(document_id, fingerprint="b" * 64, body="baru")
        harness.workspace.file(older)

        filed = harness.workspace.file(newer)

        assert (filed.fingerprint, filed.sha256) == ("a" * 64, hashlib.sha256(older.content).hexdigest())
        assert harness.workspace.open(document_id, PATH) == older.content

    def test_another_document_at_the_path_is_never_overwritten(self, harness: WorkspaceHarness) -> None:
        """Write-once: whatever lies there stays."""
        if not harness.capabilities.unique_paths:
            pytest.skip("paths of this backend are not unique")
        first, second = (a_document(i, body=i) for i in harness.workspace.allocate(2))
        harness.workspace.file(first)

        with pytest.raises(PathOccupied):
            harness.workspace.file(second)
        assert harness.workspace.open(first.id, PATH) == first.content
        assert harness.workspace.find(second.id, PATH) is None

    def test_a_stray_file_is_never_overwritten(self, harness: WorkspaceHarness) -> None:
        """Nor taken for the document."""
        if not harness.capabilities.unique_paths:
            pytest.skip("paths of this backend are not unique")
        harness.put_stray(PATH, b"milik orang")

        with pytest.raises(PathOccupied):
            harness.workspace.file(a_document(harness.workspace.allocate(1)[0]))
        assert [file.sha256 for file in harness.workspace.walk()] == [hashlib.sha256(b"milik orang").hexdigest()]

    def test_what_was_never_filed_is_not_there(self, harness: WorkspaceHarness) -> None:
        """An id that was only allocated has nothing under it."""
        (document_id,) = harness.workspace.allocate(1)

        assert harness.workspace.find(document_id, PATH) is None
        with pytest.raises(DocumentMissing):
            harness.workspace.open(document_id, PATH)

    @pytest.mark.parametrize(
        "path", ["../luar.docx", "a/../../luar.docx", "/etc/luar.docx", "a//b.docx", "a\\..\\b.docx", "", "a/./b.docx"]
    )
    def test_no_path_leads_out_of_the_archive(self, harness: WorkspaceHarness, path: str) -> None:
        """Whatever a configuration or a hand-edited list says."""
        with pytest.raises(PathRefused):
            harness.workspace.file(a_document(harness.workspace.allocate(1)[0], path=path))
        assert list(harness.workspace.walk()) == []

    def test_walk_yields_every_file_in_path_order(self, harness: WorkspaceHarness) -> None:
        """The job's with their ids, others without."""
        second, first = (
            a_document(i, path=f"2026/{n}.docx") for i, n in zip(harness.workspace.allocate(2), "ba", strict=True)
        )
        harness.workspace.file(second)
        harness.workspace.file(first)
        harness.put_stray("2026/aa catatan.txt", b"x")

        walked = list(harness.workspace.walk())

        assert [file.path for file in walked] == ["2026/a.docx", "2026/aa catatan.txt", "2026/b.docx"]
        assert [file.id for file in walked] == [first.id, "", second.id]


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
