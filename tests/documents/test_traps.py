"""What plain docxtpl lets pass or acts upon, and what a document here promises instead."""

from __future__ import annotations

import io

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from sync.documents.sample import Variety
from sync.domain.clean import clean
from sync.domain.documents import DocumentKind
from tests.bench.bench_documents import plain
from tests.build import rules
from tests.documents.office import EVERY_PAPER, FOLDER, OF_REGISTRATION, document
from tests.documents.reading import parts_of, text_of

TELAAHAN = DocumentKind.TELAAHAN


def analysis(text: str) -> str:
    """The paragraph a text becomes when it is a telaahan's analysis."""
    paragraphs = text_of(document(TELAAHAN, analisis=text))
    return paragraphs[paragraphs.index("Analisis") + 1]


@pytest.mark.parametrize(
    "text",
    [
        'O\'Hara & Sons <b>tebal</b> "kutip"',
        "&amp; &lt; ]]> <!-- -->",
        "{{ 7*7 }} {% raw %} {# komentar #} }} %}",
        "{_{ x }_} {_% y %_}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "日本語 العربية 😀",
        "  dua spasi  di mana-mana  ",
        "\\n \\t \\x41",
    ],
)
def test_what_a_person_typed_arrives_letter_by_letter(text: str) -> None:
    assert analysis(text) == text


def test_line_breaks_and_tabs_become_words_own() -> None:
    assert analysis("satu\ndua\r\ntiga\tempat") == "satu\ndua\ntiga\tempat"
    body = parts_of(document(TELAAHAN, analisis="satu\ndua"))["word/document.xml"].decode()
    assert 'satu</w:t><w:br/><w:t xml:space="preserve">dua' in body


@pytest.mark.parametrize("control", ["\a", "\f", "\x00", "\x0b", "\x1b", "\x7f", "\ufffe"])
def test_control_characters_never_act(control: str) -> None:
    plain_text = text_of(document(TELAAHAN, analisis="satudua"))
    assert text_of(document(TELAAHAN, analisis=f"satu{control}dua")) == plain_text


def test_a_lone_surrogate_costs_no_more_than_itself() -> None:
    assert text_of(document(TELAAHAN, analisis="a\ud800b")) == text_of(document(TELAAHAN, analisis="ab"))


def test_a_cell_of_twenty_thousand_characters_is_printed_whole() -> None:
    long = "kata " * 4_000
    assert analysis(long) == long


@given(st.text(max_size=200))
def test_any_text_at_all_comes_back_as_it_was_cleaned(text: str) -> None:
    assert analysis(text) == clean(text)


@pytest.mark.parametrize("kind", OF_REGISTRATION)
@pytest.mark.parametrize("variety", [Variety.FULL, Variety.SHORT, Variety.LONG])
def test_the_text_is_plain_docxtpls(kind: DocumentKind, variety: Variety) -> None:
    from sync.documents.sample import SAMPLE_MOMENT, sample_fields
    from sync.documents.templates import RenderRequest, pictures_of
    from tests.documents.office import templates

    fields = sample_fields(kind, rules(), variety)
    ours = templates().render(RenderRequest(kind, fields, "i", "f", SAMPLE_MOMENT, 1, "t", "s"))
    path = FOLDER / f"{kind.value}.docx"
    assert text_of(ours) == text_of(plain(path, fields, pictures_of(kind, fields), rules()))


@pytest.mark.parametrize(("kind", "variant"), EVERY_PAPER)
@pytest.mark.parametrize("variety", list(Variety))
def test_the_same_inputs_give_the_same_bytes(kind: DocumentKind, variant: str, variety: Variety) -> None:
    assert document(kind, variety, variant) == document(kind, variety, variant)


@pytest.mark.parametrize(("kind", "variant"), EVERY_PAPER)
def test_no_tag_of_the_template_is_left_over(kind: DocumentKind, variant: str) -> None:
    text = "".join(text_of(document(kind, Variety.FULL, variant)))
    assert not any(brace in text for brace in ("{{", "}}", "{%", "%}"))


def test_properties_are_set_and_hold_nobodys_data() -> None:
    content = document(DocumentKind.RECEIPT, Variety.FULL)
    properties = Document(io.BytesIO(content)).core_properties
    assert properties.title == "Judul & Co"
    assert properties.author == properties.last_modified_by == "DINAS KOPERASI, USAHA KECIL DAN MENENGAH"
    assert properties.subject == "KONS-2026-0001"
    assert properties.identifier == "doc-1 sidik-1"
    assert properties.language == "id-ID"
    assert properties.revision == 2
    assert properties.created == properties.modified
    assert "Petrus" not in parts_of(content)["docProps/core.xml"].decode()
