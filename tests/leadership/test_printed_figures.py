"""The figures as they stand on paper, read back from the report and counted again from the rows, naively."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.domain.agenda import JudgedBook, Registration
from sync.domain.documents import DocumentKind
from sync.domain.period import Period, parse_period
from sync.domain.recap_steps import step_of
from sync.domain.sop import StepName
from tests.build import rules
from tests.recap import naive
from tests.recap.office import Entry, a_judged_book, fields_of, rendered, sample_office
from tests.recap.strategies import books

COUNTED = {
    "Menurut topik konsultasi": "topic",
    "Menurut kabupaten/kota": "regency",
    "Menurut jenis koperasi": "cooperative_kind",
    "Menurut saluran": "channel",
    "Menurut bidang layanan": "service",
    "Menurut tindak lanjut": "follow_up",
}
STATUS = {
    "Terdaftar": "terdaftar",
    "Konsultasi": "konsultasi",
    "Menunggu dokumentasi": "menunggu-dokumentasi",
    "Dokumentasi": "dokumentasi",
    "Belum lengkap": "belum-lengkap",
    "Selesai": "selesai",
    "Batal": "batal",
}
Rows = list[list[str]]


def printed_tables(content: bytes) -> dict[str, Rows]:
    """The rows of each table below its header, by the caption or heading above it; the four big figures as ``""``."""
    document = Document(io.BytesIO(content))
    tables, above = {}, ""
    by_element = {table._tbl: table for table in document.tables}
    for element in document.element.body:
        if element in by_element:
            rows = [[cell.text for cell in row.cells] for row in by_element[element].rows]
            if above == "RINGKASAN":
                tables[""] = rows
            tables.setdefault(above, rows[1:])
        else:
            text = "".join(str(node.text or "") for node in element.iter("{*}t"))
            above = text or above
    return tables


def one_decimal(value: Fraction | None) -> str:
    if value is None:
        return "–"
    shown = Decimal(value.numerator) / Decimal(value.denominator)
    return f"{shown.quantize(Decimal('0.1'), ROUND_HALF_UP):,}".translate(str.maketrans(",.", ".,"))


def percent(part: int, whole: int) -> str:
    """One decimal; 0 and 100 only where it is exactly none or all."""
    if not whole:
        return "–"
    if part in (0, whole):
        return "100 %" if part else "0 %"
    inside = min(max(Fraction(100 * part, whole), Fraction(1, 10)), Fraction(999, 10))
    return f"{one_decimal(inside)} %"


def number(count: int) -> str:
    return f"{count:,}".replace(",", ".")


def recount(judged: JudgedBook, period: Period) -> None:
    """Hold every table of figures against a count of the rows."""
    content = rendered(DocumentKind.RECAP, fields_of(DocumentKind.RECAP, judged, period))
    tables = printed_tables(content)
    entries = naive.in_period(judged.rows, period.start, period.end)
    visits = naive.not_cancelled(entries)
    if not entries:
        assert not COUNTED.keys() & tables.keys(), "an empty period has no tables of nothing"
        return
    finished = naive.how_many(visits, lambda row: row.status.value == "selesai")
    boxes = [cell.split() for cell in tables[""][0]]
    assert [box[0] for box in boxes] == list(
        map(number, (len(visits), finished, len(visits) - finished, len(entries) - len(visits)))
    )
    for caption, field in COUNTED.items():
        counts = naive.count_text(visits, field, rules().choices[field])
        expected = {label.lower(): [number(count), percent(count, len(visits))] for label, count in counts.items()}
        assert {name.lower(): rest for name, *rest in tables[caption]} == expected, caption
    assert tables["Menurut status (termasuk yang batal)"] == [
        [name, number(count), percent(count, len(entries))]
        for name, code in STATUS.items()
        for count in [len([row for row in entries if row.status.value == code])]
    ]
    _recount_months(tables["Menurut waktu registrasi"], visits, period)
    _recount_steps(tables, visits)
    _recount_comparison(tables["Dibandingkan dengan masa sebelumnya"], judged, period)


def _recount_months(rows: Rows, visits: Sequence[Registration], period: Period) -> None:
    days = [row.registered_at.date() for row in visits if row.registered_at is not None]
    if period.kind.value == "bulan":
        weeks: dict[tuple[int, int], int] = {}
        for day in range(1, (period.end - period.start).days + 1):
            when = date(period.year, period.start.month, day)
            weeks[when.isocalendar()[:2]] = weeks.get(when.isocalendar()[:2], 0) + days.count(when)
        counts = list(weeks.values())
    else:
        months = range(period.start.month, period.last_day.month + 1)
        counts = [len([day for day in days if day.month == month]) for month in months]
    assert [row[1:] for row in rows] == [[number(count), percent(count, len(visits))] for count in counts]


def _recount_steps(tables: dict[str, Rows], visits: Sequence[Registration]) -> None:
    shares = tables["Ketepatan terhadap standar waktu SOP"]
    lengths = next(rows for caption, rows in tables.items() if caption.startswith("Lama setiap kegiatan"))
    states = tables["Keadaan setiap kegiatan"]
    for name, share, length, state in zip(StepName, shares, lengths, states, strict=True):
        steps = [step_of(row, name) for row in visits]
        codes = [step.verdict.value for step in steps]
        within, over = codes.count("sesuai"), codes.count("melewati")
        judged = within + over
        assert share[2:] == [number(judged), number(over), percent(within, judged)]
        minutes = [
            naive.minutes(naive.worked(rules().calendar, step.start, step.end))
            for step in steps
            if step.verdict.value in ("sesuai", "melewati") and step.start is not None and step.end is not None
        ]
        assert length[2:] == [
            number(judged),
            one_decimal(naive.mean(minutes)),
            one_decimal(naive.median(minutes)),
            one_decimal(naive.nearest_rank(minutes, 90)),
            one_decimal(max(minutes) if minutes else None),
        ]
        running = codes.count("berjalan") + codes.count("berjalan-melewati")
        unjudgeable, not_begun = codes.count("tidak-dapat-dinilai"), codes.count("belum")
        assert state[1:] == list(map(number, (within, over, running, unjudgeable, not_begun)))


def _recount_comparison(rows: Rows, judged: JudgedBook, period: Period) -> None:
    shown = [row[1] for row in rows]
    for text, other in zip(shown[1:], dict.fromkeys((period.previous(), period.year_before())), strict=True):
        begun = any(row.known and row.registered_at and row.registered_at.date() < other.end for row in judged.rows)
        before = naive.not_cancelled(naive.in_period(judged.rows, other.start, other.end))
        assert text == (number(len(before)) if begun else "–")


@pytest.mark.parametrize("text", ["2026-11", "2026-Q4", "2026-S2", "2026", "2026-10"])
def test_the_printed_report_of_the_sample_office_agrees_with_a_recount(text: str) -> None:
    """Month, quarter, half-year and year, and a month of nothing."""
    recount(sample_office(), parse_period(text))


@settings(max_examples=12)
@given(entries=books(), text=st.sampled_from(["2026-11", "2026-Q3", "2026-S1", "2026"]))
def test_the_printed_report_of_any_book_agrees_with_a_recount(entries: list[Entry], text: str) -> None:
    """Books as people leave them: times missing or turned round, values of their own, rows pasted twice."""
    recount(a_judged_book(entries), parse_period(text))
