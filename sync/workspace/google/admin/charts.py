"""The charts over a tab's rows as requests to the Sheets API: values in, values out.

Each chart has an id made of its place in the layout and of what it shows. So a batch sent again adds nothing, and when
the office's choices change (the rows below them move), the chart over the old rows is replaced by one over the new.
Sheets itself moves a chart's ranges along when people insert or move columns.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection

from sync.domain.layout import ChartKind, ChartLayout, TabLayout
from sync.workspace.google.transport import Json

_FIRST_ID, _IDS = 1_800_000_000, 4096
"""Ids of ours: a block a chart, far from the small ones; those that Sheets draws by lot hardly ever fall in."""
_PIXELS = 96 / 25.4
_MONTH, _YEAR = (0.12, 0.22, 0.39), (0.75, 0.75, 0.75)
"""Dark and light, so that a black and white printer tells this month from this year."""


def chart_requests(layout: TabLayout, sheet_id: int, existing_ids: Collection[int]) -> list[Json]:
    """Return the requests that give the tab its charts; none where it has them all.

    Args:
        sheet_id: the tab's own id.
        existing_ids: ids of the charts that are in the spreadsheet (``sheets.charts.chartId``).
    """
    requests: list[Json] = []
    for place, chart in enumerate(layout.charts):
        spec = _spec(layout, chart, sheet_id)
        block = range(_FIRST_ID + place * _IDS, _FIRST_ID + (place + 1) * _IDS)
        chart_id = block.start + zlib.crc32(json.dumps(spec, sort_keys=True).encode()) % _IDS
        if chart_id in existing_ids:
            continue
        requests += [{"deleteEmbeddedObject": {"objectId": old}} for old in sorted(set(existing_ids) & set(block))]
        entry = {"chartId": chart_id, "spec": spec, "position": _position(chart, sheet_id)}
        requests.append({"addChart": {"chart": entry}})
    return requests


def _position(chart: ChartLayout, sheet_id: int) -> Json:
    cell = {"sheetId": sheet_id, "rowIndex": chart.anchor_row - 1, "columnIndex": chart.anchor_column - 1}
    width, height = round(chart.width * _PIXELS), round(chart.height * _PIXELS)
    return {"overlayPosition": {"anchorCell": cell, "widthPixels": width, "heightPixels": height}}


def _spec(layout: TabLayout, chart: ChartLayout, sheet_id: int) -> Json:
    lying = chart.kind is ChartKind.BAR
    # A chart of lying bars names its value axis the bottom one.
    label_axis, value_axis = ("LEFT_AXIS", "BOTTOM_AXIS") if lying else ("BOTTOM_AXIS", "LEFT_AXIS")
    window: Json = {"viewWindowMin": 0}
    if chart.top is not None:
        window["viewWindowMax"] = chart.top
    window["viewWindowMode"] = "EXPLICIT" if chart.top is not None else "PRETTY"
    colours = (_MONTH, _YEAR)[-len(chart.value_headers) :]
    return {
        "title": chart.title,
        "altText": f"Grafik batang: {chart.title}",
        "hiddenDimensionStrategy": "SHOW_ALL",
        "basicChart": {
            "chartType": "BAR" if lying else "COLUMN",
            "legendPosition": "BOTTOM_LEGEND" if len(chart.value_headers) > 1 else "NO_LEGEND",
            "headerCount": 1,
            "axis": [{"position": label_axis}, {"position": value_axis, "viewWindowOptions": window}],
            "domains": [{"domain": _range(layout, chart, chart.label_header, sheet_id)}],
            "series": [
                {
                    "series": _range(layout, chart, header, sheet_id),
                    "targetAxis": value_axis,
                    "colorStyle": {"rgbColor": dict(zip(("red", "green", "blue"), colour, strict=True))},
                    "dataLabel": {"type": "DATA", "placement": "OUTSIDE_END"},
                }
                for header, colour in zip(chart.value_headers, colours, strict=True)
            ],
        },
    }


def _range(layout: TabLayout, chart: ChartLayout, header: str, sheet_id: int) -> Json:
    column = [column.header for column in layout.columns].index(header)
    area = {
        "sheetId": sheet_id,
        "startRowIndex": chart.heading_row - 1,
        "endRowIndex": chart.last_row,
        "startColumnIndex": column,
        "endColumnIndex": column + 1,
    }
    return {"sourceRange": {"sources": [area]}}
