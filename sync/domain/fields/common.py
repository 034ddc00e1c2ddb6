"""Words that several documents share: cleaned text, names, days and clocks, the three steps as a table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sync.domain.agenda import Registration
from sync.domain.cells import name_key, read_text
from sync.domain.clean import clean
from sync.domain.compliance import StepAssessment, Verdict
from sync.domain.fields import FieldValue
from sync.domain.officers import Officer, roles_on
from sync.domain.rules import Rules
from sync.domain.table import Cell
from sync.domain.wording import VERDICTS, clock_text, day_text, duration_text, short_moment_text

NOTHING = "–"
"""What is printed where there is nothing to say."""
REASON_LIMIT = 160
"""Characters of a reason in the table of steps; a longer one is told in full below it."""
_LIST_MARK = re.compile(r"^\s*(?:[-–•*]|\(?\d{1,2}[.)])\s+")


def text(cell: Cell) -> str:
    """Return what a cell says, cleaned, trimmed, its line breaks kept."""
    return clean(read_text(cell)).strip()


def line(cell: Cell, limit: int = 200) -> str:
    """Return what a cell says on one line of at most ``limit`` characters, or a dash."""
    return shortened(text(cell), limit) or NOTHING


def shortened(words: str, limit: int) -> str:
    """Return the text on one line, cut at a word where it is longer than ``limit``."""
    joined = " ".join(words.split())
    if len(joined) <= limit:
        return joined
    head = joined[: limit - 1]
    cut = head.rfind(" ")
    return (head[:cut] if cut > limit // 2 else head).rstrip(" ,;:.") + "…"


def items(cell: Cell) -> list[str]:
    """Return the items a cell lists, one a line or separated by semicolons; list marks and empty items left out."""
    pieces = (_LIST_MARK.sub("", piece).strip() for piece in re.split(r"[;\n]", text(cell)))
    return [" ".join(piece.split()) for piece in pieces if piece]


def grouped_employee_number(number: str) -> str:
    """Return a NIP as people write it, 19660420 199203 1 008; anything but 18 digits as it stands."""
    digits = re.sub(r"\s", "", number)
    if not re.fullmatch(r"\d{18}", digits, re.ASCII):
        return number
    return f"{digits[:8]} {digits[8:14]} {digits[14]} {digits[15:]}"


def day_or_dash(day: date | datetime | None) -> str:
    if day is None:
        return NOTHING
    return day_text(day.date() if isinstance(day, datetime) else day)


def clock_or_dash(moment: datetime | None, rules: Rules) -> str:
    return NOTHING if moment is None else clock_text(moment, rules.zone_label)


def officer_names(registration: Registration, officers: Mapping[str, tuple[Officer, ...]]) -> str:
    """Return the officers of a row, each with the roles held on its day: Rina Marlina (Jafung)."""
    cell = registration.cells.officer
    started = next((step.start for step in registration.steps[1:] if step.start), registration.registered_at)
    day = started.date() if started else None
    written = text(cell)
    names = [" ".join(written.split())] if name_key(written) in officers else items(cell)
    worded = []
    for name in names:
        roles = list(map(clean, roles_on(officers, name, day, closed=True)))
        worded.append(f"{name} ({', '.join(roles)})" if roles else name)
    return ", ".join(worded) or NOTHING


def step_rows(registration: Registration) -> list[FieldValue]:
    """Return the three steps, each with its standard and what became of it.

    Minutes are given only once they stand still: a step under way would say something else at every run.
    """
    reason = shortened(text(registration.cells.overrun_reason), REASON_LIMIT) or "belum diisi"
    return [_step_row(assessment, reason) for assessment in registration.steps]


def _step_row(assessment: StepAssessment, reason: str) -> dict[str, FieldValue]:
    ended = assessment.end is not None
    over = assessment.verdict in (Verdict.OVER, Verdict.RUNNING_OVER)
    return {
        "nomor": assessment.step.order,
        "sebutan": clean(assessment.step.short),
        "standar": assessment.step.standard_text,
        "mulai": short_moment_text(assessment.start) if assessment.start else NOTHING,
        "selesai": short_moment_text(assessment.end) if assessment.end else NOTHING,
        "waktu_kerja": _duration(assessment.working if ended else None),
        "waktu_jam": _duration(assessment.wall if ended else None),
        "hasil": VERDICTS[assessment.verdict.value],
        "melewati": over,
        "alasan": reason if over else NOTHING,
    }


def _duration(duration: timedelta | None) -> str:
    return NOTHING if duration is None else duration_text(duration)


def sop_identity(registration: Registration) -> dict[str, FieldValue]:
    """Return the SOP the registration is judged by: nomor, nama."""
    return {"nomor": clean(registration.sop.number), "nama": clean(registration.sop.name)}
