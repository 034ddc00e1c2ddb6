"""What ``agenda check --json`` says of the book (fixed: design, section 8). Moments are local wall-clock ISO 8601."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypedDict

from sync.domain.agenda import JudgedBook, Registration
from sync.domain.book import FILED, SCHEDULED, ArchiveEntry, Book, LedgerEntry
from sync.domain.cells import read_text
from sync.domain.compliance import StepAssessment, Verdict
from sync.domain.finding import Code, Finding
from sync.domain.rules import Rules
from sync.domain.sop import StepName
from sync.domain.wording import finding_text


class StepReport(TypedDict):
    verdict: str
    working_minutes: float | None
    wall_minutes: float | None
    start: str | None
    end: str | None


class FindingReport(TypedDict):
    code: str
    column: str
    message: str


class DocumentReport(TypedDict):
    kind: str
    revision: int
    path: str
    state: str


class ResponseReport(TypedDict):
    timestamp: str | None
    name: str


class RegistrationReport(TypedDict):
    number: str
    response: ResponseReport
    status: str | None
    steps: dict[str, StepReport]
    findings: list[FindingReport]
    documents: list[DocumentReport]


class CheckReport(TypedDict):
    now: str
    registrations: list[RegistrationReport]
    unregistered: int


def check_report(book: Book, judged: JudgedBook, rules: Rules, now: datetime) -> CheckReport:
    """Return the report: every row of the agenda in its order, then the numbers whose row is gone."""
    documents: defaultdict[str, list[ArchiveEntry]] = defaultdict(list)
    for entry in book.archive:
        documents[entry.reference].append(entry)
    rows = [_row_report(row, documents, rules) for row in judged.rows]
    changed = judged.deleted_and_changed
    rows += [_deleted_report(entry, entry.number in changed, documents, rules) for entry in judged.deleted]
    return CheckReport(now=_iso(now) or "", registrations=rows, unregistered=len(judged.pending))


def _row_report(row: Registration, documents: Mapping[str, Sequence[ArchiveEntry]], rules: Rules) -> RegistrationReport:
    name = row.response.cells.name if row.response else row.cells.name
    return RegistrationReport(
        number=row.number,
        response=ResponseReport(timestamp=_iso(row.responded_at), name=read_text(name)),
        status=row.status.value,
        steps={step.step.name.value: _step_report(step) for step in row.steps},
        findings=[_finding_report(finding, rules) for finding in row.findings],
        documents=_document_reports(documents.get(row.number, ()) if row.number else ()),
    )


def _deleted_report(
    entry: LedgerEntry, changed: bool, documents: Mapping[str, Sequence[ArchiveEntry]], rules: Rules
) -> RegistrationReport:
    none = StepReport(verdict=Verdict.NOT_STARTED.value, working_minutes=None, wall_minutes=None, start=None, end=None)
    return RegistrationReport(
        number=entry.number,
        response=ResponseReport(timestamp=_iso(entry.responded_at), name=""),
        status=None,
        steps={name.value: none for name in StepName},
        findings=[
            _finding_report(Finding(code), rules)
            for code in (Code.ROW_DELETED, *([Code.RESPONSE_CHANGED] if changed else []))
        ],
        documents=_document_reports(documents.get(entry.number, ())),
    )


def _step_report(step: StepAssessment) -> StepReport:
    return StepReport(
        verdict=step.verdict.value,
        working_minutes=_minutes(step.working),
        wall_minutes=_minutes(step.wall),
        start=_iso(step.start),
        end=_iso(step.end),
    )


def _finding_report(finding: Finding, rules: Rules) -> FindingReport:
    column = rules.columns.agenda.header(finding.field) if finding.field else ""
    return FindingReport(code=finding.code.value, column=column, message=finding_text(finding, column))


def _document_reports(entries: Sequence[ArchiveEntry]) -> list[DocumentReport]:
    return [
        DocumentReport(
            kind=entry.kind, revision=entry.revision, path=entry.path, state=FILED if entry.filed else SCHEDULED
        )
        for entry in sorted(entries, key=lambda entry: (entry.kind, entry.revision))
    ]


def _minutes(duration: timedelta | None) -> float | None:
    return None if duration is None else round(duration / timedelta(minutes=1), 4)


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.replace(microsecond=0).isoformat()
