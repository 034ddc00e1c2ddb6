"""What the ledger remembers of a response: written and read back, tolerant of writing, and readable to nobody."""

from __future__ import annotations

from datetime import datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.domain.registration import Response, read_responses
from sync.domain.remembered import exact_digest, parts_of, read_remembered, remember, remember_version
from sync.domain.table import Cell
from tests import build

MOMENT = datetime(2026, 11, 2, 8, 26, 5)


def a_response(**fields: Cell) -> Response:
    (response,) = read_responses([build.response_cells(**{"timestamp": MOMENT, **fields})], build.WIB)
    return response


@given(
    name=st.text(max_size=20), phone=st.text(max_size=20), summary=st.text(max_size=40),
    moment=st.none() | st.datetimes(datetime(1900, 1, 2), datetime(9998, 1, 1)),
)  # fmt: skip
def test_what_is_written_reads_back(name: str, phone: str, summary: str, moment: datetime | None) -> None:
    """Whatever a visitor typed, several versions of it too."""
    known = remember(a_response(name=name, phone=phone, summary=summary, timestamp=moment or "kemarin"))
    later = remember_version(known, a_response(name="Lain"), [a_response(name=name)])

    for memory in (known, later):
        back = read_remembered(memory.write())
        assert back is not None
        assert back.write() == memory.write()


def test_nothing_a_visitor_said_stands_in_it() -> None:
    """Digests of six digits: a telephone number shares its digest with dozens of others."""
    text = remember(a_response()).write()

    for word in ("Petrus", "Santoso", "0812", "98187479", "petrus@", "Koperasi"):
        assert word not in text
    assert {len(part) for part in remember(a_response()).parts} == {6}


@pytest.mark.parametrize(
    "text", ["", "apa saja", "f420e3 1,2,3,4 @ #0 7a", "- ,,, @kemarin #1 0123456789abcdef", "=1+1"]
)
def test_what_somebody_typed_over_it_is_forgotten(text: str) -> None:
    """The next run writes it anew; it stops nothing."""
    assert read_remembered(text) is None


@pytest.mark.parametrize(
    "other",
    [
        {"phone": "+62 812-9818-7479"},
        {"phone": 81298187479},
        {"arrived": time(8, 25)},
        {"arrived": datetime(2026, 11, 2, 8, 25)},
        {"topic": "Pendirian koperasi ;  RAT"},
        {"summary": "Mau tanya  syarat & alur "},
    ],
)
def test_another_writing_is_the_same_answer(other: dict[str, Cell]) -> None:
    plain = build.response_cells(topic="Pendirian koperasi, RAT")
    written = build.response_cells(**{"topic": "Pendirian koperasi, RAT", **other})

    assert exact_digest(plain) == exact_digest(written)
    assert parts_of(plain) == parts_of(written)


def test_a_name_in_another_case_is_the_same_person_but_another_answer() -> None:
    plain, written = build.response_cells(), build.response_cells(name="PETRUS SANTOSO")

    assert parts_of(plain) == parts_of(written)
    assert exact_digest(plain) != exact_digest(written)
