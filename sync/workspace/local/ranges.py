"""What stands before and after a sheet's rows and goes by ranges of them: filter, lists, formats, links, widths."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from urllib.parse import quote
from xml.sax.saxutils import quoteattr

from sync.workspace.local.package import Package
from sync.workspace.local.sheet import LAST_ROW, SheetXml, area_of, area_text, attributes, letters_of

_UNQUOTED = "/:?=&%#+,;~!$'()*[]"
"""What stays as it is in a web address. In a path of ours, which has no scheme, only ``/`` does."""
_FIRST_ROW = 2
_MARGIN = 1_000
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_AFTER_LINKS = (
    rb"<(?:~(?:printOptions|pageMargins|pageSetup|headerFooter|rowBreaks|colBreaks|customProperties|cellWatches"
    rb"|ignoredErrors|smartTags|drawing|legacyDrawing|legacyDrawingHF|drawingHF|picture|oleObjects|controls"
    rb"|webPublishItems|tableParts|extLst)|\w+:AlternateContent)[\s/>]|</~worksheet"
)
"""What may follow the links of a sheet (ISO 29500-1, CT_Worksheet)."""


def grown(sheet: SheetXml, last_before: int, last: int) -> bytes:
    """Return ``sheet.after`` once the rows that ended at ``last_before`` end at ``last``.

    The filter over the header, lists and conditional formats that ended with the rows reach as far as they do.
    LibreOffice cuts lists off a thousand rows below the data when it saves: they are let down to the end again.
    """

    def filtered(reference: str) -> str:
        left, top, right, bottom = area_of(reference)
        return area_text((left, top, right, max(bottom, last))) if top == 1 else reference

    def listed(reference: str) -> str:
        left, top, right, bottom = area_of(reference)
        if top <= _FIRST_ROW and last_before <= bottom < last + _MARGIN:
            return area_text((left, top, right, LAST_ROW))
        return formatted(reference)

    def formatted(reference: str) -> str:
        left, top, right, bottom = area_of(reference)
        if bottom == last_before and top > 1 and last > bottom:
            return area_text((left, top, right, last))
        return reference

    p, after = sheet.prefix, sheet.after
    after = _each(after, p + b"autoFilter", b"ref", filtered)
    after = _each(after, p + b"dataValidation", b"sqref", listed)
    after = _each(after, p + b"conditionalFormatting", b"sqref", formatted)

    def of_newer_excels(found: re.Match[bytes]) -> bytes:
        grow = listed if b"dataValidation" in found[1] else formatted
        return re.sub(
            rb"(<\w+:sqref>)([^<]*)(</\w+:sqref>)",
            lambda area: area[1] + _areas(area[2].decode(), grow).encode() + area[3],
            found[0],
        )

    return re.sub(
        rb"<\w+:(dataValidation|conditionalFormatting)\b[^<>]*(?<!/)>.*?</\w+:\1>", of_newer_excels, after, flags=re.S
    )


def grown_table(table: bytes, last_before: int, last: int) -> bytes:
    """Return a table's part (a ListObject of staff's) grown likewise, if it has no row of totals at its end."""
    root = re.search(rb"<(?:\w+:)?table\s[^<>]*>", table)
    named = attributes(root[0]) if root else {}
    if named.get(b"totalsRowCount", b"0") != b"0" or b"ref" not in named:
        return table
    left, top, right, bottom = area_of(named[b"ref"].decode())
    if bottom != last_before or last <= bottom:
        return table
    reference = area_text((left, top, right, last))
    for tag in (rb"(?:\w+:)?table", rb"(?:\w+:)?autoFilter"):
        table = _each(table, tag, b"ref", lambda _: reference)
    return table


def reaching(before: bytes, prefix: bytes, right: int, bottom: int) -> bytes:
    """Return ``sheet.before`` whose stored dimension takes in that column and that row."""

    def wider(reference: str) -> str:
        left, top, old_right, old_bottom = area_of(reference)
        return area_text((left, top, max(right, old_right), max(bottom, old_bottom)))

    return _each(before, prefix + b"dimension", b"ref", wider)


def filter_of(sheet: SheetXml) -> str:
    """Return the range of the filter over the header; ``""`` if there is none."""
    found = re.search(rb'<~autoFilter\s[^<>]*?ref="([^"]*)"'.replace(b"~", sheet.prefix), sheet.after)
    return found[1].decode() if found else ""


def widths_of(before: bytes, prefix: bytes) -> dict[int, float]:
    """Return the columns' widths in characters, as far as they are given."""
    widths = {}
    for column in _columns(before, prefix):
        if b"width" in column:
            for number in range(int(column[b"min"]), min(int(column[b"max"]), 1_000) + 1):
                widths[number] = float(column[b"width"])
    return widths


def column_styles(before: bytes, prefix: bytes) -> dict[int, int]:
    """Return the styles of whole columns."""
    return {
        number: int(column[b"style"])
        for column in _columns(before, prefix)
        if column.get(b"style", b"0") != b"0"
        for number in range(int(column[b"min"]), min(int(column[b"max"]), 1_000) + 1)
    }


def with_column(before: bytes, prefix: bytes, number: int, width: float, style: int) -> bytes:
    """Return ``sheet.before`` where column ``number`` has that width and style."""
    made = {b"min": b"%d" % number, b"max": b"%d" % number, b"width": b"%g" % width, b"customWidth": b"1"}
    columns = [made | {b"style": b"%d" % style}]
    for column in _columns(before, prefix):
        first, last = int(column[b"min"]), int(column[b"max"])
        for start, end in ((first, min(last, number - 1)), (max(first, number + 1), last)):
            if start <= end:
                columns.append({**column, b"min": b"%d" % start, b"max": b"%d" % end})
    columns.sort(key=lambda column: int(column[b"min"]))
    written = b"".join(
        b"<%bcol%b/>" % (prefix, b"".join(b' %b="%b"' % item for item in column.items())) for column in columns
    )
    written = b"<%bcols>%b</%bcols>" % (prefix, written, prefix)
    standing = re.search(rb"<~cols>.*?</~cols>".replace(b"~", prefix), before, re.S)
    if standing:
        return before[: standing.start()] + written + before[standing.end() :]
    at = before.rindex(b"<" + prefix + b"sheetData")
    return before[:at] + written + before[at:]


def linked(sheet: SheetXml, package: Package, part: str, targets: Mapping[tuple[int, int], str | None]) -> bytes:
    """Return ``sheet.after`` where the cells of ``targets`` open these addresses, or nothing.

    A link over several cells belongs to its first.
    """
    p, after = sheet.prefix, sheet.after
    start, end = after.find(b"<" + p + b"hyperlinks"), after.find(b"</" + p + b"hyperlinks>")
    block = after[start:end] if 0 <= start < end else b""
    places = {f"{letters_of(column)}{row}".encode(): target for (row, column), target in targets.items()}
    dropped: set[str] = set()
    kept: list[bytes] = []
    for found in re.finditer(rb"<~hyperlink(\s[^<>]*?)(?:/>|>\s*</~hyperlink>)".replace(b"~", p), block):
        reference = re.search(rb'\sref="([A-Z]+[0-9]+)', found[1])
        if reference is None or reference[1] not in places:
            kept.append(found[0])
            continue
        dropped |= {name.decode() for name in re.findall(rb'\s\w+:id="([^"]*)"', found[1])}
    new = {reference: target for reference, target in places.items() if target is not None}
    if not new and not dropped and len(kept) == block.count(b"<" + p + b"hyperlink "):
        return after
    package.unrelate(part, {name for name in dropped if not any(f'"{name}"'.encode() in link for link in kept)})
    ids = package.relate(part, "hyperlink", [*map(address, new.values())], external=True) if new else []
    declared = re.search(rb'xmlns:(\w+)="' + re.escape(_RELATIONS.encode()) + rb'"', sheet.before)
    name = declared[1].decode() if declared else "r"
    more = "" if declared else f' xmlns:r="{_RELATIONS}"'
    written = b"".join(kept) + b"".join(
        f'<{p.decode()}hyperlink{more} ref="{reference.decode()}" {name}:id={quoteattr(identifier)}/>'.encode()
        for reference, identifier in zip(new, ids, strict=True)
    )
    whole = b"<%bhyperlinks>%b</%bhyperlinks>" % (p, written, p) if written else b""
    if block:
        return after[:start] + whole + after[end + len(p) + 13 :]
    # A custom view holds elements of the same names, and stands before.
    behind = max(after.rfind(b"</" + p + b"customSheetViews>"), 0)
    following = re.compile(_AFTER_LINKS.replace(b"~", p)).search(after, behind)
    at = following.start() if following else len(after)
    return after[:at] + whole + after[at:]


def address(target: str) -> str:
    """Return where a link leads, quoted as an address has to be."""
    has_scheme = "://" in target or target.startswith("mailto:")
    return quote(target, safe=_UNQUOTED if has_scheme else "/")


def _columns(before: bytes, prefix: bytes) -> list[dict[bytes, bytes]]:
    return [attributes(found[1]) for found in re.finditer(rb"<~col(\s[^<>]*)/?>".replace(b"~", prefix), before)]


def _each(xml: bytes, tag: bytes, name: bytes, change: Callable[[str], str]) -> bytes:
    """Change the ranges in one attribute of every such element; what is no range stays."""

    def changed(found: re.Match[bytes]) -> bytes:
        return found[1] + _areas(found[3].decode(), change).encode() + found[2]

    pattern = rb"(<TAG\b(?:\s[^<>]*?)?\sNAME=([\"']))([^\"'<>]*)[\"']"
    return re.sub(pattern.replace(b"TAG", tag).replace(b"NAME", name), changed, xml)


def _areas(references: str, change: Callable[[str], str]) -> str:
    areas = references.split()
    try:
        return " ".join(map(change, areas))
    except ValueError:
        return references
