"""The office's rules as one frozen value: what config.yaml says, in the words of the domain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sync.domain.sop import Sop, sop_in_force
from sync.domain.tabs import (
    AgendaCells,
    ArchiveCells,
    Columns,
    OfficerCells,
    OutgoingCells,
    RecapCells,
    RegisterCells,
    ResponseCells,
    Tab,
)
from sync.domain.worktime import WorkCalendar


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs; every field may be empty, and is then left as dots on paper."""

    title: str
    name: str
    rank: str
    employee_number: str


@dataclass(frozen=True, slots=True)
class Office:
    """The letterhead and the names on paper, in force from ``effective_from`` (inclusive) until the next version's."""

    effective_from: date
    government: str
    agency: str
    division: str
    address: str
    telephone: str
    website: str
    email: str
    city: str
    addressee: str
    sender: str
    unit_code: str
    privacy_contact: str
    signatory: Signatory


@dataclass(frozen=True, slots=True)
class Classification:
    """A class of archive documents: its code, name and retention, as the office's archivist decided (or not yet)."""

    code: str
    name: str
    active_years: int | None
    inactive_years: int | None
    final: str


@dataclass(frozen=True, slots=True)
class ArchiveRules:
    """Which code each kind of document is filed under (by kind), and what each code means (by code)."""

    code_of_kind: Mapping[str, str]
    classifications: Mapping[str, Classification]


@dataclass(frozen=True, slots=True)
class IssueRules:
    """Which documents the job issues by itself, and when."""

    at_registration: tuple[str, ...]
    when_finished: tuple[str, ...]
    at_period_end: tuple[str, ...]
    periods: tuple[str, ...]
    template_reissue_limit: int
    """How many filed documents a changed template may re-issue in one run without being asked to."""


@dataclass(frozen=True, slots=True)
class TabColumns:
    """The columns of the seven tabs that have fixed ones."""

    responses: Columns[ResponseCells]
    agenda: Columns[AgendaCells]
    outgoing: Columns[OutgoingCells]
    register: Columns[RegisterCells]
    archive: Columns[ArchiveCells]
    recap: Columns[RecapCells]
    officers: Columns[OfficerCells]

    def headers(self, tab: Tab) -> Mapping[str, str]:
        """Return the headers of ``tab`` by field; ``Referensi`` has none of its own."""
        by_tab: dict[Tab, Mapping[str, str]] = {
            Tab.RESPONSES: self.responses.headers,
            Tab.AGENDA: self.agenda.headers,
            Tab.OUTGOING: self.outgoing.headers,
            Tab.REGISTER: self.register.headers,
            Tab.ARCHIVE: self.archive.headers,
            Tab.RECAP: self.recap.headers,
            Tab.OFFICERS: self.officers.headers,
        }
        return by_tab.get(tab, {})


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything a decision rests on besides the tables and the moment."""

    offices: tuple[Office, ...]
    """The versions of letterhead and signatory, the oldest first, at least one."""
    sops: tuple[Sop, ...]
    calendar: WorkCalendar
    wall_clock: bool
    """True: standard times count wall-clock minutes (``jam-dinding``); False: working minutes (``jam-kerja``)."""
    number_prefix: str
    number_digits: int
    tab_names: Mapping[Tab, str]
    columns: TabColumns
    choices: Mapping[str, tuple[str, ...]]
    """The form's choices by agenda field, also the first content of ``Referensi``."""
    consent: str
    duplicate_minutes: int
    archive: ArchiveRules
    issue: IssueRules
    agenda_phones_masked: bool
    """Whether prints of the agenda books mask telephone numbers (identity numbers always are)."""
    zone_name: str
    zone_label: str
    """What people call the zone: WIB."""

    def office(self, day: date | datetime) -> Office:
        """Return letterhead and signatory of what is issued on ``day``; before the first version, that one."""
        on = day.date() if isinstance(day, datetime) else day
        begun = [office for office in self.offices if office.effective_from <= on]
        return begun[-1] if begun else self.offices[0]

    def sop(self, day: date | datetime) -> Sop:
        """Return the SOP in force on the registration day ``day``."""
        return sop_in_force(self.sops, day)
