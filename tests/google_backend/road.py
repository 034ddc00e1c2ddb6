"""The whole job on a Google office, with documents that cost nothing to make."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sync.domain.compliance import Clock
from sync.domain.documents import DocumentKind
from sync.domain.fields import Fields
from sync.domain.plan import Request
from sync.domain.safety import Accepted
from sync.job import RunReport, run
from sync.office import Office
from sync.workspace.port import Workspace
from tests.google_backend.office import GoogleOffice

NOW = datetime(2026, 11, 24, 10, 0)
_EPOCH = datetime(1899, 12, 30)


class PlainMaker:
    """Documents that are their id and fingerprint."""

    def digests(self) -> Mapping[DocumentKind, str]:
        return dict.fromkeys(DocumentKind, "0" * 64)

    def make(
        self,
        kind: DocumentKind,
        fields: Fields,
        *,
        document_id: str,
        fingerprint: str,
        issued_at: datetime,
        revision: int,
        subject: str,
        dated: date | None = None,
        facts: str = "",
    ) -> bytes:
        return f"{kind.value} {document_id} {fingerprint} {revision}".encode()

    def fields_of(self, content: bytes) -> Fields | None:
        return None


def a_run(
    office: GoogleOffice,
    workspace: Workspace | None = None,
    now: datetime = NOW,
    accepted: Accepted | None = None,
    **pace: Any,
) -> RunReport:
    """One run of the job, by default in a process of its own."""
    config = office.config()
    clock = Clock(config.rules.calendar, config.rules.wall_clock, config.utc_offset)
    place = workspace or office.open()
    whole = Office(place, config.rules, clock, PlainMaker(), office.clock.sleep, seconds=office.clock, **pace)
    return run(whole, now, Request(), accepted or Accepted())


def submit(office: GoogleOffice, count: int, first: int = 1) -> None:
    """Visitors fill in the form, one a minute from eight o'clock."""
    rows = [_response(number) for number in range(first, first + count)]
    top = len(office.staff.rows("Respons")) + 1
    office.staff.write("Respons", f"A{top}", rows, typed=False)


def _response(number: int) -> list[Any]:
    stamp = (datetime(2026, 11, 24, 8, 0) + timedelta(seconds=number) - _EPOCH) / timedelta(days=1)
    name, phone = f"Pengunjung {number}", 81200000000 + number
    return [stamp, stamp, name, "Notaris (NPAK)", "", "Jasa", "Sambas", phone, "", "Kelembagaan", "Lainnya", "tanya",
            "Front office", "Ya, saya setuju"]  # fmt: skip
