"""Every figure of a recap, recomputed from the rows by a second and naive way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.domain.agenda import JudgedBook, Registration
from sync.domain.compliance import StepAssessment
from sync.domain.period import Period, PeriodKind, parse_period
from sync.domain.recap.figures import BY_CHOICE, Recap, recap, uncounted
from sync.domain.recap.steps import step_of
from sync.domain.rules import Rules
from sync.domain.sop import StepName
from tests.build import NOW, rules
from tests.recap import naive
from tests.recap.office import NOVEMBER, Entry, a_judged_book, a_row, a_stray_row, sample_office
from tests.recap.strategies import books

PERIODS = st.sampled_from(
    [parse_period(text) for text in ("2026-11", "2026-10", "2026-Q4", "2026-S2", "2026", "2026-02")]
)


def agree(figures: Recap, judged: JudgedBook, period: Period, used: Rules) -> None:
    """Compare every figure with the naive count."""
    entries = naive.in_period(judged.rows, period.start, period.end)
    visits = naive.not_cancelled(entries)
    assert sorted(row.number for row in figures.entries) == sorted(row.number for row in entries)
    assert sorted(row.number for row in figures.visits) == sorted(row.number for row in visits)
    assert figures.total == len(visits)
    assert figures.cancelled == len(entries) - len(visits)
    assert figures.finished == naive.how_many(visits, lambda row: row.status.value == "selesai")
    assert {row.number for row in figures.open} == {row.number for row in visits if row.status.value != "selesai"}
    for status, count in figures.by_status.items():
        assert count == len([row for row in entries if row.status is status])
    _agree_on_comparison(figures, judged, period)
    for field in (*BY_CHOICE, "follow_up"):
        counts = naive.count_text(visits, field, used.choices[field])
        tallies = figures.by_follow_up if field == "follow_up" else figures.by_choice[field]
        assert {item.label.lower(): item.count for item in tallies} == {key.lower(): n for key, n in counts.items()}
        assert [item.label for item in tallies if item.listed] == list(used.choices[field])
    for name in StepName:
        _agree_on_step(figures, visits, name, used)
    for wait, (after, before) in zip(
        figures.waits,
        [(StepName.REGISTRATION, StepName.CONSULTATION), (StepName.CONSULTATION, StepName.DOCUMENTATION)],
        strict=True,
    ):
        durations = _naive_waits(visits, after, before, used)
        assert (wait.durations.count, wait.durations.mean) == (len(durations), naive.mean(durations))
        assert (wait.durations.median, wait.durations.p90) == (
            naive.median(durations),
            naive.nearest_rank(durations, 90),
        )
        assert wait.durations.longest == (max(durations) if durations else None)
    _agree_on_lists(figures, visits, used)
    for span in figures.spans:
        days = [row.registered_at.date() for row in visits if row.registered_at is not None]
        assert span.count == len([day for day in days if span.start <= day < span.end])
    assert sum(span.count for span in figures.spans) == figures.total
    _agree_on_people(figures, visits)
    assert (figures.spans[0].start, figures.spans[-1].end) == (period.start, period.end)


def _agree_on_people(figures: Recap, visits: Sequence[Registration]) -> None:
    """The strategy's phones are two numbers, one of them written in two ways."""
    phones = {"81298187479.0": "081298187479"}
    people: list[tuple[str, str]] = []
    cooperatives: list[str] = []
    officers: dict[str, int] = {}
    nobody = 0
    for row in visits:
        name, phone = str(row.cells.name or "").strip().lower(), str(row.cells.phone or "")
        person = (name, phones.get(phone, phone))
        if person == ("", ""):
            nobody += 1
        elif person not in people:
            people.append(person)
        cooperative = " ".join(str(row.cells.cooperative or "").lower().split())
        if cooperative and cooperative not in cooperatives:
            cooperatives.append(cooperative)
        for officer in str(row.cells.officer or "Tidak diisi").split(";"):
            officers[officer.strip()] = officers.get(officer.strip(), 0) + 1
    assert figures.people == len(people) + nobody
    assert figures.cooperatives == len(cooperatives)
    assert {item.label: item.count for item in figures.by_officer} == officers


def _agree_on_comparison(figures: Recap, judged: JudgedBook, period: Period) -> None:
    for count, other in ((figures.previous, period.previous()), (figures.year_before, period.year_before())):
        begun = any(row.known and row.registered_at and row.registered_at.date() < other.end for row in judged.rows)
        rows = naive.not_cancelled(naive.in_period(judged.rows, other.start, other.end))
        assert count == (len(rows) if begun else None)


def _elapsed(assessment: StepAssessment, used: Rules) -> timedelta:
    assert assessment.start is not None
    assert assessment.end is not None
    if used.wall_clock:
        return assessment.end - assessment.start
    return naive.worked(used.calendar, assessment.start, assessment.end)


def _agree_on_step(figures: Recap, visits: Sequence[Registration], name: StepName, used: Rules) -> None:
    found = next(step for step in figures.steps if step.name is name)
    judged = [step_of(row, name) for row in visits if step_of(row, name).verdict.value in ("sesuai", "melewati")]
    standard = timedelta(minutes=next(step.minutes for step in used.sops[0].steps if step.name is name))
    durations = [naive.minutes(_elapsed(assessment, used)) for assessment in judged]
    assert found.judged == len(judged)
    assert found.within == sum(_elapsed(assessment, used) <= standard for assessment in judged)
    assert found.over == found.judged - found.within
    assert found.judged + found.running + found.unjudgeable + found.not_started == len(visits)
    assert found.durations.mean == naive.mean(durations)
    assert found.durations.median == naive.median(durations)
    assert found.durations.p90 == naive.nearest_rank(durations, 90)
    assert found.durations.longest == (max(durations) if durations else None)


def _naive_waits(visits: Sequence[Registration], after: StepName, before: StepName, used: Rules) -> list[Fraction]:
    waits = []
    for row in visits:
        first, second = step_of(row, after), step_of(row, before)
        ended = first.verdict.value in ("sesuai", "melewati")
        if ended and second.verdict.value not in ("belum", "tidak-dapat-dinilai"):
            assert first.end is not None
            assert second.start is not None
            if first.end <= second.start <= NOW:
                wall = second.start - first.end
                working = naive.worked(used.calendar, first.end, second.start)
                waits.append(naive.minutes(wall if used.wall_clock else working))
    return waits


def _agree_on_lists(figures: Recap, visits: Sequence[Registration], used: Rules) -> None:
    over = [
        (row, step) for row in visits for step in row.steps if step.verdict.value in ("melewati", "berjalan-melewati")
    ]
    assert len(figures.overruns) == len(over)
    ended = [step for _, step in over if step.verdict.value == "melewati"]
    excess = sorted(_elapsed(step, used) - timedelta(minutes=step.step.minutes) for step in ended)
    assert [overrun.excess for overrun in figures.worst] == excess[::-1][:3]
    codes = [[finding.code.value for finding in row.findings] for row in visits]
    assert figures.without_reason == sum("overrun-reason-missing" in found for found in codes)
    assert figures.outside_hours == sum("outside-working-hours" in found for found in codes)
    for count in figures.findings:
        assert count.findings == sum(found.count(count.code.value) for found in codes)
        assert count.consultations == sum(count.code.value in found for found in codes)
    assert sum(count.findings for count in figures.findings) == sum(map(len, codes))
    pending = [row for row in visits if str(row.cells.follow_up or "").strip().lower() not in ("", "selesai")]
    assert {row.number for row in figures.follow_ups} == {row.number for row in pending}
    blocking = {"time-unreadable", "future-time", "step-out-of-order", "step-missing-time"}
    blocking |= {"requirement-missing", "output-missing"}
    faulty = {row.number for row, found in zip(visits, codes, strict=True) if blocking.intersection(found)}
    faulty |= {row.number for row in visits if any(step.verdict.value == "tidak-dapat-dinilai" for step in row.steps)}
    assert {row.number for row in figures.faulty} == faulty


@given(entries=books(), period=PERIODS, wall_clock=st.booleans())
def test_figures_agree_with_a_naive_count(entries: list[Entry], period: Period, wall_clock: bool) -> None:
    used = replace(rules(), wall_clock=wall_clock)
    judged = a_judged_book(entries, office_rules=used)

    agree(recap(period, judged.rows, used), judged, period, used)


@pytest.mark.parametrize("text", ["2026-11", "2026-10", "2026-Q4", "2026-S2", "2026"])
def test_figures_of_the_sample_office_agree_with_a_naive_count(text: str) -> None:
    judged, period = sample_office(), parse_period(text)

    agree(recap(period, judged.rows, rules()), judged, period, rules())


def test_the_sample_office_has_the_figures_of_its_truth() -> None:
    figures = recap(NOVEMBER, sample_office().rows, rules())

    assert (len(figures.entries), figures.total, figures.finished, figures.cancelled) == (80, 78, 48, 2)
    assert [(step.judged, step.within, step.unjudgeable) for step in figures.steps] == [
        (78, 69, 0), (68, 63, 2), (58, 53, 5)
    ]  # fmt: skip


@given(entries=books(), seed=st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(entries: list[Entry], seed: Random) -> None:
    shuffled = list(entries)
    seed.shuffle(shuffled)

    one, other = a_judged_book(entries), a_judged_book(shuffled)

    assert recap(NOVEMBER, one.rows, rules()) == recap(NOVEMBER, other.rows, rules())


def test_a_number_pasted_twice_counts_once_and_the_fuller_row_stands_for_it() -> None:
    moment = datetime(2026, 11, 3, 9, 0)
    bare = a_row("KONS-2026-0001", moment)
    full = a_row("KONS-2026-0001", moment, topic="Lainnya", officer="Rina Marlina")

    figures = recap(NOVEMBER, a_judged_book([bare, full]).rows, rules())

    assert figures.doubled == ("KONS-2026-0001",)
    assert [row.cells.topic for row in figures.visits] == ["Lainnya"]


def test_rows_nobody_registered_are_not_counted_but_known_of() -> None:
    stray = a_stray_row("KONS-2026-9999", datetime(2026, 11, 3, 9, 0))
    judged = a_judged_book([stray])

    assert recap(NOVEMBER, judged.rows, rules()).entries == ()
    assert [row.number for row in uncounted(NOVEMBER, judged.rows)] == ["KONS-2026-9999"]


def test_days_at_the_edges_belong_to_their_own_month() -> None:
    texts = ("2026-10-31T23:59:59", "2026-11-01", "2026-11-30T23:59", "2026-12-01")
    moments = [datetime.fromisoformat(text) for text in texts]
    rows = [a_row(f"KONS-2026-{order:04d}", moment) for order, moment in enumerate(moments)]

    figures = recap(NOVEMBER, a_judged_book(rows).rows, rules())

    assert [row.number for row in figures.entries] == ["KONS-2026-0001", "KONS-2026-0002"]


def test_weeks_of_a_month_are_cut_at_its_ends_and_months_of_a_year_are_twelve() -> None:
    month = recap(NOVEMBER, (), rules())
    year = recap(Period(2026, 1, PeriodKind.YEAR), (), rules())

    assert [(span.start.day, (span.end - span.start).days) for span in month.spans] == [
        (1, 1), (2, 7), (9, 7), (16, 7), (23, 7), (30, 1)
    ]  # fmt: skip
    assert [span.start.month for span in year.spans] == list(range(1, 13))
