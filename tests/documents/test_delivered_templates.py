"""The templates in the repository, as they are and as Word would save them: what holds for any that is edited."""

from __future__ import annotations

import io
import re
from itertools import pairwise
from pathlib import Path

import pytest
from docx import Document
from docx.shared import Pt
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from sync.documents.environment import template_environment
from sync.documents.fieldcheck import ITEM, field_uses, known_fields
from sync.documents.prepare import prepare
from sync.documents.proposal import TEMPLATE as PROPOSAL
from sync.documents.sample import Variety, sample_fields
from sync.documents.templates import file_name, read_template
from sync.domain.documents import DocumentKind
from tests.build import rules
from tests.documents.office import EVERY_PAPER, EVERY_TEMPLATE, FOLDER, OF_REGISTRATION, document
from tests.documents.reading import parts_of


def test_every_kind_has_its_templates_and_nothing_else_lies_there() -> None:
    papers = {file_name(kind, paper) for kind in DocumentKind for paper in ("", *kind.spec.papers[1:])}
    assert {path.name for path in FOLDER.glob("*")} == papers | {"daftar-usul.docx"}


@EVERY_TEMPLATE
def test_a_template_saved_by_word_is_still_a_template(
    template: bytes, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Word cuts tags into runs, marks what it takes for a misspelling, and notes who typed what when."""
    name = request.node.callspec.id.partition(",")[0]
    if name == PROPOSAL:
        pytest.skip("its fields are checked by the test of retensi")
    kind = next(kind for kind in DocumentKind if name in {file_name(kind, paper) for paper in ("", *kind.spec.papers)})
    (tmp_path / name).write_bytes(template)
    _, faults = read_template(tmp_path / name, kind, rules())
    assert faults == []


@pytest.mark.parametrize("kind", OF_REGISTRATION)
def test_every_field_a_builder_makes_stands_in_a_template(kind: DocumentKind) -> None:
    """The reverse, that every field a template names is made by its builder, is what loading it checks."""
    used: set[tuple[str, ...]] = set()
    for variant in ("", *kind.spec.papers[1:]):
        path = FOLDER / file_name(kind, variant)
        template = prepare(path.name, path.read_bytes(), template_environment())
        used |= {use.path for part in template.parts if part.tree for use in field_uses(part.tree)}
    made = set(known_fields(sample_fields(kind, rules(), Variety.FULL)))
    assert made <= used


@EVERY_TEMPLATE
def test_what_ends_a_section_cannot_begin_a_page_of_its_own(template: bytes) -> None:
    """The line that must stand behind a last table or hold a section's paper once made a blank page of the report."""
    document = Document(io.BytesIO(template))
    *before, last = document.iter_inner_content()
    ends = [line for line in document.paragraphs if line._p.pPr is not None and line._p.pPr.sectPr is not None]
    if isinstance(last, Paragraph) and not last.text and isinstance(before[-1], Table):
        ends.append(last)

    for paragraph in ends:
        assert paragraph.style is not None
        assert (paragraph.text, paragraph.style.paragraph_format.line_spacing) == ("", Pt(1))
        assert not paragraph.style.paragraph_format.space_before


@pytest.mark.parametrize(("kind", "variant"), EVERY_PAPER)
def test_no_empty_line_stands_between_a_table_and_what_begins_a_page(kind: DocumentKind, variant: str) -> None:
    """Where the table filled its page, that line made a blank page of its own: page 2 of an interim report."""
    content = list(Document(io.BytesIO(document(kind, variant=variant))).iter_inner_content())
    for before, item in pairwise(content):
        if isinstance(item, Paragraph) and item._p.xpath("w:pPr/w:pageBreakBefore"):
            assert isinstance(before, Table) or before.text


@EVERY_TEMPLATE
def test_looks_are_styles_so_an_officer_changes_them_in_one_place(template: bytes) -> None:
    """Typefaces, sizes, colours and distances are of a style; a word may be stressed where it stands."""
    of_style = {"rFonts", "sz", "szCs", "color", "spacing", "ind", "pBdr", "shd", "tabs", "jc", "highlight"}
    for part, content in parts_of(template).items():
        if re.fullmatch(r"word/(document|footer\d*|header\d*)\.xml", part):
            root = etree.fromstring(content)
            properties = (child for node in root.iter("{*}pPr", "{*}rPr") for child in node)
            assert not {child.tag.partition("}")[2] for child in properties} & of_style


def test_no_field_is_named_like_something_a_mapping_has() -> None:
    for kind in DocumentKind:
        names = {step for path in known_fields(sample_fields(kind, rules(), Variety.FULL)) for step in path} - {ITEM}
        assert not names & set(dir(dict))
