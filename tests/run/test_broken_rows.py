"""A row of the archive list that somebody edited stops its own document; every other is issued, and then it is told."""

from __future__ import annotations

from typing import Any

import pytest

from sync.domain.repair.verify import Difference
from sync.domain.tabs import Tab
from sync.errors import ArchiveRowBroken, LedgerBroken, PathRefused
from sync.repair import rebuild, verify
from tests import build
from tests.repair.office import bench
from tests.run.office import CutOff, CuttingWorkspace, MemoryOffice, an_office_with_work

EDITS: dict[str, tuple[str, Any]] = {
    "moment": ("Dijadwalkan", "kemarin"),
    "no moment": ("Dijadwalkan", None),
    "revision": ("Revisi", "dua"),
    "endless revision": ("Revisi", 1e300),
    "half a revision": ("Revisi", 1.5),
    "no id": ("ID Dokumen", None),
    "no path": ("Berkas", None),
    "state": ("Keadaan", "sudah"),
    "kind": ("Jenis", "surat cinta"),
    "reference": ("Rujukan", "KONS"),
}


def edit(office: MemoryOffice, header: str, value: Any, row: int = 1) -> None:
    grid = office.workspace.tabs["Arsip"]
    grid[row][grid[0].index(header)] = value


def receipts(office: MemoryOffice) -> list[str]:
    return sorted(path for path in (d.path for d in office.workspace.documents.values()) if "tanda-registrasi" in path)


@pytest.mark.parametrize("damage", EDITS)
def test_the_visitors_after_it_get_their_receipts(damage: str) -> None:
    """The run says the row at its end; mended, everything is as if nothing had been."""
    office = an_office_with_work()
    header, value = EDITS[damage]
    grid = office.workspace.tabs["Arsip"]
    before = grid[1][grid[0].index(header)]
    edit(office, header, value)

    with pytest.raises(ArchiveRowBroken, match="tab 'Arsip', row 2"):
        office.run()
    assert len(receipts(office)) == 2
    shown = [row["receipt"] for row in office.rows(Tab.AGENDA)]

    edit(office, header, before)
    office.run()
    assert len(receipts(office)) == 2
    assert [row["receipt"] for row in office.rows(Tab.AGENDA)] == shown


def test_a_row_pasted_a_second_time_is_told_and_nothing_is_issued_twice() -> None:
    office = an_office_with_work()
    office.run()
    office.workspace.tabs["Arsip"].append(list(office.workspace.tabs["Arsip"][1]))
    count = len(office.workspace.documents)

    with pytest.raises(ArchiveRowBroken, match="a second time"):
        office.run()
    assert len(office.workspace.documents) == count


def test_a_row_of_which_no_document_can_be_told_stops_the_run() -> None:
    """That document would be issued again."""
    office = an_office_with_work()
    edit(office, "Jenis", "apa")
    edit(office, "Berkas", "apa")

    with pytest.raises(LedgerBroken):
        office.run()


def test_verify_names_the_row_and_a_rebuild_waits_for_it() -> None:
    """Its document is not listed a second time."""
    office = an_office_with_work()
    edit(office, "Dijadwalkan", None)

    assert Difference.LIST_ROW_BROKEN in {found.kind for found in verify(bench(office), build.NOW).errors}
    rebuilt = rebuild(bench(office), build.NOW)
    assert rebuilt.entries == ()
    assert "its row of the list was edited" in rebuilt.left_out[0].why


@pytest.mark.parametrize("path", ["../luar.docx", "/etc/passwd", "a\\b.docx", "a//b.docx"])
def test_a_bad_path_of_a_document_to_be_filed_blocks_no_other(path: str) -> None:
    """It is refused, the others are filed and recorded."""
    office = an_office_with_work()
    with pytest.raises(CutOff):
        office.run(through=CuttingWorkspace(office.workspace, 4))
    pending = [n for n, row in enumerate(office.rows(Tab.ARCHIVE), 1) if row["state"] == "dijadwalkan"]
    edit(office, "Berkas", path, pending[0])
    office.respond(name="Zubaidah", phone=81316523199)

    with pytest.raises(PathRefused):
        office.run()

    states = [row["state"] for row in office.rows(Tab.ARCHIVE)]
    assert states.count("dijadwalkan") == 1
    assert [row["number"] for row in office.rows(Tab.AGENDA)][-1] == "KONS-2026-0003"
    assert any("KONS-2026-0003" in path for path in receipts(office))
