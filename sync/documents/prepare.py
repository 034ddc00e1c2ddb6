"""One template read and made ready: docxtpl turns each part's XML into Jinja source once, Jinja compiles it once.

docxtpl does this work again for every document, and spends nine tenths of its time on it; its rules for the tags
(``{%tr``, ``{%p``, ``{% cellbg %}``, split runs …) are used here as they are, by its own code.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO

from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate
from jinja2 import Environment, Template, meta, nodes
from jinja2.exceptions import TemplateSyntaxError
from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from sync.documents.carried import (
    PART,
    PART_RELATIONSHIPS,
    PART_RELATIONSHIPS_CONTENT,
    PROPERTIES,
    PROPERTIES_CONTENT,
    PROPERTIES_TYPE,
    RELATIONSHIP,
)
from sync.documents.package import Member, pack
from sync.documents.tags import NO_TAGS, TagLines, TooMuch, numbered, too_much_source, too_much_xml

MAIN = "word/document.xml"
RELATIONSHIPS = "word/_rels/{}.rels"
CONTENT_TYPES = "[Content_Types].xml"
CORE = "docProps/core.xml"
NO_RELATIONSHIPS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WITH_TAGS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_REVISION_MARKS = re.compile(rb' w:rsid\w*="[0-9A-Fa-f]*"|<w:rsids>.*?</w:rsids>|<w:proofErr [^>]*/>', re.DOTALL)
_SIZE_LIMIT = 64 * 1024 * 1024
_MOST_MEMBERS = 2_000
_PART_LIMIT = 2 * 1024 * 1024
"""Bytes of one part with tags: the project's own have a twentieth."""
_XML_LIMIT = 8 * 1024 * 1024
"""Bytes of one part of another kind, but for pictures: styles, fonts, numbering."""
FILE_LIMIT = 64 * 1024 * 1024


_READER_STUMBLES = (
    ArithmeticError,
    AttributeError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
    OpcError,
    PythonDocxError,
    etree.LxmlError,
    zipfile.BadZipFile,
    zlib.error,
)
"""What python-docx lets out when a package is not what it takes for granted: it checks nothing itself."""


COMPILER_STUMBLES = (RecursionError, MemoryError, SyntaxError, OverflowError, ValueError)
"""What Jinja's parser and Python's compiler let out when a tag is more than their stack can hold."""


class NotADocument(Exception):
    """The file is no Word document; the message says why, in English."""


@dataclass(frozen=True, slots=True)
class TemplatePart:
    """One part with tags in it. ``tree`` and ``template`` are None where ``source`` cannot be read."""

    name: str
    original: bytes
    source: str
    tree: nodes.Template | None
    template: Template | None
    syntax: TemplateSyntaxError | None
    too_much: TooMuch | None
    """Why it was not even read."""
    tags: TagLines
    paragraphs: int
    """Paragraphs that stand in every document, whatever the data."""
    uneven_tables: bool
    """The template repeats cells, so table grids have to be mended after rendering (docxtpl's ``fix_tables``)."""


@dataclass(frozen=True, slots=True)
class PreparedTemplate:
    """A template ready to be filled in."""

    name: str
    digest: str
    parts: tuple[TemplatePart, ...]
    asked: frozenset[str]
    """The names that its tags ask the context for."""
    fixed: tuple[Member, ...]
    """Members that are the same in every document, compressed."""
    relationships: Mapping[str, str]
    """The relationship file of each part that may get pictures, by the part's name; ``""`` if it has none."""
    plain: tuple[Member, ...]
    """The relationship files as they are when a part gets no picture."""


def prepare(name: str, content: bytes, environment: Environment) -> PreparedTemplate:
    """Read one template.

    Raises:
        NotADocument: it is no .docx at all, or damaged.
    """
    members = _read_members(content)
    try:
        reader = DocxTemplate(BytesIO(content))
        reader.init_docx()
    except _READER_STUMBLES as error:
        raise NotADocument(f"Word's own reader would fail on it ({type(error).__name__})") from error
    parts = tuple(_parts(reader, members, environment))
    with_tags = {part.name for part in parts}
    rels = {part: RELATIONSHIPS.format(part.rpartition("/")[2]) for part in with_tags}
    skip = {*with_tags, *rels.values(), CORE}
    members[CONTENT_TYPES] = _knows_png(members[CONTENT_TYPES])
    digest = _digest(members)
    _relate_fields(members, rels[MAIN])
    return PreparedTemplate(
        name=name,
        digest=digest,
        parts=parts,
        asked=frozenset(
            name for part in parts if part.tree is not None for name in meta.find_undeclared_variables(part.tree)
        ),
        fixed=tuple(pack(member, data) for member, data in members.items() if member not in skip),
        relationships={part: members[path].decode("utf-8") if path in members else "" for part, path in rels.items()},
        plain=tuple(pack(path, members[path]) for path in rels.values() if path in members),
    )


def _read_members(content: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            if sum(item.file_size for item in archive.infolist()) > _SIZE_LIMIT:
                raise NotADocument("it unpacks to more than 64 MB")
            if len(archive.infolist()) > _MOST_MEMBERS:
                raise NotADocument(f"it has more than {_MOST_MEMBERS:,} parts")
            members = {item.filename: archive.read(item) for item in archive.infolist() if not item.is_dir()}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise NotADocument("it is no .docx, or damaged") from error
    if MAIN not in members or CONTENT_TYPES not in members:
        raise NotADocument("it is a zip, but no Word document (word/document.xml is missing)")
    for part, data in members.items():
        if _WITH_TAGS.fullmatch(part) and len(data) > _PART_LIMIT:
            raise NotADocument(f"{part} unpacks to more than {_PART_LIMIT // 2**20} MB of text")
        if part.endswith((".xml", ".rels")):
            if len(data) > _XML_LIMIT:
                raise NotADocument(f"{part} unpacks to more than {_XML_LIMIT // 2**20} MB")
            try:
                etree.fromstring(data, _parser())
            except etree.XMLSyntaxError as error:
                raise NotADocument(f"{part} is damaged") from error
    return members


def _parts(reader: DocxTemplate, members: Mapping[str, bytes], environment: Environment) -> Iterator[TemplatePart]:
    for name in sorted(members):
        if _WITH_TAGS.fullmatch(name) and (name == MAIN or b"{" in members[name]):
            yield _part(reader, name, members[name], environment)


def _parser() -> etree.XMLParser:
    """Return a parser that stops at what only an attack has: deep nesting, entities that grow."""
    return etree.XMLParser(resolve_entities=False, no_network=True)


def _part(reader: DocxTemplate, name: str, original: bytes, environment: Environment) -> TemplatePart:
    root = etree.fromstring(original, _parser())
    xml = reader.xml_to_string(root)
    too_much = too_much_xml(xml)
    if too_much is not None:
        return _unread(name, original, too_much=too_much)
    source = reader.patch_xml(xml)
    # docxtpl's own spelling for braces that are no tag; it turns them back after rendering, and so in the data as well
    for written, braces in (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}")):
        source = source.replace(written, f"{{{{ '{braces}' }}}}")
    too_much = too_much_source(source)
    if too_much is not None:
        return _unread(name, original, too_much=too_much)
    uneven = re.search(r"\{%\s*(?:tc|colspan|hm)\b", "".join(root.itertext())) is not None
    source, tags = numbered(source)
    try:
        tree = environment.parse(source)
        code = environment.compile(tree)
    except TemplateSyntaxError as error:
        return _unread(name, original, syntax=error, tags=tags)
    except COMPILER_STUMBLES:
        return _unread(name, original, tags=tags)
    compiled = Template.from_code(environment, code, environment.globals)
    return TemplatePart(name, original, source, tree, compiled, None, None, tags, _sure_paragraphs(tree), uneven)


def _unread(
    name: str,
    original: bytes,
    *,
    syntax: TemplateSyntaxError | None = None,
    too_much: TooMuch | None = None,
    tags: TagLines = NO_TAGS,
) -> TemplatePart:
    return TemplatePart(name, original, "", None, None, syntax, too_much, tags, 0, uneven_tables=False)


def _sure_paragraphs(tree: nodes.Template) -> int:
    """Count the paragraphs that no condition and no loop can take away."""
    outputs = (node for node in tree.body if isinstance(node, nodes.Output))
    texts = (piece.data for output in outputs for piece in output.nodes if isinstance(piece, nodes.TemplateData))
    return sum(len(re.findall(r"<w:p[ >]", text)) for text in texts)


def _relate_fields(members: dict[str, bytes], path: str) -> None:
    """Relate the main part to the one that carries the document's fields, which is written with each document."""
    members.pop(PART, None)
    members |= {PROPERTIES: PROPERTIES_CONTENT, PART_RELATIONSHIPS: PART_RELATIONSHIPS_CONTENT}
    if PROPERTIES_TYPE not in members[CONTENT_TYPES]:
        start, end, rest = members[CONTENT_TYPES].partition(b"</Types>")
        members[CONTENT_TYPES] = start + PROPERTIES_TYPE + end + rest
    present = members.get(path, NO_RELATIONSHIPS.encode())
    if RELATIONSHIP.encode() not in present:
        head, mark, tail = present.rpartition(b"</Relationships>")
        members[path] = head + RELATIONSHIP.encode() + mark + tail


def _knows_png(content_types: bytes) -> bytes:
    if b'Extension="png"' in content_types:
        return content_types
    head, mark, tail = content_types.partition(b"</Types>")
    return head + b'<Default Extension="png" ContentType="image/png"/>' + mark + tail


def _digest(members: Mapping[str, bytes]) -> str:
    """Digest what a reader of the document would see: not who saved the template, or when."""
    total = hashlib.sha256()
    for name in sorted(members):
        if not name.startswith("docProps/"):
            content = _REVISION_MARKS.sub(b"", members[name])
            total.update(f"{name}\0{len(content)}\0".encode() + content)
    return total.hexdigest()


def declared(xml: str) -> bytes:
    """Return a part's XML as it is stored."""
    return (_DECLARATION + xml).encode("utf-8")
