"""The period documents: templates and fields fit each other, the text is the expected one, hostile cells stay text."""

from __future__ import annotations

import io
import re
from datetime import datetime
from pathlib import Path

import pytest
from docx import Document

from sync.documents.environment import template_environment
from sync.documents.fieldcheck import field_uses, known_fields
from sync.documents.making.__main__ import make
from sync.documents.making.style import save
from sync.documents.prepare import prepare
from sync.documents.sample import Variety, sample_fields
from sync.domain.documents import DocumentKind
from sync.domain.fields import Fields
from sync.domain.table import Cell
from sync.domain.tabs import AgendaCells
from tests.build import ROOT, rules
from tests.recap.golden import FOLDER, documents, text_of
from tests.recap.office import PERIOD_KINDS, a_judged_book, a_row, fields_of, rendered

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HOSTILE = "& < > \" ' {{ 7*7 }} {% raw %} {_{ \x00\x0b\ud800\a\f\n\t=1+1 日本 " + "x" * 20_000


@pytest.mark.parametrize("kind", PERIOD_KINDS, ids=lambda kind: kind.value)
def test_templates_and_builders_know_the_same_fields(kind: DocumentKind) -> None:
    environment = template_environment()
    template = prepare(kind.value, (ROOT / "templates" / f"{kind.value}.docx").read_bytes(), environment)
    fields = sample_fields(kind, rules(), Variety.FULL)
    used = {use.path for part in template.parts for use in field_uses(environment.parse(part.source))}
    made = {path for path in known_fields(fields) if not (path[0] == "grafik" and path[-1] != "judul")}

    missing_in_template = {path for path in made if path not in used and fields[path[0]] not in ([], {})}
    from_renderer = {"kop", "kota", "kepada", "dari", "kode_unit", "penanda_tangan", "terbit", "revisi", "loop"}
    missing_in_builder = {path[0] for path in used} - set(fields) - from_renderer

    assert missing_in_template == set()
    assert {name for name in missing_in_builder if not name.startswith("grafik_")} == set()


@pytest.mark.parametrize("kind", PERIOD_KINDS, ids=lambda kind: kind.value)
def test_the_making_script_gives_the_committed_template(kind: DocumentKind, tmp_path: Path) -> None:
    save(make(kind.value), tmp_path / "made.docx")

    assert (tmp_path / "made.docx").read_bytes() == (ROOT / "templates" / f"{kind.value}.docx").read_bytes()


@pytest.mark.parametrize("name", sorted(documents()))
def test_the_text_of_the_sample_office(name: str) -> None:
    kind, fields = documents()[name]

    assert text_of(rendered(kind, fields)) == (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def test_the_same_fields_give_the_same_document() -> None:
    kind, fields = documents()["rekap"]

    assert rendered(kind, fields) == rendered(kind, fields)


def test_tables_repeat_their_header_and_never_cut_a_row() -> None:
    for kind, fields in documents().values():
        for table in Document(io.BytesIO(rendered(kind, fields))).tables:
            if table.style is not None and table.style.name == "Tabel Kantor":
                rows = [row.trPr for row in table._tbl.tr_lst]
                assert rows[0] is not None
                assert rows[0].find(f"{WORD}tblHeader") is not None
                assert all(row is not None and row.find(f"{WORD}cantSplit") is not None for row in rows)


def test_pictures_have_alternative_text() -> None:
    kind, fields = documents()["rekap"]
    pictures = Document(io.BytesIO(rendered(kind, fields))).element.iter("{*}docPr")
    described = [picture.get("descr") for picture in pictures]

    assert len(described) == 5
    assert all(described)


def hostile_fields(kind: DocumentKind) -> Fields:
    typed = AgendaCells._fields[2:-4]
    texts: dict[str, Cell] = dict.fromkeys(typed, HOSTILE)
    times: dict[str, Cell] = {
        "consultation_start": "09.00",
        "consultation_end": "15.30",
        "documentation_start": "jam empat",
    }
    moment = datetime(2026, 11, 3, 8, 0)
    judged = a_judged_book(a_row(f"KONS-2026-{order:04d}", moment, **(texts | times)) for order in range(300))
    if kind is DocumentKind.RECAP:
        return fields_of(DocumentKind.RECAP, judged)
    return fields_of(DocumentKind.AGENDA_IN, judged)


@pytest.mark.parametrize("kind", [DocumentKind.RECAP, DocumentKind.AGENDA_IN], ids=lambda kind: kind.value)
def test_three_hundred_hostile_consultations_stay_text(kind: DocumentKind) -> None:
    text = text_of(rendered(kind, hostile_fields(kind)))

    assert "{{ 7*7 }} {% raw %} {_{" in text
    assert "& < > \" '" in text
    assert text.count("KONS-2026-0299") >= 1
    assert not re.search("[\x00-\x08\x0b\x0c]", text)
    assert "x" * 500 not in text


def test_no_telephone_address_or_identity_number_reaches_the_leadership() -> None:
    cells: dict[str, Cell] = {"phone": "081298187479", "email": "ani@contoh.id", "name": "Ani"}
    judged = a_judged_book([a_row("KONS-2026-0001", datetime(2026, 11, 3, 9, 0), **cells)])
    recap = text_of(rendered(DocumentKind.RECAP, fields_of(DocumentKind.RECAP, judged)))
    book = text_of(rendered(DocumentKind.AGENDA_IN, fields_of(DocumentKind.AGENDA_IN, judged)))

    for text in (recap, book):
        assert "Ani" in text
        assert "81298187479" not in text
        assert "contoh.id" not in text


def test_no_english_word_and_no_code_in_any_text() -> None:
    words = r"\b(?:None|True|False|nan|the|total|status:|draft|report|time-unreadable|belum-lengkap|melewati-\w+)\b"
    for kind, fields in documents().values():
        text = text_of(rendered(kind, fields))
        assert not re.search(words, text)
        assert "()" not in text
        assert "( )" not in text
