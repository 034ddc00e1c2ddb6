"""The charts of the tab Rekap in the book: there from the start, kept over every save, never in place of others'."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor, TwoCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D

from sync.domain.layout import BookLayout
from sync.workspace.local import LocalWorkspace
from sync.workspace.local.package import Package
from tests.leadership.book import charts_in, corner, fill, layout, workspace_in
from tests.local.office import by_hand, looked_at, part_of, rewrite
from tests.local.test_libreoffice import SOFFICE, saved_by_libreoffice

TITLES = [chart.title for chart in layout().tab("Rekap").charts]


@pytest.fixture
def workspace(tmp_path: Path) -> LocalWorkspace:
    return workspace_in(tmp_path / "kantor")


@pytest.fixture
def book(workspace: LocalWorkspace, tmp_path: Path) -> Path:
    return tmp_path / "kantor" / "agenda.xlsx"


def test_a_new_book_has_every_chart_in_its_place(tmp_path: Path) -> None:
    """Before the first figure is in it."""
    LocalWorkspace(tmp_path, layout()).prepare()

    charts = charts_in(tmp_path / "agenda.xlsx")
    places = {chart.title: (chart.anchor_row, chart.anchor_column) for chart in layout().tab("Rekap").charts}
    assert {title: corner(chart) for title, chart in charts.items()} == places


def test_a_chart_shows_the_cells_of_its_block(book: Path) -> None:
    """Series are named by their column, labels are text, and both reach as far as the block."""
    sheet = looked_at(book)["Rekap"]
    for drawn, planned in zip(charts_in(book).values(), layout().tab("Rekap").charts, strict=True):
        names = [sheet[series.tx.strRef.f.rpartition("!")[2].replace("$", "")].value for series in drawn.series]
        assert names == list(planned.value_headers)
        for series in drawn.series:
            first, last = planned.heading_row + 1, planned.last_row
            assert series.cat.strRef.f == f"'Rekap'!$A${first}:$A${last}"
            area = series.val.numRef.f.rpartition("!")[2]
            values = [cell.value for (cell,) in sheet[area.replace("$", "")]]
            assert len(values) == last - first + 1
            assert all(isinstance(value, int | float) for value in values)


def test_bars_can_be_told_apart_without_colour(book: Path) -> None:
    """A hatch beside a light grey, both outlined."""
    month, year = charts_in(book)["Konsultasi menurut topik"].series

    assert month.graphicalProperties.pattFill.prst == "wdUpDiag"
    assert year.graphicalProperties.solidFill.srgbClr == "BFBFBF"
    assert all(series.graphicalProperties.ln.solidFill.srgbClr == "1A1A1A" for series in (month, year))


def test_charts_are_the_same_after_many_saves(workspace: LocalWorkspace, book: Path) -> None:
    """To the byte: they are drawn from the layout, not copied from copies."""
    before = [part_of(book, f"xl/charts/chart{number}.xml") for number in range(1, 5)]
    for _ in range(3):
        fill(workspace)

    assert [part_of(book, f"xl/charts/chart{number}.xml") for number in range(1, 5)] == before
    assert len(charts_in(book)) == 4


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
def test_libreoffice_may_save_the_book(workspace: LocalWorkspace, book: Path, tmp_path: Path) -> None:
    """Again and again: the charts are known for the job's, stay in their place, and are none the worse."""
    places = {title: corner(chart) for title, chart in charts_in(book).items()}
    for _ in range(2):
        saved_by_libreoffice(book, tmp_path / "lo")
        fill(workspace)

    charts = charts_in(book)
    assert {title: corner(chart) for title, chart in charts.items()} == places
    assert charts["Konsultasi menurut topik"].series[0].graphicalProperties.pattFill.prst == "wdUpDiag"


def test_a_chart_that_people_moved_and_sized_stays_so(workspace: LocalWorkspace, book: Path) -> None:
    """Its place and size are theirs; what it shows is the job's."""
    with by_hand(book) as workbook:
        chart = workbook["Rekap"]._charts[0]
        chart.anchor = TwoCellAnchor(_from=AnchorMarker(col=9, row=3), to=AnchorMarker(col=14, row=20))
        other = workbook["Rekap"]._charts[1]
        other.anchor = OneCellAnchor(_from=AnchorMarker(col=20, row=7), ext=XDRPositiveSize2D(100, 100))

    fill(workspace)

    charts = charts_in(book)
    assert corner(charts[TITLES[0]]) == (4, 10)
    assert charts[TITLES[0]].anchor.to.row == 20
    assert corner(charts[TITLES[1]]) == (8, 21)


def test_a_missing_chart_comes_back_with_the_next_commit(workspace: LocalWorkspace, book: Path) -> None:
    """Deleted by accident, it costs nobody a thought."""
    with by_hand(book) as workbook:
        del workbook["Rekap"]._charts[1]

    fill(workspace)

    assert sorted(charts_in(book)) == sorted(TITLES)


def test_setup_draws_the_charts_an_older_book_lacks(workspace: LocalWorkspace, book: Path) -> None:
    """And says which; a second time there is nothing to do."""
    with by_hand(book) as workbook:
        workbook["Rekap"]._charts = []

    assert workspace.prepare() == [f"added the chart {title!r} to {book}" for title in TITLES]
    assert workspace.prepare() == []
    assert sorted(charts_in(book)) == sorted(TITLES)


def a_chart(sheet: Any, title: str | None, column: int = 2) -> BarChart:
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=column, min_row=2, max_row=5))
    chart.title = title
    return chart


def all_charts(book: Path, tab: str) -> list[tuple[str, tuple[int, int]]]:
    """Title and corner of every chart in a tab."""
    return sorted((title_of(chart), corner(chart)) for chart in looked_at(book)[tab]._charts)


def title_of(chart: Any) -> str:
    return "" if chart.title is None else "".join(run.t for run in chart.title.tx.rich.p[0].r)


def test_charts_of_staff_in_the_same_tab_stay(workspace: LocalWorkspace, book: Path) -> None:
    """They are somebody's work: neither stopped at nor touched."""
    with by_hand(book) as workbook:
        workbook["Rekap"].add_chart(a_chart(workbook["Rekap"], "Grafik saya"), "P3")
        workbook["Rekap"].add_chart(a_chart(workbook["Rekap"], None), "P30")
    theirs = [part_of(book, f"xl/charts/chart{number}.xml") for number in (5, 6)]
    before = all_charts(book, "Rekap")

    fill(workspace)

    assert all_charts(book, "Rekap") == before
    assert [part_of(book, f"xl/charts/chart{number}.xml") for number in (5, 6)] == theirs


def test_a_copy_of_a_chart_is_somebodys_own(workspace: LocalWorkspace, book: Path) -> None:
    """Of two of one title the one in its place is the job's, the other somebody's, whichever comes first."""
    with by_hand(book) as workbook:
        sheet = workbook["Rekap"]
        sheet.add_chart(a_chart(sheet, TITLES[0]), "P3")
        sheet._charts.insert(0, sheet._charts.pop())
    copied = part_of(book, "xl/charts/chart1.xml")

    fill(workspace)

    assert part_of(book, "xl/charts/chart1.xml") == copied
    assert len(all_charts(book, "Rekap")) == 5


@pytest.mark.parametrize("tab", ["Agenda", "Petugas"])
def test_a_chart_called_like_ours_in_another_tab_stays(workspace: LocalWorkspace, book: Path, tab: str) -> None:
    with by_hand(book) as workbook:
        workbook[tab].add_chart(a_chart(workbook["Rekap"], TITLES[0]), "E2")

    fill(workspace)

    assert all_charts(book, tab) == [(TITLES[0], (2, 5))]


def test_a_chart_called_like_ours_over_other_data_is_not_ours(workspace: LocalWorkspace, book: Path) -> None:
    """Somebody pointed it at a tab of their own: it stays, and the job's is drawn beside it."""
    with by_hand(book) as workbook:
        workbook["Rekap"]._charts = [a_chart(workbook["Petugas"], TITLES[0])]
        workbook["Rekap"]._charts[0].anchor = "P2"

    fill(workspace)

    titles = [title for title, _ in all_charts(book, "Rekap")]
    assert sorted(titles) == sorted([*TITLES, TITLES[0]])


def test_a_chart_with_a_note_drawn_into_it_stays(workspace: LocalWorkspace, book: Path) -> None:
    """Excel keeps an arrow or a text box that belongs to a chart in a part of its own."""
    noted = part_of(book, "xl/charts/chart1.xml").replace(b"</c:chartSpace>", b"<c:userShapes/></c:chartSpace>")
    rewrite(book, {"xl/charts/chart1.xml": noted})

    fill(workspace)

    assert part_of(book, "xl/charts/chart1.xml") == noted


def test_the_figures_stand_in_the_chart_too(book: Path) -> None:
    """For programs that show a chart without calculating: as in the cells it is over."""
    sheet = looked_at(book)["Rekap"]
    for chart in charts_in(book).values():
        for series in chart.series:
            cells = [cell.value for (cell,) in sheet[series.val.numRef.f.rpartition("!")[2].replace("$", "")]]
            assert [float(point.v) for point in series.val.numRef.numCache.pt] == cells


def test_the_styles_that_excel_keeps_beside_a_chart_are_no_loss(workspace: LocalWorkspace, book: Path) -> None:
    """They belong to charts that are drawn anew."""
    rewrite(book, {"xl/charts/style1.xml": b"<x/>", "xl/charts/colors1.xml": b"<x/>"})

    fill(workspace)


def test_columns_that_people_moved_take_their_charts_along(tmp_path: Path) -> None:
    """A chart is over columns by their headers."""
    workspace = LocalWorkspace(tmp_path, layout())
    workspace.prepare()
    with by_hand(tmp_path / "agenda.xlsx") as workbook:
        workbook["Rekap"].insert_cols(1)
        workbook["Rekap"]["A1"] = "Catatan kami"
    fill(workspace)

    series = charts_in(tmp_path / "agenda.xlsx")["Konsultasi per bulan"].series[0]
    assert series.val.numRef.f == "'Rekap'!$D$23:$D$34"
    assert series.cat.strRef.f == "'Rekap'!$B$23:$B$34"


def test_other_choices_in_the_config_stretch_the_charts(workspace: LocalWorkspace, book: Path) -> None:
    """The chart of an older layout is the job's, too: it is drawn over the new rows."""
    tab = layout().tab("Rekap")
    longer = tuple(replace(chart, last_row=chart.last_row + 1) for chart in tab.charts)
    tabs = tuple(replace(t, charts=longer) if t.name == "Rekap" else t for t in layout().tabs)
    changed: BookLayout = replace(layout(), tabs=tabs)

    fill(LocalWorkspace(book.parent, changed))

    ends = [chart.series[0].val.numRef.f.rpartition("$")[2] for chart in charts_in(book).values()]
    assert ends == [str(chart.last_row) for chart in longer]


def test_charts_are_locked_with_their_tab(book: Path) -> None:
    """What somebody changed in one would be lost at the next save."""
    assert looked_at(book)["Rekap"].protection.objects
    assert not looked_at(book)["Register"].protection.objects


def test_percentages_are_not_rounded_on_the_way_to_the_eye(book: Path) -> None:
    """88,5 as in the report, not 89."""
    sheet = looked_at(book)["Rekap"]
    assert (sheet["B18"].value, sheet["B18"].number_format) == (88.5, "General")
    assert b'formatCode="General"' in part_of(book, "xl/charts/chart1.xml")


def test_every_part_of_a_book_with_charts_is_referred_to(book: Path) -> None:
    """Excel repairs a file whose drawing leads nowhere."""
    package = Package(book.read_bytes())
    (sheet,) = [sheet for sheet in package.sheets if sheet.name == "Rekap"]
    (drawing,) = [relation for relation in package.relations(sheet.part) if relation.kind == "drawing"]
    charts = [relation.target for relation in package.relations(drawing.target)]
    types = package.read("[Content_Types].xml").decode()

    assert len(charts) == 4
    assert all(f'PartName="/{part}"' in types and part in package.names for part in [*charts, drawing.target])
