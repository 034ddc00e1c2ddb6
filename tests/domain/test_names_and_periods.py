"""Periods, paths, fingerprints and words."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.domain.archive import DocumentName, archive_path, fingerprint, same_inputs
from sync.domain.documents import DocumentKind
from sync.domain.period import Period, PeriodKind, parse_period, period_of, periods_ended
from sync.domain.wording import (
    clock_text,
    date_text,
    day_text,
    duration_text,
    number_text,
    period_text,
)
from tests import build

PERIODS = st.builds(period_of, st.dates(date(1900, 1, 1), date(2999, 12, 31)), st.sampled_from(PeriodKind))


@given(PERIODS)
def test_a_period_reads_back_from_its_key(period: Period) -> None:
    """2026-11, 2026-Q4, 2026-S2, 2026."""
    assert parse_period(period.key) == period
    assert parse_period(period.key.lower()) == period


@given(PERIODS)
def test_a_period_is_half_open_and_meets_its_neighbours(period: Period) -> None:
    """It holds its first and last day, and ends where the next begins."""
    assert period.holds(period.start)
    assert period.holds(period.last_day)
    assert not period.holds(period.end)
    assert period.previous().end == period.start
    assert period.year_before().year == period.year - 1
    assert period.months()[0].start == period.start
    assert period.months()[-1].end == period.end


def test_periods_ended_are_all_from_the_first_day_on() -> None:
    """A month, and at the turn of the year everything at once; nothing that is still running."""
    kinds = tuple(PeriodKind)

    assert [period.key for period in periods_ended(date(2026, 11, 2), datetime(2026, 11, 30, 23, 59), kinds)] == []
    assert [period.key for period in periods_ended(date(2026, 11, 2), datetime(2027, 1, 1), kinds)] == [
        "2026-11",
        "2026-12",
        "2026-Q4",
        "2026-S2",
        "2026",
    ]


@pytest.mark.parametrize("kind", DocumentKind, ids=lambda kind: str(kind.value))
@pytest.mark.parametrize("revision", [1, 2, 11])
def test_a_path_is_made_of_days_codes_numbers_and_fixed_words(kind: DocumentKind, revision: int) -> None:
    """ASCII, legal on Windows, and sorted by day."""
    name = DocumentName(kind, "KONS-2026-0001", date(2026, 2, 3))

    path = archive_path(name, revision, build.rules().archive)

    suffix = "" if revision == 1 else f"-r{revision}"
    assert re.fullmatch(
        rf"2026/[0-9.]+/02 Februari/2026-02-03_KONS-2026-0001_{kind.value}{suffix}\.docx", path, re.ASCII
    )


def test_a_fingerprint_tells_fields_from_template() -> None:
    """Other fields are other inputs; another template is one only where templates count."""
    first, other = fingerprint({"nama": "a"}, "1" * 64), fingerprint({"nama": "b"}, "1" * 64)
    retemplated = fingerprint({"nama": "a"}, "2" * 64)

    assert first == fingerprint({"nama": "a"}, "1" * 64)
    assert not same_inputs(first, other, template_counts=False)
    assert same_inputs(first, retemplated, template_counts=False)
    assert not same_inputs(first, retemplated, template_counts=True)


def test_people_read_indonesian_dates_and_numbers() -> None:
    """Never the system's locale."""
    moment = datetime(2026, 11, 24, 8, 15)

    assert day_text(moment.date()) == "Selasa, 24 November 2026"
    assert date_text(date(2026, 8, 17)) == "17 Agustus 2026"
    assert clock_text(moment, "WIB") == "pukul 08.15 WIB"
    assert number_text(1234567.25, 1) == "1.234.567,2"
    assert duration_text(timedelta(hours=3, minutes=5, seconds=59)) == "3 jam 5 menit"
    assert duration_text(timedelta(seconds=40)) == "40 detik"
    assert period_text(parse_period("2026-S2")) == "Semester II 2026"
