"""A commit carries out all of its changes or none, over every backend, and costs staff nothing."""

from __future__ import annotations

from datetime import datetime

import pytest

from sync.domain.table import AddColumns, AppendRows, Change, Link, NewCell, ReplaceRows, RowUpdate, UpdateRows
from sync.errors import BookChanged, Conflict, HeaderDoubled, HeaderMissing, TabMissing
from tests.contract.book import ARRIVED, NAME, NUMBER, STATUS, agenda, column, commit, register, revision, update
from tests.contract.harness import WorkspaceHarness


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

    def test_added_columns_stand_right_of_the_headers_and_take_values_at_once(self, harness: WorkspaceHarness) -> None:
        """A book of an earlier version gets the columns of this one in one commit with what they hold."""
        register(harness, "Siti", "Budi")
        before = [row.cells for row in agenda(harness).rows]
        commit(
            harness,
            AddColumns("Agenda", ("Sidik", "Catatan Program")),
            update(0, "KONS-2026-0001", **{"Catatan Program": "a", "Status": "terdaftar"}),
            AppendRows("Agenda", ({NUMBER: "KONS-2026-0003", "Sidik": "b"},)),
        )

        assert column(harness, "Catatan Program") == ["a", None, None]
        assert column(harness, "Sidik") == [None, None, "b"]
        assert column(harness, STATUS) == ["terdaftar", None, None]
        assert column(harness, NAME) == ["Siti", "Budi", None]
        assert agenda(harness).headers[-2:] == ("Sidik", "Catatan Program")
        assert len(before[0]) + 2 == len(agenda(harness).headers)

    def test_a_column_that_is_there_is_not_added_again(self, harness: WorkspaceHarness) -> None:
        """Two runs that upgrade one book make one column; another spelling of its header is the same one."""
        register(harness, "Siti")
        commit(harness, AddColumns("Agenda", ("Sidik",)))
        headers = agenda(harness).headers
        commit(harness, AddColumns("Agenda", (" sidik ", STATUS)), update(0, "KONS-2026-0001", Sidik="a"))

        assert agenda(harness).headers == headers
        assert column(harness, "Sidik") == ["a"]

    def test_what_stands_beside_the_table_stays_when_columns_are_added(self, harness: WorkspaceHarness) -> None:
        """A note right of the last header is nobody's column, and somebody's note."""
        register(harness, "Siti")
        grid = harness.cells("Agenda")
        harness.set_cells("Agenda", [[*grid[0], None], [*grid[1], "catatan tepi"]])
        commit(harness, AddColumns("Agenda", ("Sidik",)), update(0, "KONS-2026-0001", Sidik="a"))

        assert column(harness, "Sidik") == ["a"]
        assert "catatan tepi" in harness.cells("Agenda")[1]

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
