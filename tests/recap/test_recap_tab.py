"""The tab Rekap: the report's figures, as numbers, each in a row that depends on the rules alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given, settings

from sync.domain.layout import book_layout
from sync.domain.period import parse_period
from sync.domain.recap.figures import recap
from sync.domain.recap.tab import (
    BY_MONTH,
    BY_REGENCY,
    BY_STEP,
    BY_TOPIC,
    RecapLine,
    charted_blocks,
    recap_tab_rows,
)
from sync.domain.recap.words import rounded, share
from sync.domain.rules import Rules
from sync.domain.table import NewCell
from sync.domain.tabs import Tab
from tests.build import NOW, rules
from tests.recap.office import NOVEMBER, Entry, a_judged_book, a_row, sample_office
from tests.recap.strategies import books

SMALL = replace(rules(), choices={**rules().choices, "topic": ("Lainnya", "Isian lain", "Pendirian"), "regency": ()})
"""An office of few choices, one of them called as what people type beside them."""


def blocks_of(lines: list[RecapLine]) -> dict[NewCell, dict[NewCell, tuple[NewCell, NewCell]]]:
    """The lines by heading and label; those at the top under ``""``."""
    header = rules().columns.recap.header
    blocks: dict[NewCell, dict[NewCell, tuple[NewCell, NewCell]]] = {"": {}}
    heading: NewCell = ""
    for label, month, year in lines:
        if (month, year) == (header("this_month"), header("this_year")):
            heading = label
            blocks[heading] = {}
        elif label is not None:
            assert label not in blocks[heading], "every line of a block is about something else"
            blocks[heading][label] = (month, year)
    return blocks


@settings(max_examples=40)
@given(entries=books())
def test_the_tab_says_what_the_report_says(entries: list[Entry]) -> None:
    judged = a_judged_book(entries)
    blocks = blocks_of(recap_tab_rows(judged, rules(), NOW))
    month, year = (recap(parse_period(text), judged.rows, rules()) for text in ("2026-11", "2026"))

    top = blocks[""]
    assert top["Periode"] == ("November 2026", "Tahun 2026")
    assert top["Registrasi"] == (len(month.entries), len(year.entries))
    assert top["Selesai"] == (month.finished, year.finished)
    assert top["Belum selesai"] == (len(month.open), len(year.open))
    assert top["Batal"] == (month.cancelled, year.cancelled)
    for left, right in zip(month.steps, year.steps, strict=True):
        assert blocks["Kegiatan menurut SOP"][f"{left.title}: dinilai"] == (left.judged, right.judged)
        shares = [share(figures.within, figures.judged) for figures in (left, right)]
        assert blocks[BY_STEP][left.title] == tuple(
            None if part is None else float(rounded(part, 1)) for part in shares
        )
    assert [count for _, count in blocks[BY_MONTH].values()] == [span.count for span in year.spans]
    assert [count for count, _ in blocks[BY_MONTH].values() if count is not None] == [month.total]
    for title, field in ((BY_TOPIC, "topic"), (BY_REGENCY, "regency")):
        block = blocks[title]
        assert list(block) == [*rules().choices[field], "Isian lain", "Tidak diisi"]
        for side, figures in enumerate((month, year)):
            assert sum(counts[side] for counts in block.values() if isinstance(counts[side], int)) == figures.total  # type: ignore[misc]  # as just asked
            for item in figures.by_choice[field]:
                if item.listed or item.label == "Tidak diisi":
                    assert block[item.label][side] == item.count


def test_numbers_are_numbers_and_missing_figures_are_empty() -> None:
    lines = recap_tab_rows(sample_office(), rules(), NOW)
    blocks = blocks_of(lines)

    assert blocks[BY_STEP]["Konsultasi"] == (92.6, 92.6)
    assert blocks["Kegiatan menurut SOP"]["Registrasi: rata-rata (menit)"] == (3.7, 3.7)
    assert blocks[""]["Konsultasi pada periode sebelumnya"] == (None, None)
    assert blocks[BY_MONTH]["Oktober"] == (None, 0)
    assert blocks["Temuan"]["Kelengkapan belum diisi"] == (9, 9)
    assert {type(cell) for line in lines for cell in line} <= {str, int, float, type(None)}


def test_time_alone_changes_nothing_within_a_month() -> None:
    later = NOW + timedelta(days=2)
    finished = [a_row("KONS-2026-0001", datetime(2026, 11, 3, 9, 0), topic="Lainnya", directed="09.02")]

    assert recap_tab_rows(a_judged_book(finished), rules(), NOW) == recap_tab_rows(
        a_judged_book(finished, later), rules(), later
    )


@settings(max_examples=20)
@given(entries=books())
def test_a_line_stands_where_it_stands_in_an_empty_book(entries: list[Entry]) -> None:
    """Whatever people type, in whatever month: so a chart never has to move."""
    for used in (rules(), SMALL):
        empty = recap_tab_rows(a_judged_book([], office_rules=used), used, datetime(2027, 2, 1))
        full = recap_tab_rows(a_judged_book(entries, office_rules=used), used, NOW)

        assert [label for label, *_ in full] == [label for label, *_ in empty]
    assert recap(NOVEMBER, (), rules()).total == 0


def test_a_choice_called_like_what_people_type_beside_the_list_is_one_line_with_it() -> None:
    moment = datetime(2026, 11, 3, 9, 0)
    rows = [a_row(f"KONS-2026-{n:04d}", moment, topic=topic) for n, topic in enumerate(["Isian lain", "Warisan", None])]
    block = blocks_of(recap_tab_rows(a_judged_book(rows, office_rules=SMALL), SMALL, NOW))[BY_TOPIC]

    assert block == {"Lainnya": (0, 0), "Isian lain": (2, 2), "Pendirian": (0, 0), "Tidak diisi": (1, 1)}


def charted(used: Rules) -> list[tuple[str, RecapLine, list[RecapLine], RecapLine | None]]:
    """Of each chart its title, its heading's line, its lines, and the line after them."""
    lines: list[RecapLine | None] = [*recap_tab_rows(a_judged_book([], office_rules=used), used, NOW), None]
    found = []
    for chart in book_layout(used).tab(used.tab_names[Tab.RECAP]).charts:
        block = lines[chart.heading_row - 1 : chart.last_row - 1]
        heading = lines[chart.heading_row - 2]
        assert heading is not None
        found.append((chart.title, heading, [line for line in block if line], lines[chart.last_row - 1]))
    return found


def test_a_chart_shows_its_block_from_the_heading_to_the_last_line() -> None:
    for used in (rules(), SMALL):
        header = used.columns.recap.header
        assert [title for title, *_ in charted(used)] == [BY_STEP, BY_MONTH, BY_TOPIC, BY_REGENCY]
        for title, heading, block, after in charted(used):
            assert heading == (title, header("this_month"), header("this_year"))
            assert all(label for label, *_ in block)
            assert after is not None
            assert after[0] is None, "a gap follows"
        sizes = [len(block) for _, _, block, _ in charted(used)]
        assert sizes == [3, 12, len(_labels(used, "topic")), len(_labels(used, "regency"))]


def _labels(used: Rules, field: str) -> dict[str, None]:
    return dict.fromkeys((*used.choices[field], "Isian lain", "Tidak diisi"))


def test_charts_stand_beside_the_columns_and_not_on_each_other() -> None:
    charts = book_layout(rules()).tab("Rekap").charts
    tops = [chart.anchor_row for chart in charts]
    ends = [chart.anchor_row + chart.height / 5.29 for chart in charts]

    assert len(charted_blocks(rules())) == len(charts)
    assert all(chart.anchor_column > 4 for chart in charts)
    assert all(end < top for end, top in zip(ends, tops[1:], strict=False))
