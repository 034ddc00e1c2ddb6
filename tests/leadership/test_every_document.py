"""All seven documents, from a visit that somebody filled in to do harm: still a letter the office could sign."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from functools import cache

import pytest
from docx import Document

from sync.documents.templates import Templates, load_templates
from sync.domain.agenda import JudgedBook
from sync.domain.archive import OF_REGISTRATION, DocumentKind
from sync.domain.book import ArchiveEntry, Book, OutgoingRow
from sync.domain.period import Period, PeriodKind
from sync.domain.table import Cell
from sync.domain.tabs import AgendaCells, OutgoingCells
from sync.domain.wanted import wanted_of_period, wanted_of_registration
from tests.build import ROOT, rules
from tests.documents.reading import parts_of, text_of
from tests.documents.test_schema_order import misplaced
from tests.recap.office import a_judged_book, a_row

MOMENT = datetime(2026, 11, 3, 8, 0)
NOVEMBER = Period(2026, 11, PeriodKind.MONTH)
TURNED = "\u202e"
LONG = ("Pengurus & <anggota> \u202eterbalik {{ 7*7 }} {% raw %} \u2067عربي\x07\x0c " + "pasal " * 20 + "\n") * 130
KINDS = pytest.mark.parametrize("kind", list(DocumentKind), ids=lambda kind: kind.value)


@cache
def templates() -> Templates:
    return load_templates(ROOT / "templates", rules())


@cache
def hostile() -> tuple[Book, JudgedBook]:
    """One visit whose every cell is 20,000 characters of mischief, with a phone and an identity number in it."""
    assert len(LONG) > 20_000
    typed: dict[str, Cell] = dict.fromkeys(AgendaCells._fields[2:-4], f"3271046504930002 081298187479 {LONG}")
    times: dict[str, Cell] = {
        "arrived": "07.58",
        "directed": "08.02",
        "consultation_start": "09.00",
        "consultation_end": "15.30",
        "documentation_start": "15.31",
        "documentation_end": "15.40",
        "phone": "081298187479",
        "email": "siti.rahayu@contoh.id",
        "name": "Siti Rahayu",
        "remarks": None,
    }
    judged = a_judged_book([a_row("KONS-2026-0001", MOMENT, **(typed | times))], datetime(2026, 12, 1, 8, 0))
    cells = OutgoingCells(*(LONG for _ in OutgoingCells._fields))._replace(date=MOMENT, sent_on=None)
    entry = ArchiveEntry(
        0, "id", "KONS-2026-0001", "telaahan", 1, f"Telaahan Staf {LONG}", "2026/a.docx", MOMENT, "f", "s", "l", True
    )
    return Book((), (), (), (entry,), (OutgoingRow(0, "KONS-2026-0001", LONG, LONG, "", cells),), {}, {}, ()), judged


def document(kind: DocumentKind, number: str = "") -> bytes:
    """The document as a run makes it."""
    book, judged = hostile()
    if kind in OF_REGISTRATION:
        wanted = wanted_of_registration(kind, judged.rows[0], number, book, rules())
    else:
        wanted = wanted_of_period(kind, NOVEMBER, number, book, judged, rules())
    return templates().make(
        kind,
        wanted.fields,
        document_id="9d3b",
        fingerprint="sidik",
        issued_at=datetime(2026, 12, 1, 8, 0),
        revision=1,
        subject=wanted.description,
    )


@KINDS
def test_twenty_thousand_characters_leave_it_a_valid_document(kind: DocumentKind) -> None:
    """Every part parses, every element stands where the schema has it, and Word's own library reads it."""
    content = document(kind)

    assert misplaced(content) == []
    assert Document(io.BytesIO(content)).paragraphs


@KINDS
def test_marks_of_direction_turn_nothing_around(kind: DocumentKind) -> None:
    """One such mark in a name would print the office's own words behind it backwards."""
    text = "".join(text_of(document(kind)))

    assert TURNED not in text
    assert "\u2067" not in text


def test_arabic_itself_is_printed() -> None:
    """Letters have their own direction; only the marks are left out."""
    assert "عربي" in "".join(text_of(document(DocumentKind.TELAAHAN)))


@KINDS
def test_properties_say_what_it_is_and_nobodys_name_or_number(kind: DocumentKind) -> None:
    """They are what a search or a mail programme shows of a file."""
    content = document(kind)
    properties = Document(io.BytesIO(content)).core_properties

    assert properties.title
    assert properties.author == rules().offices[0].agency
    assert properties.subject
    assert properties.keywords
    assert properties.created == properties.modified == datetime(2026, 12, 1, 1, 0, tzinfo=UTC)
    written = parts_of(content)["docProps/core.xml"].decode() + parts_of(content)["docProps/app.xml"].decode()
    if kind not in (DocumentKind.AGENDA_OUT, DocumentKind.CONTENTS):
        assert "Siti" not in written
    assert not any(secret in written for secret in ("081298187479", "3271046504930002", "contoh.id"))


@pytest.mark.parametrize("kind", [DocumentKind.TELAAHAN, DocumentKind.RECAP], ids=lambda kind: kind.value)
def test_a_draft_says_so_and_the_final_revision_does_not(kind: DocumentKind) -> None:
    """KONSEP on top and dots for the number until the clerk has typed it; then the number, and the mark is gone."""
    draft, final = ("\n".join(text_of(document(kind, number))) for number in ("", "000.8/17/DISKOPUKM.B"))

    assert "KONSEP" in draft
    assert "000.8/17/DISKOPUKM.B" not in draft
    assert "KONSEP" not in final
    assert "000.8/17/DISKOPUKM.B" in final
    assert final.count("……") < draft.count("……") or final.count("…") < draft.count("…")


@KINDS
def test_only_the_telephone_of_the_office_is_printed_in_full(kind: DocumentKind) -> None:
    """The visitor's own is masked wherever it is printed from its own column, and in all that leaves the team."""
    text = "".join(text_of(document(kind)))
    if kind in (DocumentKind.RECEIPT, DocumentKind.AGENDA_IN):
        assert "0812****7479" in text
        assert "siti.rahayu@" not in text
    if kind not in (DocumentKind.TELAAHAN, DocumentKind.DISPOSITION):
        assert "081298187479" not in text
        assert "3271046504930002" not in text


@pytest.mark.parametrize(
    "kind",
    [kind for kind in DocumentKind if kind not in (DocumentKind.RECEIPT, DocumentKind.DISPOSITION)],
    ids=lambda kind: kind.value,
)
def test_a_signature_is_one_row_that_is_never_cut(kind: DocumentKind) -> None:
    """With the sentence before it: LibreOffice tears loose paragraphs after a table, and none stands alone."""
    tables = Document(io.BytesIO(document(kind))).tables
    (signed,) = [table for table in tables if "NIP " in table.rows[0].cells[-1].text]
    lines = [paragraph.text for cell in signed.rows[0].cells for paragraph in cell.paragraphs]

    assert len(signed.rows) == 1
    assert signed.rows[0]._tr.trPr is not None
    assert any(str(child.tag).endswith("cantSplit") for child in signed.rows[0]._tr.trPr)
    assert lines[-1].startswith("NIP ")
    assert lines[0].endswith(".")
