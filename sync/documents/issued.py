"""The moment of issue in a document's properties, twice: in UTC, as the format wants it, and by the office's clock.

Documents of before this was so have the office's time alone, where UTC belongs; they are read as they were meant.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

_NOTE = re.compile(r"Diterbitkan (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)[+-]\d\d:\d\d")


def utc_text(moment: datetime) -> str:
    """Return an aware moment as ``dcterms:created`` holds it: 2026-12-01T01:15:00Z."""
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def issue_note(moment: datetime) -> str:
    """Return an aware moment as ``dc:description`` holds it: Diterbitkan 2026-12-01T08:15:00+07:00."""
    return f"Diterbitkan {moment.replace(microsecond=0).isoformat()}"


def office_moment(note: str, created: str) -> datetime | None:
    """Return the moment by the office's clock, from a document's description and moment of creation."""
    noted = _NOTE.fullmatch(note.strip())
    try:
        return datetime.fromisoformat(noted[1] if noted else created).replace(tzinfo=None)
    except ValueError:
        return None
