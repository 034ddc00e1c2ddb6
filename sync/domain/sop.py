"""The SOP as data (format of PermenPANRB 35/2012): its identity, and its steps with their standards (mutu baku)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

STEP_TIMES = {
    "registrasi": ("arrived", "directed"),
    "konsultasi": ("consultation_start", "consultation_end"),
    "dokumentasi": ("documentation_start", "documentation_end"),
}
"""The agenda fields of each step's start and end."""


class StepName(Enum):
    """The three steps; the value is the key in config.yaml and in ``check --json``."""

    REGISTRATION = "registrasi"
    CONSULTATION = "konsultasi"
    DOCUMENTATION = "dokumentasi"


@dataclass(frozen=True, slots=True)
class Step:
    """One ``kegiatan`` with its standard: what must be there, how long it may take, what comes out."""

    name: StepName
    order: int
    start_field: str
    end_field: str
    """The agenda fields its times stand in."""
    activity: str
    short: str
    """How people name the step in one word or two."""
    actors: tuple[str, ...]
    """The roles (``Peran`` in the tab ``Petugas``) that may carry it out."""
    actor_title: str
    """The SOP's own words for who carries it out."""
    requirements: tuple[str, ...]
    """Agenda fields that must be filled once the step is marked ended."""
    requirement_text: str
    minutes: int
    """The standard time; over means strictly more."""
    standard_text: str
    """The standard time as the SOP writes it: "3 jam"."""
    output: str


@dataclass(frozen=True, slots=True)
class Sop:
    """One version of the SOP, in force from ``effective_from`` (inclusive) until the next version's day (exclusive)."""

    number: str
    name: str
    effective_from: date
    created: date
    revised: date | None
    approved_by: str
    legal_basis: tuple[str, ...]
    qualifications: tuple[str, ...]
    related: tuple[str, ...]
    equipment: tuple[str, ...]
    warning: str
    recording: str
    steps: tuple[Step, Step, Step]

    def step(self, name: StepName) -> Step:
        return next(step for step in self.steps if step.name is name)


def sop_in_force(sops: Sequence[Sop], day: date | datetime) -> Sop:
    """Return the version in force on ``day``; a day before the first version gets the first.

    ``sops`` are in the order of ``effective_from`` and at least one.
    """
    on = day.date() if isinstance(day, datetime) else day
    held = [sop for sop in sops if sop.effective_from <= on]
    return held[-1] if held else sops[0]
