"""The charts of the tab Rekap as requests to Sheets: valid, over the right cells, and nothing to do a second time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sync.workspace.google.admin.charts import chart_requests
from tests.google.conform import read_request
from tests.google.rest import Book, Rest
from tests.google.server import GoogleServer
from tests.leadership.book import layout

SHEET = 26_110_003
REKAP = layout().tab("Rekap")


def added(requests: list[Any]) -> list[Any]:
    return [request["addChart"]["chart"] for request in requests if "addChart" in request]


@pytest.mark.parametrize("request_", chart_requests(REKAP, SHEET, ()), ids=lambda request: next(iter(request)))
def test_every_request_is_one_that_sheets_reads(request_: Any) -> None:
    """Every field known, every enumeration spelled as the discovery document has it."""
    read, faults = read_request("sheets", "Request", request_)

    assert faults == []
    assert read == request_


def test_a_second_time_there_is_nothing_to_add() -> None:
    """Ids are made of what a chart shows."""
    ids = [chart["chartId"] for chart in added(chart_requests(REKAP, SHEET, ()))]

    assert len(set(ids)) == 4
    assert all(0 < chart_id < 2**31 for chart_id in ids)
    assert chart_requests(REKAP, SHEET, ids) == []


def test_only_what_is_missing_is_added() -> None:
    """And charts of people, whatever their ids, are left alone."""
    ids = [chart["chartId"] for chart in added(chart_requests(REKAP, SHEET, ()))]

    requests = chart_requests(REKAP, SHEET, [*ids[:2], 5, 1_234_567_890])

    assert [chart["chartId"] for chart in added(requests)] == ids[2:]
    assert len(requests) == 2


def test_a_chart_over_rows_that_moved_is_replaced() -> None:
    """When the office's choices change, its old chart would show other lines than it says."""
    ids = [chart["chartId"] for chart in added(chart_requests(REKAP, SHEET, ()))]
    longer = replace(REKAP, charts=(*REKAP.charts[:3], replace(REKAP.charts[3], last_row=REKAP.charts[3].last_row + 1)))

    removed, new = chart_requests(longer, SHEET, ids)

    assert removed == {"deleteEmbeddedObject": {"objectId": ids[3]}}
    assert new["addChart"]["chart"]["chartId"] not in ids


def test_ranges_are_the_layouts_rows_and_columns() -> None:
    """Heading row first, as the one header; labels are of the first column."""
    for chart, planned in zip(added(chart_requests(REKAP, SHEET, ())), REKAP.charts, strict=True):
        basic = chart["spec"]["basicChart"]
        domain = basic["domains"][0]["domain"]["sourceRange"]["sources"][0]
        series = [item["series"]["sourceRange"]["sources"][0] for item in basic["series"]]
        assert basic["headerCount"] == 1
        assert chart["spec"]["title"] == planned.title
        assert (domain["startColumnIndex"], domain["endColumnIndex"]) == (0, 1)
        assert [area["startColumnIndex"] for area in series] == ([2] if len(series) == 1 else [1, 2])
        for area in (domain, *series):
            assert (area["startRowIndex"], area["endRowIndex"]) == (planned.heading_row - 1, planned.last_row)
            assert area["sheetId"] == SHEET
        cell = chart["position"]["overlayPosition"]["anchorCell"]
        assert (cell["rowIndex"], cell["columnIndex"]) == (planned.anchor_row - 1, planned.anchor_column - 1)


def test_a_tab_without_charts_asks_for_nothing() -> None:
    """Only Rekap has any."""
    assert chart_requests(layout().tab("Agenda"), SHEET, ()) == []


def test_the_stand_in_takes_them_once() -> None:
    """Sent as one batch; sent again, Sheets refuses ids that are taken instead of drawing everything twice."""
    with GoogleServer() as server:
        rest = Rest(server.url)
        made = rest.post("/v4/spreadsheets", {"properties": {"title": "Buku"}}).json
        book = Book(rest, made["spreadsheetId"])
        requests = chart_requests(REKAP, made["sheets"][0]["properties"]["sheetId"], ())
        first, second = book.batch(*requests), book.batch(*requests)
        held = book.get(fields="sheets.charts.chartId")["sheets"][0]["charts"]
        rest.session.close()

    assert first.status == 200, first.json
    assert second.status == 400
    assert [entry["chartId"] for entry in held] == [chart["chartId"] for chart in added(requests)]
