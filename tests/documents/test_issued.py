"""When a document was issued: true UTC for the world, the office's own clock for repair."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from sync.documents.issued import issue_note, office_moment, utc_text
from sync.documents.package import pack, write_package
from sync.documents.reading import read_document
from sync.documents.sample import SAMPLE_MOMENT, Variety, sample_fields
from sync.documents.templates import load_templates
from sync.domain.documents import DocumentKind
from tests.build import rules
from tests.documents.office import FOLDER, document, request
from tests.documents.reading import parts_of

RECEIPT = DocumentKind.RECEIPT
ZONES = st.timezones()
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1))


def created(content: bytes) -> datetime | None:
    moment: datetime | None = Document(io.BytesIO(content)).core_properties.created
    return moment


@pytest.mark.parametrize(
    ("zone", "hour"), [("Asia/Pontianak", 1), ("Asia/Makassar", 0), ("Asia/Jayapura", 23)], ids=["WIB", "WITA", "WIT"]
)
def test_the_moment_is_true_in_utc_and_read_back_as_the_office_had_it(zone: str, hour: int) -> None:
    """A quarter past eight in the morning is the same moment everywhere, and a quarter past eight in the office."""
    office = replace(rules(), zone_name=zone)
    content = load_templates(FOLDER, office, (RECEIPT,)).render(
        request(RECEIPT, sample_fields(RECEIPT, office, Variety.FULL))
    )
    facts = read_document(content)

    assert created(content) == datetime(2026, 12 if hour < 12 else 11, 1 if hour < 12 else 30, hour, 15, tzinfo=UTC)
    assert facts is not None
    assert facts.issued_at == SAMPLE_MOMENT


def as_it_was_before(content: bytes, written: str) -> bytes:
    """The document as earlier versions wrote it: no note, the office's time where UTC belongs."""
    parts = parts_of(content)
    core = re.sub("<dc:description>.*</dc:description>", "", parts["docProps/core.xml"].decode())
    parts["docProps/core.xml"] = core.replace("2026-12-01T01:15:00Z", written).encode()
    return write_package(pack(name, data) for name, data in parts.items())


@pytest.mark.parametrize(
    ("written", "read"),
    [("2026-12-01T08:15:00Z", SAMPLE_MOMENT), ("kemarin", None), ("", None)],
    ids=["of an earlier version", "damaged", "empty"],
)
def test_a_document_without_the_note_is_read_as_it_was_meant(written: str, read: datetime | None) -> None:
    """An archive from before is repaired as before; what cannot be read is no moment, and no error."""
    facts = read_document(as_it_was_before(document(RECEIPT), written))

    assert facts is not None
    assert facts.issued_at == read


@given(MOMENTS, ZONES)
def test_no_zone_and_no_moment_is_lost_on_the_way(moment: datetime, zone: object) -> None:
    aware = moment.replace(tzinfo=zone)  # type: ignore[arg-type]  # hypothesis gives ZoneInfo
    assert office_moment(issue_note(aware), "2000-01-01T00:00:00Z") == moment.replace(microsecond=0)
    assert datetime.fromisoformat(utc_text(aware)) == aware.astimezone(UTC).replace(microsecond=0)


@given(st.text(), st.text())
def test_any_properties_at_all_are_read_without_an_error(note: str, written: str) -> None:
    found = office_moment(note, written)
    assert found is None or found.tzinfo is None
