"""The job's own charts in the book: known among whatever is drawn there, and drawn anew at each save.

openpyxl reads a chart back with losses, so none is ever read by it: the job's own are made again from the layout, where
they stand (people may have moved or sized them), and everybody else's refuse the save beforehand
(:mod:`tests.local.oracle.unsupported`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias, cast

from openpyxl.chart import BarChart, Reference
from openpyxl.chart.data_source import AxDataSource, StrRef
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.colors import ColorChoice
from openpyxl.drawing.fill import PatternFillProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor, TwoCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from sync.domain.layout import BookLayout, ChartKind, ChartLayout, TabLayout
from sync.domain.table import header_key
from tests.local.oracle.package import Package, SheetPart
from tests.local.oracle.xml_tree import Element, local_name

DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

_EMU = 36_000
"""The format's units in a millimetre."""

OwnCharts: TypeAlias = Mapping[str, Mapping[str, Element]]
"""The anchors of the job's charts as they stand in a book, by tab and title."""


def own_charts(package: Package, layout: BookLayout) -> OwnCharts:
    """Return the job's charts that are in the book."""
    charted = {tab.name: tab for tab in layout.tabs if tab.charts}
    return {
        sheet.name: own_charts_of(package, sheet, charted[sheet.name])
        for sheet in package.sheets
        if sheet.name in charted and sheet.kind == "worksheet"
    }


def own_charts_of(package: Package, sheet: SheetPart, tab: TabLayout) -> dict[str, Element]:
    """Return the anchors of the job's charts in one tab, by title.

    The job's is a chart of that title over nothing but this tab's cells, with nothing drawn into it. Of several, as
    after a copy, it is the one in its place (else the first); the others are somebody's own.
    """
    places = {chart.title: (chart.anchor_row - 1, chart.anchor_column - 1) for chart in tab.charts}
    found: dict[str, Element] = {}
    for anchor, title in _charts(package, sheet):
        if title in places and (title not in found or place_of(anchor) == places[title] != place_of(found[title])):
            found[title] = anchor
    return found


def missing_charts(layout: BookLayout, found: OwnCharts) -> list[str]:
    """Return the titles of the job's charts that the book lacks."""
    return [chart.title for tab in layout.tabs for chart in tab.charts if chart.title not in found.get(tab.name, {})]


def draw_charts(workbook: Workbook, layout: BookLayout, found: OwnCharts) -> None:
    """Put the job's charts into the loaded workbook; those in ``found`` keep their place and size."""
    for tab in layout.tabs:
        if tab.charts and tab.name in workbook.sheetnames:
            sheet = cast(Worksheet, workbook[tab.name])
            columns = {header_key(str(cell.value or "")): int(cell.column or 0) for cell in next(sheet.iter_rows(1, 1))}
            cast(Any, sheet)._charts = []
            for chart in tab.charts:
                headers = [header_key(header) for header in (chart.label_header, *chart.value_headers)]
                # Without its columns there is nothing to show; the commit that needs them says so.
                if all(header in columns for header in headers):
                    drawn: Any = _drawn(sheet, chart, [columns[header] for header in headers])
                    drawn.anchor = _anchor(chart, found.get(tab.name, {}).get(chart.title))
                    sheet.add_chart(drawn)


def place_of(anchor: Element) -> tuple[int, int] | None:
    """Return row and column, from 0, of the cell under the upper left corner; None where there is none."""
    start = next(anchor.iter(f"{DRAWING}from"), None)
    if start is None:
        return None
    return int(start.findtext(f"{DRAWING}row", "0")), int(start.findtext(f"{DRAWING}col", "0"))


def _charts(package: Package, sheet: SheetPart) -> Iterator[tuple[Element, str]]:
    """Yield the anchor and title of every plain chart in the sheet that shows nothing but the sheet's own cells."""
    for drawing in package.relations(sheet.part):
        if drawing.kind != "drawing" or drawing.external or drawing.target not in package.names:
            continue
        charts = {relation.id: relation.target for relation in package.relations(drawing.target)}
        for anchor in package.tree(drawing.target):
            frames = [child for child in anchor if local_name(child) == "graphicFrame"]
            references = [element.get(_RELATION_ID, "") for element in anchor.iter(f"{_CHART}chart")]
            if len(frames) == len(references) == 1 and charts.get(references[0]) in package.names:
                space = package.tree(charts[references[0]])
                areas = [element.text or "" for element in space.iter(f"{_CHART}f")]
                if all(_tab_of(area) == sheet.name for area in areas) and space.find(f"{_CHART}userShapes") is None:
                    yield anchor, _title(space)


def _title(space: Element) -> str:
    title = space.find(f"{_CHART}chart/{_CHART}title")
    return "" if title is None else "".join(text.text or "" for text in title.iter(_TEXT)).strip()


def _tab_of(area: str) -> str:
    """``'Rekap'!$A$1:$A$2`` → ``Rekap``."""
    name = area.rpartition("!")[0]
    return name[1:-1].replace("''", "'") if name.startswith("'") else name


def _anchor(chart: ChartLayout, standing: Element | None) -> OneCellAnchor | TwoCellAnchor:
    start = None if standing is None else standing.find(f"{DRAWING}from")
    end = None if standing is None else standing.find(f"{DRAWING}to")
    if start is not None and end is not None:
        return TwoCellAnchor(editAs="oneCell", _from=_marker(start), to=_marker(end))
    size = XDRPositiveSize2D(chart.width * _EMU, chart.height * _EMU)
    here = AnchorMarker(col=chart.anchor_column - 1, row=chart.anchor_row - 1)
    return OneCellAnchor(_from=here if start is None else _marker(start), ext=size)


def _marker(place: Element) -> AnchorMarker:
    numbers = {name: int(place.findtext(f"{DRAWING}{name}", "0")) for name in ("col", "colOff", "row", "rowOff")}
    return AnchorMarker(**numbers)


def _drawn(sheet: Worksheet, chart: ChartLayout, columns: list[int]) -> BarChart:
    """Return the chart over ``columns``, labels first; hatches and outlines that a black and white printer shows."""
    drawn: Any = BarChart()
    lying = chart.kind is ChartKind.BAR
    drawn.type = "bar" if lying else "col"
    drawn.title = chart.title
    drawn.title.overlay = False
    drawn.gapWidth, drawn.overlap = 60, 0
    labels, *values = columns
    for column in values:
        area = Reference(sheet, min_col=column, min_row=chart.heading_row, max_row=chart.last_row)
        drawn.add_data(area, titles_from_data=True)
    named = Reference(sheet, min_col=labels, min_row=chart.heading_row + 1, max_row=chart.last_row)
    for series in drawn.series:
        # Said to be text: openpyxl's own set_categories calls every label a number.
        series.cat = AxDataSource(strRef=StrRef(f=str(named)))
    for series, look in zip(reversed(drawn.series), (_year_look, _month_look), strict=False):
        series.graphicalProperties = look()
        series.invertIfNegative = False
    drawn.dataLabels = DataLabelList(
        showVal=True, showSerName=False, showCatName=False, showLegendKey=False, showPercent=False
    )
    drawn.dataLabels.numFmt = "General"  # 88,5 as in the report, whatever the cells are formatted as
    drawn.legend.position = "b"
    if len(values) == 1:
        drawn.legend = None
    # openpyxl leaves both axes to the program that opens the book, and some then show none.
    drawn.x_axis.delete, drawn.y_axis.delete = False, True
    drawn.x_axis.tickLblPos = "low"
    drawn.x_axis.scaling.orientation = "maxMin" if lying else "minMax"  # the first label on top
    drawn.y_axis.majorGridlines = None
    drawn.y_axis.scaling.min, drawn.y_axis.scaling.max = 0, chart.top
    return cast(BarChart, drawn)


def _month_look() -> GraphicalProperties:
    colour: Any = ColorChoice
    fill = PatternFillProperties(prst="wdUpDiag", fgClr=colour(srgbClr="1F3864"), bgClr=colour(srgbClr="FFFFFF"))
    return GraphicalProperties(pattFill=fill, ln=_outline())


def _year_look() -> GraphicalProperties:
    return GraphicalProperties(solidFill="BFBFBF", ln=_outline())


def _outline() -> LineProperties:
    return LineProperties(solidFill="1A1A1A", w=9525)
