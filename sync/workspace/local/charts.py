"""The job's own charts in the book: known among whatever is drawn there, and drawn anew where their figures changed.

Where they stand and how large they are is people's (the drawing is left alone); what they show is the job's (their
part is written whole, with the figures in it for programs that show a chart without calculating). Everybody else's
charts are never touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from sync.domain.layout import BookLayout, ChartKind, ChartLayout, TabLayout
from sync.domain.table import header_key
from sync.workspace.local.package import Package
from sync.workspace.local.read import Sheet, text_of
from sync.workspace.local.sheet import SheetXml, letters_of
from sync.workspace.local.xml_tree import Element, local_name, parse, written

DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATION_ID = f"{{{_OFFICE}}}id"
_TYPES = "application/vnd.openxmlformats-officedocument."
_EMU = 36_000
"""The format's units in a millimetre."""
_AFTER_DRAWING = (
    rb"<(?:~(?:legacyDrawing|legacyDrawingHF|drawingHF|picture|oleObjects|controls|webPublishItems|tableParts|extLst)"
    rb"|\w+:AlternateContent)[\s/>]|</~worksheet"
)
"""What may follow the drawing of a sheet (ISO 29500-1, CT_Worksheet)."""

_HATCH = (
    '<a:pattFill prst="wdUpDiag"><a:fgClr><a:srgbClr val="1F3864"/></a:fgClr><a:bgClr><a:srgbClr val="FFFFFF"/>'
    "</a:bgClr></a:pattFill>"
)
_GREY = '<a:solidFill><a:srgbClr val="BFBFBF"/></a:solidFill>'
_OUTLINE = '<a:ln w="9525"><a:solidFill><a:srgbClr val="1A1A1A"/></a:solidFill><a:prstDash val="solid"/></a:ln>'
"""Hatches and outlines are what a black and white printer shows."""


@dataclass(frozen=True, slots=True)
class OwnChart:
    """A chart of the job's as it stands in a book: where it is drawn, and the part that says what it shows."""

    anchor: Element
    part: str


def own_charts(package: Package, part: str, tab: TabLayout) -> dict[str, OwnChart]:
    """Return the job's charts in the tab that ``part`` holds, by title.

    The job's is a chart of that title over nothing but this tab's cells, with nothing drawn into it. Of several, as
    after a copy, it is the one in its place (else the first); the others are somebody's own.
    """
    places = {chart.title: (chart.anchor_row - 1, chart.anchor_column - 1) for chart in tab.charts}
    found: dict[str, OwnChart] = {}
    for chart, title in _charts(package, part, tab.name):
        if title in places and (
            title not in found or _place_of(chart.anchor) == places[title] != _place_of(found[title].anchor)
        ):
            found[title] = chart
    return found


def missing_charts(package: Package, layout: BookLayout) -> list[str]:
    """Return the titles of the job's charts that the book's tabs lack."""
    parts = {sheet.name: sheet.part for sheet in package.sheets if sheet.kind == "worksheet"}
    return [
        chart.title
        for tab in layout.tabs
        if tab.charts and tab.name in parts
        for found in [own_charts(package, parts[tab.name], tab)]
        for chart in tab.charts
        if chart.title not in found
    ]


def draw_charts(package: Package, sheet: Sheet, tab: TabLayout) -> SheetXml:
    """Draw the job's charts of a tab into the package; return the sheet, which may now refer to a drawing."""
    columns = {header_key(text_of(cell)): column for column, cell in sorted(sheet.rows.get(1, {}).items())}
    found = own_charts(package, sheet.part, tab)
    new: list[tuple[ChartLayout, str]] = []
    for chart in tab.charts:
        headers = [header_key(header) for header in (chart.label_header, *chart.value_headers)]
        # Without its columns there is nothing to show; the commit that needs them says so.
        if all(header in columns for header in headers):
            drawn = _drawn(sheet, chart, [columns[header] for header in headers]).encode()
            if chart.title not in found:
                part = package.free_name("xl/charts/chart{}.xml")
                package.add(part, drawn, f"{_TYPES}drawingml.chart+xml")
                new.append((chart, part))
            elif package.read(found[chart.title].part) != drawn:
                package.put(found[chart.title].part, drawn)
    return _placed(package, sheet, new) if new else sheet.xml


def _placed(package: Package, sheet: Sheet, charts: Sequence[tuple[ChartLayout, str]]) -> SheetXml:
    """Draw charts where the layout has them, in the sheet's drawing or a new one."""
    xml = sheet.xml
    drawing = next((one.target for one in package.relations(sheet.part) if one.kind == "drawing"), None)
    if drawing is None:
        drawing = package.free_name("xl/drawings/drawing{}.xml")
        empty = f'<xdr:wsDr xmlns:xdr="{DRAWING[1:-1]}" xmlns:a="{_MAIN}"/>'
        package.add(drawing, written(parse(empty.encode())), f"{_TYPES}drawing+xml")
        (relation,) = package.relate(sheet.part, "drawing", [drawing])
        p = xml.prefix.decode()
        element = f'<{p}drawing xmlns:r="{_OFFICE}" r:id="{relation}"/>'.encode()
        following = re.search(_AFTER_DRAWING.replace(b"~", xml.prefix), xml.after)
        at = following.start() if following else len(xml.after)
        xml = xml.with_after(xml.after[:at] + element + xml.after[at:])
    root = package.tree(drawing)
    taken = [int(shape.get("id", "0")) for shape in root.iter(f"{DRAWING}cNvPr")]
    relations = package.relate(drawing, "chart", [part for _, part in charts])
    for number, ((chart, _), relation) in enumerate(zip(charts, relations, strict=True), max(taken, default=0) + 1):
        root.append(parse(_anchor(chart, number, relation).encode()))
    package.put(drawing, written(root))
    return xml


def _anchor(chart: ChartLayout, number: int, relation: str) -> str:
    return (
        f'<xdr:oneCellAnchor xmlns:xdr="{DRAWING[1:-1]}" xmlns:a="{_MAIN}"><xdr:from><xdr:col>{chart.anchor_column - 1}'
        f"</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{chart.anchor_row - 1}</xdr:row><xdr:rowOff>0</xdr:rowOff>"
        f'</xdr:from><xdr:ext cx="{chart.width * _EMU}" cy="{chart.height * _EMU}"/><xdr:graphicFrame macro="">'
        f'<xdr:nvGraphicFramePr><xdr:cNvPr id="{number + 1}" name="Grafik {number}"/><xdr:cNvGraphicFramePr/>'
        '</xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic>'
        f'<a:graphicData uri="{_CHART[1:-1]}"><c:chart xmlns:c="{_CHART[1:-1]}" xmlns:r="{_OFFICE}" r:id="{relation}"/>'
        "</a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:oneCellAnchor>"
    )


def _place_of(anchor: Element) -> tuple[int, int] | None:
    """Return row and column, from 0, of the cell under the upper left corner; None where there is none."""
    start = next(anchor.iter(f"{DRAWING}from"), None)
    if start is None:
        return None
    return int(start.findtext(f"{DRAWING}row", "0")), int(start.findtext(f"{DRAWING}col", "0"))


def _charts(package: Package, part: str, tab: str) -> Iterator[tuple[OwnChart, str]]:
    """Yield every plain chart in the sheet that shows nothing but the sheet's own cells, with its title."""
    for drawing in package.relations(part):
        if drawing.kind != "drawing" or drawing.external or drawing.target not in package.names:
            continue
        charts = {relation.id: relation.target for relation in package.relations(drawing.target)}
        for anchor in package.tree(drawing.target):
            frames = [child for child in anchor if local_name(child) == "graphicFrame"]
            references = [element.get(_RELATION_ID, "") for element in anchor.iter(f"{_CHART}chart")]
            if len(frames) == len(references) == 1 and charts.get(references[0]) in package.names:
                space = package.tree(charts[references[0]])
                areas = [element.text or "" for element in space.iter(f"{_CHART}f")]
                if all(_tab_of(area) == tab for area in areas) and space.find(f"{_CHART}userShapes") is None:
                    yield OwnChart(anchor, charts[references[0]]), _title(space)


def _title(space: Element) -> str:
    title = space.find(f"{_CHART}chart/{_CHART}title")
    return "" if title is None else "".join(text.text or "" for text in title.iter(f"{{{_MAIN}}}t")).strip()


def _tab_of(area: str) -> str:
    """``'Rekap'!$A$1:$A$2`` → ``Rekap``."""
    name = area.rpartition("!")[0]
    return name[1:-1].replace("''", "'") if name.startswith("'") else name


def _drawn(sheet: Sheet, chart: ChartLayout, columns: Sequence[int]) -> str:
    """Return the chart over ``columns``, labels first."""
    lying = chart.kind is ChartKind.BAR
    labels, *values = columns
    looks = [_HATCH, _GREY][-len(values) :]
    series = "".join(
        f'<c:ser><c:idx val="{order}"/><c:order val="{order}"/>'
        f"<c:tx>{_reference(sheet, 'str', column, chart.heading_row, chart.heading_row)}</c:tx>"
        f'<c:spPr>{look}{_OUTLINE}</c:spPr><c:invertIfNegative val="0"/>'
        f"<c:cat>{_reference(sheet, 'str', labels, chart.heading_row + 1, chart.last_row)}</c:cat>"
        f"<c:val>{_reference(sheet, 'num', column, chart.heading_row + 1, chart.last_row)}</c:val></c:ser>"
        for order, (column, look) in enumerate(zip(values, looks, strict=True))
    )
    legend = '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>' if len(values) > 1 else ""
    top = f'<c:max val="{chart.top}"/>' if chart.top is not None else ""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<c:chartSpace xmlns:c="{_CHART[1:-1]}" xmlns:a="{_MAIN}"><c:chart><c:title><c:tx><c:rich><a:bodyPr/><a:p>'
        f'<a:r><a:t>{escape(chart.title)}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>'
        '<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/><c:barChart>'
        f'<c:barDir val="{"bar" if lying else "col"}"/><c:grouping val="clustered"/><c:varyColors val="0"/>{series}'
        # 88,5 as in the report, whatever the cells are formatted as.
        '<c:dLbls><c:numFmt formatCode="General" sourceLinked="0"/><c:showLegendKey val="0"/><c:showVal val="1"/>'
        '<c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
        '<c:gapWidth val="60"/><c:overlap val="0"/><c:axId val="10"/><c:axId val="100"/></c:barChart>'
        # The first label of lying bars stands on top.
        f'<c:catAx><c:axId val="10"/><c:scaling><c:orientation val="{"maxMin" if lying else "minMax"}"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{"l" if lying else "b"}"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/><c:tickLblPos val="low"/><c:crossAx val="100"/><c:lblOffset val="100"/></c:catAx>'
        f'<c:valAx><c:axId val="100"/><c:scaling><c:orientation val="minMax"/>{top}<c:min val="0"/></c:scaling>'
        f'<c:delete val="1"/><c:axPos val="{"b" if lying else "l"}"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="10"/></c:valAx></c:plotArea>'
        f'{legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart></c:chartSpace>'
    )


def _reference(sheet: Sheet, kind: str, column: int, first: int, last: int) -> str:
    """Return a reference to cells, with what they hold."""
    letter, tab = letters_of(column), sheet.name.replace("'", "''")
    area = f"'{tab}'!${letter}${first}" + (f":${letter}${last}" if last > first or kind == "num" else "")
    points = "".join(
        f'<c:pt idx="{index}"><c:v>{escape(text_of(cell) if kind == "str" else repr(cell))}</c:v></c:pt>'
        for index, row in enumerate(range(first, last + 1))
        for cell in [sheet.rows.get(row, {}).get(column)]
        if (cell is not None if kind == "str" else isinstance(cell, int | float) and not isinstance(cell, bool))
    )
    count = f'<c:ptCount val="{last - first + 1}"/>'
    form = "<c:formatCode>General</c:formatCode>" if kind == "num" else ""
    return f"<c:{kind}Ref><c:f>{escape(area)}</c:f><c:{kind}Cache>{form}{count}{points}</c:{kind}Cache></c:{kind}Ref>"
