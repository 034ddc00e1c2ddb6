"""What a book holds that openpyxl would drop on saving: found in the parts, before anything is written.

Legacy notes, tables, pivot tables, links to other books, rich text, filters, validations and formats are carried; the
job's own charts are made anew.
A last look at the saved file (:func:`lost_parts`) finds what this page does not know of.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from openpyxl.utils import get_column_letter

from tests.local.oracle.charts import OwnCharts, place_of
from tests.local.oracle.package import MAIN, Package, SheetPart, around_cells
from tests.local.oracle.xml_tree import Element, as_text, local_name, parse_leniently

_DRAWN = {
    "pic": "picture",
    "graphicFrame": "chart",
    "sp": "shape",
    "cxnSp": "line",
    "grpSp": "group of shapes",
    "contentPart": "ink drawing",
}
_EXTENSIONS = {
    "{05C60535-1F16-4FD2-B633-F4F36F0B64E0}": "sparkline",
    "{78C0D931-6437-407D-A8EE-F0AAD7539E65}": "conditional format of a newer Excel",
    "{CCE6A557-97BC-4B89-ADB6-D9C93CAAB3DF}": "drop-down list of a newer Excel",
    "{FC87AEE6-9EDD-4A0A-B7FB-166176984837}": "range open to some users",
    "{7E03D99C-DC04-49D9-9315-930204A7B6E9}": "timeline",
}
"""``ext`` elements of a sheet by uri ([MS-XLSX] 2.3.3); slicers are found by their drawing."""
_SHEET_ELEMENTS = {
    "controls": "form control",
    "oleObjects": "embedded object",
    "picture": "background picture",
    "legacyDrawingHF": "picture in the header or footer of the page",
    "protectedRanges": "range open to some users",
    "customSheetViews": "custom view",
}
_BOOK_PARTS = {
    "vbaProject": "macros",
    "connections": "connection to outside data",
    "powerPivotData": "data model",
}
_SHEET_KINDS = {"chartsheet": "chart sheet", "dialogsheet": "dialog sheet", "xlMacrosheet": "macro sheet"}
_METADATA = re.compile(rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]+[0-9]+)"[^>]*?\s(cm|vm)="')
_SHOWN = 5
"""Places of one kind in one tab that are named one by one."""

# Parts that a program makes anew or that hold nothing anybody put there.
_REPLACED = re.compile(
    r"(^|/)(_rels|docProps|customXml|docMetadata|theme|printerSettings|persons|worksheets|drawings|webextensions)/"
    r"|\.vml$|\.rels$|\[Content_Types\]|calcChain|sharedStrings|styles\.xml|metadata\.xml|workbook\.xml"
    r"|customProperty|charts/(style|colors)[0-9]*\.xml$"
)


def unsupported(package: Package, own: OwnCharts) -> list[str]:
    """Return each thing that would be lost as a phrase with its place: ``picture at 'Agenda'!B2``.

    ``own`` are the job's own charts, by tab and title.
    """
    found = []
    for relation in package.relations(package.workbook):
        if relation.kind in _BOOK_PARTS:
            found.append(_BOOK_PARTS[relation.kind])
        if relation.kind == "externalLink" and not _is_book_link(package, relation.target):
            found.append("link to another program (DDE or OLE)")
    for sheet in package.sheets:
        if sheet.kind != "worksheet":
            found.append(f"{_SHEET_KINDS.get(sheet.kind, sheet.kind)} {sheet.name!r}")
            continue
        found.extend(_phrases(sheet.name, _in_sheet(package, sheet, own.get(sheet.name, {}).values())))
    return found


def lost_parts(before: Package, after: Package) -> list[str]:
    """Return the kinds of parts of which the saved book has fewer than the book had."""
    counts = Counter(_stem(name) for name in before.names if not _REPLACED.search(name))
    counts.subtract(Counter(_stem(name) for name in after.names if not _REPLACED.search(name)))
    return [f"{count} part(s) {stem!r}" for stem, count in sorted(counts.items()) if count > 0]


def _phrases(tab: str, places: Iterable[tuple[str, str]]) -> Iterator[str]:
    by_kind: dict[str, list[str]] = {}
    for kind, cell in places:
        by_kind.setdefault(kind, []).append(cell)
    for kind, cells in by_kind.items():
        named = [f"{tab!r}!{cell}" for cell in dict.fromkeys(cells) if cell]
        if not named:
            yield f"{kind} in tab {tab!r}"
            continue
        more = f" and {len(named) - _SHOWN} more" if len(named) > _SHOWN else ""
        yield f"{kind} at {', '.join(named[:_SHOWN])}{more}"


def _in_sheet(package: Package, sheet: SheetPart, own: Iterable[Element]) -> Iterator[tuple[str, str]]:
    """Yield (kind, cell or ``""``) of everything in the sheet that would be lost."""
    xml = package.read(sheet.part)
    tree = around_cells(xml)
    for element in tree:
        name = local_name(element)
        if name in _SHEET_ELEMENTS:
            yield _SHEET_ELEMENTS[name], ""
    for extension in tree.iterfind(f"{MAIN}extLst/{MAIN}ext"):
        kind = _EXTENSIONS.get((extension.get("uri") or "").upper())
        if kind:
            yield from ((kind, cell) for cell in _cells_of(extension))
    for match in _METADATA.finditer(xml):
        yield ("spilling formula" if match[2] == b"cm" else "picture or data type in a cell"), match[1].decode()
    for relation in package.relations(sheet.part):
        if relation.external or relation.target not in package.names:
            continue
        if relation.kind == "drawing":
            yield from _drawn(package.tree(relation.target), own)
        elif relation.kind == "threadedComment":
            yield from (("threaded comment", cell.get("ref", "")) for cell in package.tree(relation.target))
        elif relation.kind == "vmlDrawing":
            yield from _controls(package.read(relation.target))
        elif relation.kind == "queryTable" or any(r.kind == "queryTable" for r in package.relations(relation.target)):
            yield "table of outside data", ""


def _drawn(drawing: Element, own: Iterable[Element]) -> Iterator[tuple[str, str]]:
    expected = [as_text(anchor) for anchor in own]
    for anchor in drawing:
        if not isinstance(anchor.tag, str):
            continue
        if as_text(anchor) in expected:
            expected.remove(as_text(anchor))
            continue
        # A slicer, and whatever older programs cannot show, stands in an mc:AlternateContent.
        place = place_of(anchor)
        yield _drawn_kind(anchor), f"{get_column_letter(place[1] + 1)}{place[0] + 1}" if place else ""


def _drawn_kind(anchor: Element) -> str:
    names = [local_name(element) for element in anchor.iter()]
    if "slicer" in names:
        return "slicer"
    if "timeslicer" in names:
        return "timeline"
    return next((_DRAWN[name] for name in names if name in _DRAWN), "drawing")


def _controls(vml: bytes) -> Iterator[tuple[str, str]]:
    # Legacy notes live in VML too: ObjectType Note. The VML that Excel writes is not always well-formed.
    tree = parse_leniently(vml)
    for data in tree.iter("{urn:schemas-microsoft-com:office:excel}ClientData") if tree is not None else ():
        if data.get("ObjectType") not in {"Note", None}:
            anchor = [part.strip() for part in (data.findtext("{*}Anchor") or "").split(",")]
            at = f"{get_column_letter(int(anchor[0]) + 1)}{int(anchor[2]) + 1}" if len(anchor) == 8 else ""
            yield ("embedded object" if data.get("ObjectType") == "Pict" else "form control"), at


def _cells_of(extension: Element) -> list[str]:
    found = [
        (element.text or "").split()[0]
        for element in extension.iter("{http://schemas.microsoft.com/office/excel/2006/main}sqref")
        if (element.text or "").strip()
    ]
    return found or [""]


def _is_book_link(package: Package, part: str) -> bool:
    return package.tree(part).find(f"{MAIN}externalBook") is not None


def _stem(name: str) -> str:
    # comments1.xml of Excel is comments/comment1.xml of openpyxl.
    return re.sub(r"s?[0-9]+", "", name.rsplit("/", 1)[-1])
