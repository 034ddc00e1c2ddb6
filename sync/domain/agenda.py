"""The agenda book judged: each row's verdicts and findings; which responses are pending, which rows are gone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from sync.domain.archive import DocumentKind
from sync.domain.book import AgendaRow, Book, LedgerEntry
from sync.domain.cells import Unreadable, is_filled, name_key, read_moment, read_phone, read_text
from sync.domain.clean import is_clean
from sync.domain.compliance import Assessment, Clock, Status, StepAssessment, assess
from sync.domain.edited import edited_responses
from sync.domain.finding import Code, Finding
from sync.domain.officers import Officer, roles_on
from sync.domain.registration import Response, person_key
from sync.domain.rules import Rules
from sync.domain.shifted import is_shifted
from sync.domain.sop import Sop
from sync.domain.tabs import AgendaCells


@dataclass(frozen=True, slots=True)
class Registration:
    """One row of the agenda book with everything said of it.

    ``number`` is ``""`` for a row typed by hand; ``known`` says whether the ledger has the number, ``doubled`` whether
    other rows bear it too, ``shifted`` whether its answers stand in each other's columns. ``registered_at`` is the day
    and time bare times belong to.
    """

    position: int
    number: str
    cells: AgendaCells
    responded_at: datetime | None
    registered_at: datetime | None
    sop: Sop
    status: Status
    steps: tuple[StepAssessment, ...]
    findings: tuple[Finding, ...]
    response: Response | None
    known: bool
    doubled: bool
    shifted: bool


@dataclass(frozen=True, slots=True)
class JudgedBook:
    """The whole book at one moment."""

    rows: tuple[Registration, ...]
    deleted: tuple[LedgerEntry, ...]
    """Numbers of the ledger without a row."""
    pending: tuple[Response, ...]
    """Responses without a number."""

    def by_number(self) -> dict[str, Registration]:
        """Return the rows that are surely one registration each: known to the ledger, and once in the book."""
        return {row.number: row for row in self.rows if row.known and not row.doubled}


def judge_book(book: Book, rules: Rules, clock: Clock, now: datetime) -> JudgedBook:
    """Judge every row at ``now``. Pure; the cost grows with the rows."""
    ledger = book.ledger_by_number()
    by_key = {entry.response_key: entry for entry in book.ledger}
    copies = Counter(response.key for response in book.responses)
    responses = {response.key: response for response in reversed(book.responses)}
    edited, pending = edited_responses(book, by_key, responses)
    counts = Counter(row.number for row in book.agenda if row.number)
    repeats = _repeated_visits(book.agenda, ledger, rules)
    issued = {entry.reference for entry in book.archive if entry.kind == DocumentKind.TELAAHAN.value}
    checks = _RowChecks(rules, book.choices, book.officers)
    rows = []
    for row in book.agenda:
        entry = ledger.get(row.number)
        response = None
        if entry is not None:
            response = responses.get(entry.response_key) or edited.get(entry.response_key)
        responded_at, registered_at = _moments(row, entry, clock.utc_offset)
        sop = rules.sop(registered_at or now)
        assessment = assess(row.cells, responded_at, registered_at, sop, clock, now)
        shifted = response is not None and is_shifted(row.cells, response)
        findings: list[Finding] = []
        if assessment.status is not Status.CANCELLED:
            findings += assessment.findings
            findings += checks.findings(row.cells, assessment, registered_at or now, row.number in issued)
            findings += _identity_findings(row, entry, counts)
            if shifted:
                findings.append(Finding(Code.ANSWERS_SHIFTED))
            if entry is not None:
                findings += _response_findings(
                    response, copies[entry.response_key], entry.response_key in edited, row.number in repeats
                )
        rows.append(
            Registration(
                position=row.position,
                number=row.number,
                cells=row.cells,
                responded_at=responded_at,
                registered_at=registered_at,
                sop=sop,
                status=assessment.status,
                steps=assessment.steps,
                findings=tuple(findings),
                response=response,
                known=entry is not None,
                doubled=counts[row.number] > 1,
                shifted=shifted,
            )
        )
    deleted = tuple(entry for entry in book.ledger if entry.number not in counts)
    return JudgedBook(tuple(rows), deleted, pending)


def _moments(
    row: AgendaRow, entry: LedgerEntry | None, utc_offset: timedelta
) -> tuple[datetime | None, datetime | None]:
    """Return the response's moment and the registration's; for a row nobody registered, what the row itself says."""
    if entry is not None:
        return entry.responded_at, entry.responded_at or entry.recorded_at
    typed = read_moment(row.cells.registered_at, None, utc_offset)
    moment = None if isinstance(typed, Unreadable) else typed
    return moment, moment


def _repeated_visits(rows: Iterable[AgendaRow], ledger: Mapping[str, LedgerEntry], rules: Rules) -> set[str]:
    """Return the numbers of visits that follow another of the same name and phone within the configured minutes."""
    visits: dict[tuple[str, str], list[tuple[datetime, str]]] = {}
    for row in rows:
        entry = ledger.get(row.number)
        if entry is not None and entry.responded_at is not None:
            person = person_key(row.cells.name, row.cells.phone)
            if person is not None:
                visits.setdefault(person, []).append((entry.responded_at, row.number))
    window = timedelta(minutes=rules.duplicate_minutes)
    repeats = set()
    for group in visits.values():
        if len(group) > 1:
            group.sort()
            for (earlier, first), (later, second) in pairwise(group):
                if first != second and later - earlier <= window:
                    repeats.add(second)
    return repeats


def _identity_findings(row: AgendaRow, entry: LedgerEntry | None, counts: Mapping[str, int]) -> list[Finding]:
    if not row.number:
        return [Finding(Code.ROW_WITHOUT_NUMBER, "number")]
    findings = []
    if entry is None:
        findings.append(Finding(Code.NUMBER_UNKNOWN, "number"))
    if counts[row.number] > 1:
        findings.append(Finding(Code.NUMBER_DUPLICATE, "number", {"count": str(counts[row.number])}))
    return findings


def _response_findings(response: Response | None, copies: int, edited: bool, repeated: bool) -> list[Finding]:
    findings = []
    if repeated:
        findings.append(Finding(Code.DUPLICATE_REGISTRATION, ""))
    if copies > 1:
        findings.append(Finding(Code.DUPLICATE_REGISTRATION, "", {"copies": str(copies)}))
    if edited:
        findings.append(Finding(Code.RESPONSE_CHANGED, ""))
    if response is not None:
        findings += [
            Finding(Code.TEXT_CLEANED, field)
            for field, cell in zip(response.cells._fields[1:], response.cells[1:], strict=True)  # not of the moment
            if isinstance(cell, str) and not is_clean(cell)
        ]
    return findings


class _RowChecks:
    """Checks of one row that need the lists and the officers, prepared once a run."""

    def __init__(
        self, rules: Rules, choices: Mapping[str, frozenset[str]], officers: Mapping[str, tuple[Officer, ...]]
    ) -> None:
        self._consent = name_key(rules.consent)
        self._calendar = rules.calendar
        self._choices = [
            (field, AgendaCells._fields.index(field), known, set[str]()) for field, known in choices.items()
        ]
        self._officers = officers

    def findings(
        self, cells: AgendaCells, assessment: Assessment, registered_at: datetime, issued: bool
    ) -> list[Finding]:
        """Return what the lists say of a row; ``issued`` says whether it has a telaahan already."""
        findings = []
        if not is_filled(cells.name):
            findings.append(Finding(Code.APPLICANT_MISSING, "name"))
        if name_key(read_text(cells.consent)) != self._consent:
            findings.append(Finding(Code.CONSENT_MISSING, "consent"))
        if read_phone(cells.phone) is None:
            findings.append(Finding(Code.PHONE_UNREADABLE, "phone"))
        for field, index, known, seen in self._choices:
            cell = cells[index]
            if cell is None or cell in seen:
                continue
            text = read_text(cell)
            if text and name_key(text) not in known:
                findings.append(Finding(Code.CHOICE_UNKNOWN, field))
            elif isinstance(cell, str) and len(seen) < 1000:
                seen.add(cell)
        findings += self._officer_findings(cells, assessment.steps, registered_at, issued)
        findings += self._hours_findings(assessment.steps)
        return findings

    def _officer_findings(
        self, cells: AgendaCells, steps: Sequence[StepAssessment], registered_at: datetime, issued: bool
    ) -> list[Finding]:
        """Judge the officers of the cell for each step that is started, by the day it was."""
        started = [step for step in steps[1:] if is_filled(getattr(cells, step.step.start_field))]
        text = read_text(cells.officer)
        if not text:
            return [Finding(Code.ACTOR_MISSING, "officer")] if started else []
        names = (
            [text] if name_key(text) in self._officers else [part for part in re.split(r"[;\n]", text) if part.strip()]
        )
        for name in names:
            for step in started:
                day = (step.start or registered_at).date()
                roles = map(name_key, roles_on(self._officers, name, day, closed=issued))
                if set(map(name_key, step.step.actors)).isdisjoint(roles):
                    return [Finding(Code.ACTOR_NOT_ALLOWED, "officer")]
        return []

    def _hours_findings(self, steps: Sequence[StepAssessment]) -> list[Finding]:
        is_open = self._calendar.is_open
        for step in steps:
            if step.start is not None and not is_open(step.start):
                return [Finding(Code.OUTSIDE_WORKING_HOURS, step.step.start_field)]
            if step.end is not None and not is_open(step.end):
                return [Finding(Code.OUTSIDE_WORKING_HOURS, step.step.end_field)]
        return []
