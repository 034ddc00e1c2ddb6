"""What a command says when it cannot go on: how to, or the place, with the right exit code, and nobody's name."""

from __future__ import annotations

from typing import Any

import pytest

from tests import build
from tests.endtoend.office import DiskOffice


def test_a_clock_a_year_behind_stops_the_run(office: DiskOffice) -> None:
    """Exit 5 and the flag that goes on."""
    office.import_visits(build.visits()[:1])
    office.run()

    outcome = office.agenda("run", "--now", "2025-11-24T10:00")

    assert outcome.code == 5
    assert "--accept-clock" in outcome.err
    assert office.agenda("run", "--now", "2025-11-24T10:00", "--accept-clock").code == 0


@pytest.mark.parametrize("now", ["kemarin", "24/11/2026", "2026-13-01"])
def test_a_moment_that_is_none_is_refused(office: DiskOffice, now: str) -> None:
    """Exit 2, with an example."""
    outcome = office.agenda("run", "--now", now)

    assert outcome.code == 2
    assert "2026-11-24T10:00" in outcome.err


@pytest.mark.parametrize("period", ["2026-13", "2026-Q5", "2026-S3", "november", "20261"])
def test_a_period_that_is_none_is_refused(office: DiskOffice, period: str) -> None:
    """Exit 2, with the four ways to write one."""
    outcome = office.agenda("recap", period)

    assert outcome.code == 2
    assert "2026-Q4 (quarter)" in outcome.err


def test_an_internal_fault_tells_the_place_and_nothing_that_was_typed(
    office: DiskOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit 1; an exception's message could hold a name, so only its kind and place are printed."""
    office.import_visits(build.visits()[:1])

    def broken(*arguments: Any, **options: Any) -> None:
        raise KeyError("Petrus Santoso 081298187479")

    monkeypatch.setattr("sync.job.decide", broken)
    outcome = office.agenda("run")

    assert outcome.code == 1
    assert "KeyError at tests.endtoend.test_bad_input" in outcome.err
    assert "Petrus" not in outcome.err + outcome.out


def test_logs_and_output_of_a_run_name_nobody(office: DiskOffice) -> None:
    """No name, phone or address of any visitor in what a run prints, in either style of log."""
    visits = build.visits()
    office.import_visits(visits)
    printed = ""
    for style in ("text", "json"):
        outcome = office.agenda("run", "--log", style, "--now", "2026-11-24T10:00")
        printed += outcome.out + outcome.err
    printed += office.agenda("verify").out + office.agenda("check", "--now", "2026-11-24T10:00").out

    for visit in visits:
        for header in ("Nama Lengkap", "Nomor HP/WhatsApp", "Surel"):
            value = visit["response"][header]
            assert not value or value not in printed
