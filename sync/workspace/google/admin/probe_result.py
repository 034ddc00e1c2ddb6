"""What an experiment is told as, and the helpers they share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sync.workspace.google.failures import CallFailed, Failure, Outcome
from sync.workspace.google.transport import Json

Send = Callable[[Sequence[Json]], Json]
"""Carries out a batch on the spreadsheet and returns its answer. Raises CallFailed."""


@dataclass(frozen=True, slots=True)
class Result:
    """One question to Google. ``matters`` says what the job rests on the expected answer for; ``""`` if on nothing."""

    question: str
    expected: str
    found: str
    state: str
    """``as expected``, ``DIFFERS``, ``noted`` (nothing rests on it), ``NO ANSWER`` or ``skipped``."""


@dataclass(frozen=True, slots=True)
class Experiment:
    """``ask`` yields the results one by one; ``topic`` stands for those that it did not come to."""

    topic: str
    ask: Callable[[], Iterable[Result]]


def judged(question: str, expected: str, found: str, *, holds: bool) -> Result:
    """Return the result of a question that the job rests on."""
    return Result(question, expected, found, "as expected" if holds else "DIFFERS")


def noted(question: str, expected: str, found: str) -> Result:
    """Return the result of a question that is good to know the answer to."""
    return Result(question, expected, found, "noted")


def unanswered(topic: str, why: str) -> Result:
    """Return the line of a question that came to no answer."""
    return Result(topic, "an answer", why, "NO ANSWER")


def skipped(topic: str, why: str) -> Result:
    """Return the line of a question that was not asked."""
    return Result(topic, "", f"skipped: {why}", "skipped")


def refusal(call: Callable[[], object]) -> Failure | None:
    """Return how Google refused the call; None if it took it.

    Raises:
        CallFailed: for a failure that says nothing on the question (no answer, quota).
    """
    try:
        call()
    except CallFailed as failed:
        if failed.failure.outcome is not Outcome.REFUSED:
            raise
        return failed.failure
    return None


def told(failure: Failure | None) -> str:
    """Return a refusal in short, or that there was none."""
    return "accepted" if failure is None else f"refused ({failure.short})"
