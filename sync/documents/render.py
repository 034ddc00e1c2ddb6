"""Fill in one prepared template: Jinja, pictures, properties, a check of the result, and the zip."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from xml.sax.saxutils import escape

from docxtpl import DocxTemplate
from jinja2.exceptions import TemplateError
from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types
from markupsafe import Markup

from sync.documents.budget import TooCostly, limited
from sync.documents.carried import PART, carried_part, remembered
from sync.documents.images import Picture
from sync.documents.issued import issue_note, utc_text
from sync.documents.package import Member, pack, write_package
from sync.documents.prepare import CORE, NO_RELATIONSHIPS, RELATIONSHIPS, PreparedTemplate, TemplatePart, declared
from sync.domain.fields import FieldValue

_PARAGRAPH = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"
_EMU_PER_MM = 36_000
_IMAGE_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_DRAWING_ID = re.compile(r'(<wp:docPr [^>]*?\bid=")\d+(")')
_STRICT = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
_ILLEGAL_IN_PROPERTIES = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


STUMBLES = (
    TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
    RecursionError,
    MemoryError,
)
"""What a tag may end in: of Jinja's own, and of the values that it puts together the wrong way."""


class Unsound(Exception):
    """The result is no whole document; the message says what is off, in English."""


class TagFails(Unsound):
    """A tag cannot be filled in; ``too_much`` where that is because it asks for more than it may have."""

    def __init__(self, tag: str, error: BaseException) -> None:
        super().__init__(" ".join(str(error).split())[:200] or type(error).__name__)
        self.tag = tag
        self.too_much = isinstance(error, TooCostly | RecursionError | MemoryError)


@dataclass(frozen=True, slots=True)
class Properties:
    """A document's core properties. None of them may hold a person's data."""

    title: str
    author: str
    subject: str
    keywords: str
    identifier: str
    issued_at: datetime
    """With the office's zone."""
    revision: int
    office: str = ""
    """The office's number prefix: whose document it is, where several keep their archive in one folder."""


def fill_in(
    template: PreparedTemplate,
    context: Mapping[str, FieldValue],
    pictures: Mapping[str, Picture],
    properties: Properties,
    drawn: Collection[str] = (),
    facts: str = "",
) -> bytes:
    """Return the finished document. Equal arguments give equal bytes. ``drawn`` are the fields its pictures show,
    ``facts`` the digest that it carries of what it takes from its subject.

    Raises:
        TagFails: the template asks for what the context has not, or for more than it may have.
        Unsound: the result is not well-formed, or paragraphs of the template are missing from it.
    """
    drawer = _Drawer()
    kept = {name: context[name] for name in drawn if name in context}
    asked = {name: remembered(context[name], kept, name) for name in template.asked if name in context}
    values: dict[str, object] = {**asked, **{name: _Placed(picture, drawer) for name, picture in pictures.items()}}
    members: list[Member] = [*template.fixed, pack(CORE, _core_properties(properties))]
    pictured: set[str] = set()
    for part in template.parts:
        drawer.placed = {}
        with limited(context):
            xml = _rendered(part, values)
        members.append(pack(part.name, declared(xml)))
        if drawer.placed:
            path = RELATIONSHIPS.format(part.name.rpartition("/")[2])
            pictured.add(path)
            members.append(pack(path, drawer.relationships(template.relationships[part.name])))
    members += [member for member in template.plain if member.name not in pictured]
    members.append(pack(PART, carried_part(kept, template.digest, facts)))
    members += [pack(f"word/{target}", picture.png) for picture, target in drawer.targets.values()]
    return write_package(members)


def _rendered(part: TemplatePart, values: Mapping[str, object]) -> str:
    assert part.template is not None, "a template that cannot be compiled is refused when it is loaded"
    try:
        xml = part.template.render(values)
    except STUMBLES as error:
        raise TagFails(part.tags.at(_line(error)), error) from error
    if "<wp:docPr " in xml:
        ids = count(1)
        xml = _DRAWING_ID.sub(lambda match: f"{match[1]}{next(ids)}{match[2]}", xml)
    try:
        tree = etree.fromstring(xml.encode("utf-8"), _STRICT)
    except (etree.XMLSyntaxError, UnicodeEncodeError) as error:
        raise Unsound(f"{part.name} would not be well-formed: {error}") from error
    found = sum(1 for _ in tree.iter(_PARAGRAPH))
    if found < part.paragraphs:
        raise Unsound(f"{part.name} would have {found} paragraphs; the template alone has {part.paragraphs}")
    if part.uneven_tables:
        try:
            mended = DocxTemplate(None).fix_tables(xml)
        except STUMBLES as error:
            raise Unsound(f"the tables of {part.name} would not be whole") from error
        xml = etree.tostring(mended, encoding="unicode")
    return xml


def _line(error: BaseException) -> int:
    """Return the line of the template at which it failed: Jinja puts a frame for it into the traceback."""
    line, trace = 0, error.__traceback__
    while trace is not None:
        if "__jinja_exception__" in trace.tb_frame.f_globals:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


@dataclass(slots=True)
class _Drawer:
    """Where pictures get their relationships while a part is rendered."""

    placed: dict[int, tuple[str, str]] = field(default_factory=dict)
    """By picture: the relationship of the current part, and its target."""
    targets: dict[int, tuple[Picture, str]] = field(default_factory=dict)

    def place(self, picture: Picture) -> str:
        key = id(picture)
        if key not in self.targets:
            self.targets[key] = (picture, f"media/gambar-terbit-{len(self.targets) + 1}.png")
        if key not in self.placed:
            self.placed[key] = (f"rIdGambar{len(self.placed) + 1}", self.targets[key][1])
        return self.placed[key][0]

    def relationships(self, present: str) -> bytes:
        added = "".join(
            f'<Relationship Id="{name}" Type="{_IMAGE_TYPE}" Target="{target}"/>'
            for name, target in self.placed.values()
        )
        head, mark, tail = (present or NO_RELATIONSHIPS).rpartition("</Relationships>")
        return f"{head}{added}{mark}{tail}".encode()


@dataclass(frozen=True, slots=True)
class _Placed:
    """A picture in a context: printing it puts it where the tag stands."""

    picture: Picture
    drawer: _Drawer

    def __html__(self) -> Markup:
        picture = self.picture
        width, height = round(picture.width * _EMU_PER_MM), round(picture.height * _EMU_PER_MM)
        name = self.drawer.place(picture)
        described = escape(picture.description, {'"': "&quot;"})
        return Markup(_DRAWING.format(width=width, height=height, name=name, description=described))  # noqa: S704


_DRAWING = (
    "</w:t></w:r><w:r><w:drawing>"
    '<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
    '<wp:docPr id="1" name="Gambar" descr="{description}"/>'
    '<wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'noChangeAspect="1"/></wp:cNvGraphicFramePr>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:nvPicPr><pic:cNvPr id="0" name="Gambar"/><pic:cNvPicPr/></pic:nvPicPr>'
    '<pic:blipFill><a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'r:embed="{name}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>'
    '</w:drawing></w:r><w:r><w:t xml:space="preserve">'
)


def _core_properties(properties: Properties) -> bytes:
    def text(value: str) -> str:
        return escape(_ILLEGAL_IN_PROPERTIES.sub(" ", value))

    moment = utc_text(properties.issued_at)
    author = text(properties.author)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{text(properties.title)}</dc:title><dc:subject>{text(properties.subject)}</dc:subject>"
        f"<dc:description>{issue_note(properties.issued_at)}</dc:description>"
        f"<dc:creator>{author}</dc:creator><cp:category>{text(properties.office)}</cp:category>"
        f"<cp:keywords>{text(properties.keywords)}</cp:keywords>"
        f"<cp:lastModifiedBy>{author}</cp:lastModifiedBy><cp:revision>{properties.revision}</cp:revision>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified>'
        f"<dc:identifier>{text(properties.identifier)}</dc:identifier><dc:language>id-ID</dc:language>"
        "</cp:coreProperties>"
    ).encode()
