"""Two offices keep their archive in one folder: the other's documents are its own, and no error of this one."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from sync.domain.documents import DocumentKind
from sync.domain.period import parse_period
from sync.domain.plan import Request
from sync.domain.repair.rebuild import issuing_office
from sync.domain.tabs import Tab
from sync.repair import rebuild, renumber, verify
from sync.workspace.port import Document
from tests import build
from tests.repair.office import an_office, bench, empty, lose_the_book
from tests.run.office import MemoryOffice

RECAP = "2026/500.3.11/11 November/2026-11-30_2026-11_rekap.docx"


def another_offices(office: MemoryOffice, *, marked: bool = True) -> list[Document]:
    """Its receipts and its recap of the month, in the same folder; without marks as version 0.1 filed them."""
    other = an_office(2)
    other.run(request=Request(periods=((DocumentKind.RECAP, parse_period("2026-11")),)))
    documents = []
    for index, document in enumerate(other.workspace.documents.values()):
        labels = {**document.labels, "office": "LAIN"} if marked else {}
        facts = json.loads(document.content.replace(b"KONS-", b"LAIN-"))
        facts[1]["daftar"] = "LAIN-2026-0001 dan LAIN-2026-0002"
        documents.append(
            replace(
                document,
                id=type(document.id)(f"another-{index}"),
                path=document.path.replace("KONS-", "LAIN-"),
                content=json.dumps(facts).encode(),
                labels=labels,
            )
        )
    office.workspace.documents |= {document.id: document for document in documents}
    return documents


@pytest.fixture(params=[True, False], ids=["marked", "of version 0.1"])
def office(request: pytest.FixtureRequest) -> MemoryOffice:
    opened = an_office()
    another_offices(opened, marked=request.param)
    return opened


def test_verify_is_silent_about_another_offices_documents(office: MemoryOffice) -> None:
    """Neither listed, counted nor an error."""
    comparison = verify(bench(office), build.NOW)

    assert comparison.errors == ()
    assert comparison.archive.whole == len(office.rows(Tab.ARCHIVE))


def test_a_rebuild_names_them_and_leaves_them(office: MemoryOffice) -> None:
    """The list is as it was, and the next run goes on."""
    before = len(office.rows(Tab.ARCHIVE))
    empty(office, Tab.ARCHIVE)

    rebuilt = rebuild(bench(office), build.NOW)

    assert (len(rebuilt.entries), rebuilt.left_out, rebuilt.lacking) == (before, (), 0)
    assert len(rebuilt.foreign) == 5
    assert not [row for row in office.rows(Tab.ARCHIVE) if "LAIN" in str(row["path"])]
    assert office.run().documents_filed == 0


def test_new_numbers_are_given_beside_another_offices(office: MemoryOffice) -> None:
    """Its numbers are none that this ledger lacks."""
    office.respond(name="Dayang", phone=81316523126)

    assert office.run().registered == 1


def test_a_lost_ledger_is_made_again_beside_them(office: MemoryOffice) -> None:
    """Their documents do not make the list incomplete."""
    lose_the_book(office)

    renumber(bench(office), build.NOW, (), accept_unmatched=False, write=True, show=lambda found: None)

    assert [row["number"] for row in office.rows(Tab.REGISTER)] == [f"KONS-2026-{n:04d}" for n in range(1, 5)]


def test_a_list_that_took_them_in_says_how_to_get_rid_of_them() -> None:
    """Version 0.1 listed them, and every run stopped."""
    office = an_office()
    grid = office.workspace.tabs["Arsip"]
    row = list(grid[1])
    row[0], row[1] = "another", "LAIN-2026-0001"
    grid.append(row)

    with pytest.raises(
        Exception, match="another office's that keeps its archive in the same folder, delete their rows"
    ):
        office.run()
    (found,) = (item for item in verify(bench(office), build.NOW).errors if item.kind.value.startswith("document-with"))
    assert "its file stays" in found.next_step


@pytest.mark.parametrize(
    ("path", "mark", "paragraphs", "office"),
    [
        ("x/2026-11-02_LAIN-2026-0001_telaahan.docx", "KONS", ("KONS-2026-0001",), "LAIN"),
        (RECAP, "LAIN", ("KONS-2026-0001",), "LAIN"),
        (RECAP, "", ("dari LAIN-2026-0001", "LAIN-2026-0002, KONS-2026-0001"), "LAIN"),
        (RECAP, "", ("tidak ada kunjungan",), ""),
        ("catatan.txt", "", (), ""),
    ],
)
def test_whose_a_document_is(path: str, mark: str, paragraphs: tuple[str, ...], office: str) -> None:
    """Its number says, then its mark, then most of the numbers in its text."""
    assert issuing_office(path, mark, paragraphs) == office
