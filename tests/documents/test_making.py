"""The templates in the repository: made by the scripts beside them, and saying exactly what their fields offer."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docx import Document
from docx.shared import Pt
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from sync.documents.environment import template_environment
from sync.documents.fieldcheck import ITEM, field_uses, known_fields
from sync.documents.kinds import KINDS, file_name
from sync.documents.making.__main__ import TEMPLATES, make
from sync.documents.making.style import save
from sync.documents.prepare import prepare
from sync.documents.sample import Variety, sample_fields
from sync.domain.archive import DocumentKind
from tests.build import rules
from tests.documents.office import FOLDER, OF_REGISTRATION
from tests.documents.reading import parts_of


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_script_makes_the_committed_template_byte_for_byte(name: str, tmp_path: Path) -> None:
    save(make(name), tmp_path / "made.docx")
    assert (tmp_path / "made.docx").read_bytes() == (FOLDER / f"{name}.docx").read_bytes()


def test_every_template_has_a_maker_and_every_kind_a_template() -> None:
    names = {path.stem for path in FOLDER.glob("*.docx")}
    assert names - {"daftar-usul"} == set(TEMPLATES)
    assert {file_name(kind) for kind in DocumentKind} <= {f"{name}.docx" for name in names}


@pytest.mark.parametrize("kind", OF_REGISTRATION)
def test_every_field_a_builder_makes_stands_in_a_template(kind: DocumentKind) -> None:
    """The reverse, that every field a template names is made by its builder, is what loading it checks."""
    used: set[tuple[str, ...]] = set()
    for variant in ("", *KINDS[kind].variants):
        path = FOLDER / file_name(kind, variant)
        template = prepare(path.name, path.read_bytes(), template_environment())
        used |= {use.path for part in template.parts if part.tree for use in field_uses(part.tree)}
    made = set(known_fields(sample_fields(kind, rules(), Variety.FULL)))
    assert made <= used


@pytest.mark.parametrize("name", TEMPLATES)
def test_what_ends_a_section_cannot_begin_a_page_of_its_own(name: str) -> None:
    """The line that must stand behind a last table or hold a section's paper once made a blank page of the report."""
    document = Document(str(FOLDER / f"{name}.docx"))
    *before, last = document.iter_inner_content()
    ends = [line for line in document.paragraphs if line._p.pPr is not None and line._p.pPr.sectPr is not None]
    if isinstance(last, Paragraph) and not last.text and isinstance(before[-1], Table):
        ends.append(last)

    for paragraph in ends:
        assert paragraph.style is not None
        assert (paragraph.text, paragraph.style.paragraph_format.line_spacing) == ("", Pt(1))
        assert not paragraph.style.paragraph_format.space_before


@pytest.mark.parametrize("name", TEMPLATES)
def test_looks_are_styles_so_an_officer_changes_them_in_one_place(name: str) -> None:
    """Only what says where a page or a list begins stands at the paragraph itself; nothing stands at the words."""
    structure = {"pStyle", "numPr", "pageBreakBefore", "sectPr"}
    for part, content in parts_of((FOLDER / f"{name}.docx").read_bytes()).items():
        if re.fullmatch(r"word/(document|footer\d*|header\d*)\.xml", part):
            root = etree.fromstring(content)
            paragraphs = {child.tag.partition("}")[2] for node in root.iter("{*}pPr") for child in node}
            words = {child.tag.partition("}")[2] for node in root.iter("{*}rPr") for child in node}
            assert paragraphs <= structure
            assert words <= {"rStyle"}


def test_no_field_is_named_like_something_a_mapping_has() -> None:
    for kind in DocumentKind:
        names = {step for path in known_fields(sample_fields(kind, rules(), Variety.FULL)) for step in path} - {ITEM}
        assert not names & set(dir(dict))
