"""The layout → a new book, or the tabs that a book lacks. What people made is never touched."""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape, quoteattr

from sync.domain.layout import BookLayout, ColumnLayout, ListSource, TabLayout
from sync.domain.table import header_key
from sync.workspace.local.cells import cell_context
from sync.workspace.local.looks import header_look, look_of, status_fill
from sync.workspace.local.package import MAIN, Package
from sync.workspace.local.read import Sheet, text_of
from sync.workspace.local.sheet import LAST_ROW, letters_of, taken_apart
from sync.workspace.local.styles import Styles
from sync.workspace.local.text import to_stored
from sync.workspace.local.theme import THEME
from sync.workspace.local.workbook import add_sheet, define_name, defined_names

_PAGE_WIDTH = 200
"""Characters across one landscape page that can still be read."""
_LIST_ROWS = 2_000
"""How far down a list of choices is looked for."""
_LONGEST_ENTRIES = 255
"""Characters of a list of choices given in place (a limit of the format)."""
_NOT_IN_LIST = "Isian ini tidak ada dalam daftar. Tetap gunakan?"
_NOT_IN_LIST_TITLE = "Di luar daftar"

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NAMES = MAIN[1:-1]
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_EMPTY_BOOK = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}styles+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_TYPE}sharedStrings+xml"/>'
    '<Override PartName="/xl/theme/theme1.xml" ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/>'
    "</Types>",
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/theme" Target="theme/theme1.xml"/>'
    f'<Relationship Id="rId3" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    "xl/theme/theme1.xml": THEME,
    "xl/workbook.xml": f'<workbook xmlns="{_NAMES}" xmlns:r="{_OFFICE}"><workbookPr/><bookViews><workbookView/>'
    "</bookViews><sheets/><calcPr/></workbook>",
    "xl/styles.xml": f'<styleSheet xmlns="{_NAMES}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/>'
    '<family val="2"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill>'
    '<patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/>'
    '<diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
    '</cellStyleXfs><cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}


def empty_book(layout: BookLayout) -> bytes:
    """Return a workbook without a tab, but with the texts of ``layout``: tabs are added next."""
    texts = (f'<si><t xml:space="preserve">{escape(to_stored(text))}</t></si>' for text in _texts(layout))
    strings = f'<sst xmlns="{_NAMES}">{"".join(texts)}</sst>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in {**_EMPTY_BOOK, "xl/sharedStrings.xml": strings}.items():
            archive.writestr(zipfile.ZipInfo(name), _HEAD + part, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def add_missing_tabs(package: Package, layout: BookLayout, *, new: bool) -> list[str]:
    """Add the tabs of ``layout`` that the book lacks; return their names. ``new``: the book is an :func:`empty_book`.

    A tab whose name differs only in case cannot be added (spreadsheet programs take the two for one): it is left out.
    """
    there = {sheet.name.casefold() for sheet in package.sheets}
    missing = [tab for tab in layout.tabs if tab.name.casefold() not in there]
    if not missing:
        return []
    styles = Styles(package)
    names = _name_lists(package, layout, missing)
    # The shared strings of a book that people have used are left as they are.
    shared = {text: number for number, text in enumerate(_texts(layout))} if new else {}
    for tab in missing:
        add_sheet(
            package, tab.name, _sheet(tab, layout, styles, names, shared).encode(), _print_titles(tab), _filter(tab)
        )
    styles.put()
    return [tab.name for tab in missing]


def _texts(layout: BookLayout) -> list[str]:
    """Return the texts that stand in the tabs, each once."""
    texts = [
        [*(column.header for column in tab.columns), *(text for row in tab.rows for text in row)] for tab in layout.tabs
    ]
    return list(dict.fromkeys(text for tab in texts for text in tab if text))


def _sheet(
    tab: TabLayout, layout: BookLayout, styles: Styles, names: Mapping[ListSource, str], shared: Mapping[str, int]
) -> str:
    looks = [styles.with_look(0, look_of(column.kind)) for column in tab.columns]
    headers = [styles.with_look(0, header_look(job=column.job)) for column in tab.columns]
    # Styles are given to whole columns, so that a row typed by hand looks like one the job added.
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{column.width}" customWidth="1" style="{style}"/>'
        for number, (column, style) in enumerate(zip(tab.columns, looks, strict=True), 1)
    )
    header = _row(1, [column.header for column in tab.columns], headers, shared, ' ht="32" customHeight="1"')
    rows = "".join(_row(number, entries, looks, shared) for number, entries in enumerate(tab.rows, 2))
    last = letters_of(max(1, len(tab.columns)))
    width = math.ceil(sum(column.width for column in tab.columns) / _PAGE_WIDTH)
    return (
        f'{_HEAD}<worksheet xmlns="{_NAMES}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="A1:{last}{len(tab.rows) + 1}"/>'
        f'<sheetViews><sheetView workbookViewId="0">{_frozen(tab)}</sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/>{f"<cols>{columns}</cols>" if columns else ""}'
        f"<sheetData>{header}{rows}</sheetData>{_protection(tab)}"
        + (f'<autoFilter ref="{_filter(tab)}"/>' if tab.columns else "")
        + _status_colours(tab, layout, styles)
        + _choices(tab, names)
        + '<pageMargins left="0.75" right="0.75" top="1" bottom="1" header="0.5" footer="0.5"/>'
        f'<pageSetup paperSize="9" fitToWidth="{max(1, width)}" fitToHeight="0" orientation="landscape"/></worksheet>'
    )


def _row(number: int, entries: Iterable[str], styles: Iterable[int], shared: Mapping[str, int], more: str = "") -> str:
    cells = "".join(
        f'<c r="{letters_of(column)}{number}" s="{style}" {_content(text, shared)}</c>'
        for column, (text, style) in enumerate(zip(entries, styles, strict=True), 1)
        if text
    )
    return f'<row r="{number}"{more}>{cells}</row>'


def _content(text: str, shared: Mapping[str, int]) -> str:
    if text in shared:
        return f't="s"><v>{shared[text]}</v>'
    return f't="inlineStr"><is><t xml:space="preserve">{escape(to_stored(text))}</t></is>'


def _frozen(tab: TabLayout) -> str:
    if tab.key_header and not tab.locked:
        return '<pane xSplit="1" ySplit="1" topLeftCell="B2" activePane="bottomRight" state="frozen"/>'
    return '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'


def _protection(tab: TabLayout) -> str:
    """Lock against accident: no password, and whatever only helps to read stays allowed (here 1 forbids).

    Charts of the job are drawn anew when their figures change: what somebody changed in them would be lost.
    """
    if not tab.locked:
        return ""
    return (
        f'<sheetProtection sheet="1" objects="{int(bool(tab.charts))}" formatColumns="0" formatRows="0" sort="0"'
        ' autoFilter="0"/>'
    )


def _print_titles(tab: TabLayout) -> str:
    tab_name = quoted(tab.name)
    wide = sum(column.width for column in tab.columns) > _PAGE_WIDTH
    return f"{tab_name}!$A:$A,{tab_name}!$1:$1" if wide else f"{tab_name}!$1:$1"


def _filter(tab: TabLayout) -> str:
    return f"A1:{letters_of(len(tab.columns))}{len(tab.rows) + 1}" if tab.columns else ""


def _status_colours(tab: TabLayout, layout: BookLayout, styles: Styles) -> str:
    if tab.name != layout.status_tab:
        return ""
    number = next((n for n, column in enumerate(tab.columns, 1) if column.header == layout.status_header), None)
    if number is None:
        return ""
    rules = "".join(
        f'<cfRule type="cellIs" dxfId="{styles.difference(status_fill(colour))}" priority="{priority}" '
        'operator="equal">'
        f"<formula>{escape(_text(status))}</formula></cfRule>"
        for priority, (status, colour) in enumerate(layout.status_colours.items(), 1)
    )
    return f'<conditionalFormatting sqref="{_below_header(number)}">{rules}</conditionalFormatting>' if rules else ""


def _choices(tab: TabLayout, names: Mapping[ListSource, str]) -> str:
    offered = [
        f'<dataValidation type="list" errorStyle="warning" allowBlank="1" showErrorMessage="1" '
        f"errorTitle={quoteattr(_NOT_IN_LIST_TITLE)} error={quoteattr(_NOT_IN_LIST)} "
        f'sqref="{_below_header(number)}"><formula1>{escape(formula)}</formula1></dataValidation>'
        for number, column in enumerate(tab.columns, 1)
        if (formula := _choices_formula(column, names)) is not None
    ]
    return f'<dataValidations count="{len(offered)}">{"".join(offered)}</dataValidations>' if offered else ""


def _choices_formula(column: ColumnLayout, names: Mapping[ListSource, str]) -> str | None:
    if isinstance(column.choices, ListSource):
        return names.get(column.choices)
    if not column.choices or any("," in entry for entry in column.choices):
        return None
    entries = ",".join(column.choices)
    return _text(entries) if len(entries) <= _LONGEST_ENTRIES else None


def _name_lists(package: Package, layout: BookLayout, missing: list[TabLayout]) -> dict[ListSource, str]:
    """Give every list of choices a name in the workbook, so that a drop-down follows it when its column moves."""
    names: dict[ListSource, str] = {}
    standing = defined_names(package)
    for source in _sources(layout):
        name = "Daftar_" + re.sub(r"\W+", "_", source.header).strip("_")
        if name not in standing:
            column = _column_headed(package, source, missing)
            if column is None:
                continue
            tab = quoted(source.tab)
            area = f"{tab}!${column}$2:${column}${_LIST_ROWS}"
            # As long as the list is: an empty entry in a drop-down would let everything pass.
            define_name(package, name, f"{tab}!${column}$2:INDEX({area},MAX(1,COUNTA({area})))")
        names[source] = name
    return names


def _sources(layout: BookLayout) -> list[ListSource]:
    found = (column.choices for tab in layout.tabs for column in tab.columns)
    return list(dict.fromkeys(choices for choices in found if isinstance(choices, ListSource)))


def _column_headed(package: Package, source: ListSource, missing: list[TabLayout]) -> str | None:
    headers: dict[int, str] = {}
    for tab in missing:
        if tab.name == source.tab:
            headers = {number: column.header for number, column in enumerate(tab.columns, 1)}
    for part in package.sheets:
        if part.name == source.tab and part.kind == "worksheet":
            sheet = Sheet(part.name, part.part, taken_apart(package.read(part.part), part.name), cell_context(package))
            headers = {column: text_of(cell) for column, cell in sheet.rows.get(1, {}).items()}
    wanted = header_key(source.header)
    return next((letters_of(column) for column, text in headers.items() if header_key(text) == wanted), None)


def quoted(tab: str) -> str:
    """Return a tab's name as formulas have it."""
    return "'" + tab.replace("'", "''") + "'"


def _text(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _below_header(column: int) -> str:
    letter = letters_of(column)
    return f"{letter}2:{letter}{LAST_ROW}"
