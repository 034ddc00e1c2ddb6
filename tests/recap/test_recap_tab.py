"""The tab Rekap: the report's figures, as numbers, and still as long as nothing happens."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given, settings

from sync.domain.fields.recap_tab import RecapLine, recap_tab_rows
from sync.domain.period import parse_period
from sync.domain.recap import recap
from sync.domain.table import NewCell
from tests.build import NOW, rules
from tests.recap.office import NOVEMBER, Entry, a_judged_book, a_row, sample_office
from tests.recap.strategies import books


def as_mapping(lines: list[RecapLine]) -> dict[NewCell, tuple[NewCell, NewCell]]:
    assert len({subject for subject, _, _ in lines}) == len(lines), "every line is about something else"
    return {subject: (month, year) for subject, month, year in lines}


@settings(max_examples=40)
@given(entries=books())
def test_the_tab_says_what_the_report_says(entries: list[Entry]) -> None:
    judged = a_judged_book(entries)
    lines = as_mapping(recap_tab_rows(judged, rules(), NOW))
    month, year = (recap(parse_period(text), judged.rows, rules()) for text in ("2026-11", "2026"))

    assert lines["Periode"] == ("November 2026", "Tahun 2026")
    assert lines["Registrasi"] == (len(month.entries), len(year.entries))
    assert lines["Selesai"] == (month.finished, year.finished)
    assert lines["Belum selesai"] == (len(month.open), len(year.open))
    assert lines["Batal"] == (month.cancelled, year.cancelled)
    for left, right in zip(month.steps, year.steps, strict=True):
        assert lines[f"{left.title}: dinilai"] == (left.judged, right.judged)
    for field, title in (("topic", "Topik"), ("regency", "Kabupaten/Kota")):
        rows = {subject: counts for subject, counts in lines.items() if str(subject).startswith(f"{title}: ")}
        assert sum(count for count, _ in rows.values() if isinstance(count, int)) == month.total
        assert [count for _, count in rows.values()] == [item.count for item in year.by_choice[field]]


def test_numbers_are_numbers_and_missing_figures_are_empty() -> None:
    lines = as_mapping(recap_tab_rows(sample_office(), rules(), NOW))

    assert lines["Konsultasi: sesuai standar (%)"] == (92.6, 92.6)
    assert lines["Registrasi: rata-rata (menit)"] == (3.7, 3.7)
    assert lines["Konsultasi pada periode sebelumnya"] == (None, None)
    assert lines["Temuan: Kelengkapan belum diisi"] == (9, 9)
    assert all(isinstance(cell, str) for cell in lines)
    assert {type(cell) for line in lines.values() for cell in line} <= {str, int, float, type(None)}


def test_time_alone_changes_nothing_within_a_month() -> None:
    later = NOW + timedelta(days=2)
    finished = [a_row("KONS-2026-0001", datetime(2026, 11, 3, 9, 0), topic="Lainnya", directed="09.02")]

    assert recap_tab_rows(a_judged_book(finished), rules(), NOW) == recap_tab_rows(
        a_judged_book(finished, later), rules(), later
    )


def test_the_lines_of_an_empty_book_are_those_of_a_full_one() -> None:
    empty = [subject for subject, _, _ in recap_tab_rows(a_judged_book([]), rules(), NOW)]
    full = [subject for subject, _, _ in recap_tab_rows(sample_office(), rules(), NOW)]

    assert set(empty) <= set(full)
    assert recap(NOVEMBER, (), rules()).total == 0
