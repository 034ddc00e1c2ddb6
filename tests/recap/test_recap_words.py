"""Numbers, changes and spans of time in words."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.domain.documents import DocumentKind
from sync.domain.finding import Code
from sync.domain.period import PeriodKind, parse_period
from sync.domain.recap_words import (
    FINDING_NAMES,
    change_text,
    joined,
    minutes_text,
    precise_text,
    range_text,
    rounded,
    share,
    share_text,
    span_text,
)
from tests.build import words

LINES = words(DocumentKind.RECAP)


@given(st.integers(0, 10**9), st.integers(1, 10**6))
def test_rounding_is_half_up_and_exact(numerator: int, denominator: int) -> None:
    assert rounded(Fraction(numerator, denominator), 1) * 10 == (20 * numerator + denominator) // (2 * denominator)


def test_half_a_tenth_goes_up_where_floats_and_bankers_would_not() -> None:
    assert minutes_text(Fraction(25, 100)) == "0,3"
    assert minutes_text(Fraction(1005, 100)) == "10,1"
    assert share_text(1, 16) == "6,3 %"


@given(st.integers(0, 100_000), st.integers(1, 100_000))
def test_all_and_none_are_said_only_of_all_and_none(part: int, whole: int) -> None:
    part = min(part, whole)

    percent = share(part, whole)

    assert percent is not None
    assert (percent == 100) == (part == whole)
    assert (percent == 0) == (part == 0)
    assert abs(percent - Fraction(100 * part, whole)) <= Fraction(1, 10)


def test_nothing_is_divided_by_nothing() -> None:
    assert share(0, 0) is None
    assert share_text(0, 0) == "–"
    assert minutes_text(None) == "–"


@pytest.mark.parametrize(
    ("count", "before", "said"),
    [
        (10, None, "tidak ada pembanding"),
        (0, 0, "tidak berubah"),
        (5, 5, "tidak berubah"),
        (5, 0, "naik 5 dari nol"),
        (0, 8, "turun 8 (100,0 %)"),
        (12, 10, "naik 2 (20,0 %)"),
        (9, 12, "turun 3 (25,0 %)"),
        (3000, 1000, "naik 2.000 (200,0 %)"),
    ],
)
def test_changes_in_words(count: int, before: int | None, said: str) -> None:
    assert change_text(count, before) == said


def test_lists_in_words() -> None:
    assert [joined(["a", "b", "c"][:count]) for count in range(4)] == ["", "a", "a dan b", "a, b, dan c"]


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.2, "kurang dari 1 detik"), (20, "20 detik"), (300, "5 menit"), (3661, "1 jam 1 menit 1 detik")],
)
def test_times_beside_a_standard_are_told_to_the_second(seconds: float, said: str) -> None:
    assert precise_text(timedelta(seconds=seconds)) == said


@given(st.text(max_size=300), st.integers(5, 120))
def test_a_line_is_one_clean_line_within_its_limit(text: str, limit: int) -> None:
    short = LINES.line(text, limit)

    assert len(short) <= limit
    assert "\n" not in short
    assert LINES.line(short, limit) == short


def test_long_text_is_cut_at_a_word() -> None:
    assert LINES.line("satu dua tiga empat", 12) == "satu dua…"


def test_ranges_and_spans() -> None:
    assert range_text(parse_period("2026-11")) == "1 sampai dengan 30 November 2026"
    assert range_text(parse_period("2026-Q4")) == "1 Oktober sampai dengan 31 Desember 2026"
    assert span_text(date(2026, 11, 2), date(2026, 11, 9), PeriodKind.MONTH) == "2–8 Nov"
    assert span_text(date(2026, 11, 1), date(2026, 11, 2), PeriodKind.MONTH) == "1 Nov"
    assert span_text(date(2026, 11, 1), date(2026, 12, 1), PeriodKind.YEAR) == "Nov"


def test_every_finding_has_a_name_without_its_code() -> None:
    assert set(FINDING_NAMES) == set(Code)
    assert not any(code.value in name for code, name in FINDING_NAMES.items())
