"""One look at one thing."""

from __future__ import annotations

from dataclasses import dataclass

from sync.errors import AgendaError


@dataclass(frozen=True, slots=True)
class Check:
    """One look: ``passed``, or not; ``error`` is set where a run would stop on it."""

    what: str
    passed: bool
    found: str
    error: AgendaError | None = None


def failed(what: str, error: AgendaError) -> Check:
    """Return the look that found what stops a run."""
    return Check(what, False, str(error), error)
