"""A kind of document is known by its key: its title may change at any time, and a book of 0.1 is read as it stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from sync.config import load_config
from sync.domain.book import ArchiveEntry
from sync.domain.documents import DocumentKind
from sync.domain.first_version import kind_titled, retitled, told_number
from sync.domain.reading import read_book, tabs_to_read
from sync.domain.tabs import Tab
from sync.errors import ConfigInvalid
from sync.repair import Comparison, restore, verify
from tests import build
from tests.repair.office import bench, delete_row, empty
from tests.run.office import MemoryOffice

DECEMBER = datetime(2026, 12, 1, 8, 0)
LATER = {Tab.ARCHIVE: ("official_number", "stage"), Tab.OUTGOING: ("kind_key",)}
"""The columns that 0.1 did not have."""


def an_office() -> MemoryOffice:
    """A finished visit and the month's report, both issued; the clerk has numbered the telaahan."""
    office = MemoryOffice()
    office.respond()
    office.run(datetime(2026, 11, 2, 9, 0))
    office.type_into("KONS-2026-0001", **build.FINISHED)
    office.run(DECEMBER)
    give_number(office, "telaahan", "000.8/15/DISKOPUKM.B")
    office.run(DECEMBER)
    return office


def give_number(office: MemoryOffice, kind: str, number: str) -> None:
    """The clerk types an official number."""
    grid, headers = office.workspace.tabs["Agenda Keluar"], build.rules().columns.outgoing.headers
    titles = {kind.spec.title for kind in [DocumentKind(kind)]}
    for row in grid[1:]:
        if row[grid[0].index(headers["kind"])] in titles:
            row[grid[0].index(headers["official_number"])] = number


def as_made_by_0_1(office: MemoryOffice) -> MemoryOffice:
    """Take the columns away that 0.1 did not have."""
    for tab, fields in LATER.items():
        grid = office.workspace.tabs[build.rules().tab_names[tab]]
        gone = {grid[0].index(build.rules().columns.headers(tab)[field]) for field in fields}
        grid[:] = [[cell for column, cell in enumerate(row) if column not in gone] for row in grid]
    return office


def compared(office: MemoryOffice) -> Comparison:
    return verify(bench(office), DECEMBER)


def entries(office: MemoryOffice) -> dict[tuple[str, int], ArchiveEntry]:
    snapshot = office.workspace.read(tabs_to_read(build.rules()))
    return {(item.kind, item.revision): item for item in read_book(snapshot, build.rules(), build.WIB).archive}


@pytest.fixture(params=["as it is", "made by 0.1"])
def office(request: pytest.FixtureRequest) -> MemoryOffice:
    return an_office() if request.param == "as it is" else as_made_by_0_1(an_office())


@pytest.fixture
def renamed(office: MemoryOffice, monkeypatch: pytest.MonkeyPatch) -> MemoryOffice:
    """The office, after somebody changed the titles of all that it has issued."""
    for kind in (DocumentKind.TELAAHAN, DocumentKind.RECAP, DocumentKind.RECEIPT):
        monkeypatch.setattr(kind, "spec", replace(kind.spec, title=f"Naskah {kind.value} baru"))
    return office


def test_new_titles_change_nothing_that_verify_says(office: MemoryOffice, request: pytest.FixtureRequest) -> None:
    before = compared(office)
    after = compared(request.getfixturevalue("renamed"))

    assert before.errors == after.errors == ()
    assert before.notes == after.notes


def test_new_titles_make_no_document_and_write_no_cell(renamed: MemoryOffice) -> None:
    rows = {tab: renamed.rows(tab) for tab in (Tab.AGENDA, Tab.ARCHIVE, Tab.OUTGOING)}
    report = renamed.run(DECEMBER)  # a book of 0.1 gets its columns, which stay empty

    assert (report.documents_filed, report.rows_updated) == (0, 0)
    for tab, before in rows.items():
        assert [row | old for row, old in zip(renamed.rows(tab), before, strict=True)] == renamed.rows(tab)


def test_a_number_typed_after_the_rename_still_reaches_its_report_once(renamed: MemoryOffice) -> None:
    grid, headers = renamed.workspace.tabs["Agenda Keluar"], build.rules().columns.outgoing.headers
    (row,) = [row for row in grid[1:] if row[grid[0].index(headers["reference"])] == "2026-11"]
    row[grid[0].index(headers["official_number"])] = "000.8/16/DISKOPUKM.B"

    assert renamed.run(DECEMBER).documents_filed == 1
    assert entries(renamed)["rekap", 2].official_number == "000.8/16/DISKOPUKM.B"
    assert renamed.run(DECEMBER).documents_filed == 0


def test_the_rows_of_the_outgoing_book_come_back_with_number_and_kind(office: MemoryOffice) -> None:
    empty(office, Tab.OUTGOING)
    restore(bench(office), None)

    rows = {row["kind_key"]: row for row in office.rows(Tab.OUTGOING)}
    assert rows["telaahan"]["official_number"] == "000.8/15/DISKOPUKM.B"
    assert rows["rekap"]["official_number"] is None
    assert not [item for item in compared(office).notes if "outgoing" in item.kind.value]


def test_a_draft_and_its_final_are_told_apart_whoever_wrote_the_row(office: MemoryOffice) -> None:
    found = entries(office)

    assert [(found["telaahan", order].draft, found["telaahan", order].closed) for order in (1, 2)] == [
        (True, False),
        (False, True),
    ]
    assert found["telaahan", 2].official_number == "000.8/15/DISKOPUKM.B"
    assert (found["rekap", 1].draft, found["rekap", 1].closed) == (True, False)
    for kind in ("tanda-registrasi", "disposisi"):
        assert (found[kind, 1].draft, found[kind, 1].closed) == (False, False)


def test_a_book_of_the_first_version_gets_its_columns_and_keeps_its_documents() -> None:
    office = as_made_by_0_1(an_office())
    issued = len(office.workspace.documents)
    office.respond(timestamp=datetime(2026, 12, 1, 7, 40), name="Dayang Alkadrie", phone=81316523126)

    assert office.run(DECEMBER).documents_filed == 1
    assert len(office.workspace.documents) == issued + 1
    assert office.workspace.tabs["Arsip"][0][-2:] == ["Nomor Naskah", "Tahap Naskah"]
    assert office.workspace.tabs["Agenda Keluar"][0][-1] == "Kode Jenis"
    assert compared(office).errors == ()


def test_what_the_list_says_in_words_is_never_read_where_it_says_it_in_columns() -> None:
    """Somebody words the descriptions anew: draft stays draft, number stays number."""
    office = an_office()
    grid = office.workspace.tabs["Arsip"]
    for row in grid[1:]:
        row[grid[0].index("Uraian")] = "naskah, nomor salah"

    assert entries(office)["telaahan", 2].official_number == "000.8/15/DISKOPUKM.B"
    assert entries(office)["rekap", 1].draft
    assert office.run(DECEMBER).documents_filed == 0


def test_a_row_of_the_clerks_own_counts_for_no_document() -> None:
    office = an_office()
    delete_row(office, Tab.OUTGOING, "2026-11")
    office.workspace.tabs["Agenda Keluar"].append([DECEMBER, "2026-11", "Surat Undangan", *[None] * 7])

    assert [item.kind.value for item in compared(office).notes if "outgoing" in item.kind.value] == [
        "document-without-outgoing"
    ]


@pytest.mark.parametrize(
    ("kind", "description", "told"),
    [
        ("telaahan", "Telaahan Staf KONS-2026-0001, konsep", ("", True)),
        ("telaahan", "Telaahan Staf KONS-2026-0001, nomor 000.8/15/B", ("000.8/15/B", False)),
        ("telaahan", "Telaahan Staf KONS-2026-0001, nomor 1, nomor 2, konsep", ("1, nomor 2, konsep", False)),
        ("rekap", "Rekap Telaahan Laporan November 2026, konsep", ("", True)),
        ("disposisi", "Lembar Disposisi KONS-2026-0001, nomor 9", ("", False)),
        ("telaahan", "", ("", False)),
    ],
)
def test_the_words_of_the_first_version(kind: str, description: str, told: tuple[str, bool]) -> None:
    assert told_number(kind, description) == told


def test_titles_of_the_first_version_and_of_today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DocumentKind.TELAAHAN, "spec", replace(DocumentKind.TELAAHAN.spec, title="Nota"))

    assert kind_titled("Telaahan Staf") is kind_titled("Nota") is DocumentKind.TELAAHAN
    assert kind_titled("Surat Undangan") is None
    assert retitled("Telaahan Staf r2 KONS-2026-0001") == "Nota r2 KONS-2026-0001"
    assert retitled("Nota KONS-2026-0001") == "Nota KONS-2026-0001"


@pytest.mark.parametrize(
    ("line", "wrong", "said"),
    [
        ("telaahan: a4", "telaahan: a5", "one of a4, f4, found a5"),
        ("telaahan: a4", "disposisi: a4", "none: it has one paper only"),
        ("saat_selesai: [telaahan, disposisi]", "saat_selesai: [rekap]", "expected one of telaahan, disposisi"),
        (
            "saat_periode_berakhir: [rekap]",
            "saat_periode_berakhir: [laporan]",
            "found 'laporan', expected one of rekap",
        ),
    ],
)
def test_the_configuration_says_what_a_kind_may_be(line: str, wrong: str, said: str, tmp_path: Path) -> None:
    text = (build.ROOT / "config.yaml").read_text(encoding="utf-8")
    assert line in text
    path = tmp_path / "config.yaml"
    path.write_text(text.replace(line, wrong), encoding="utf-8")

    with pytest.raises(ConfigInvalid, match=said):
        load_config(path)
