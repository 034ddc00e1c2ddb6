"""Responses from a CSV file: however Google Forms or Sheets writes it, the same responses."""

from __future__ import annotations

import csv
import io
from datetime import datetime, time

import pytest

from sync.domain.intake import DateOrder, Intake, new_rows, parse_responses
from sync.errors import ImportUnreadable
from tests import build

COLUMNS = build.rules().columns.responses
HEADERS = tuple(COLUMNS.headers.values())
ANSWERS = (
    "08.25", "Petrus Santoso", "Pengurus koperasi", "Koperasi \"Maju\", Tani", "Produsen", "Sambas", "081298187479",
    "petrus@contoh.id", "Kelembagaan", "Pendirian koperasi", "baris satu\nbaris dua; =SUM(1)", "Front office",
    "Ya, saya setuju",
)  # fmt: skip


def written(stamp: str, *, delimiter: str = ",", headers: tuple[str, ...] = HEADERS, rows: int = 1) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(headers)
    for _ in range(rows):
        writer.writerow([stamp, *ANSWERS, *["ekstra"] * (len(headers) - len(HEADERS))])
    return out.getvalue()


def parsed(content: str | bytes, order: DateOrder = DateOrder.DAY_FIRST) -> Intake:
    data = content if isinstance(content, bytes) else content.encode()
    return parse_responses(data, "jawaban.csv", COLUMNS, order, build.WIB)


@pytest.mark.parametrize(
    "stamp",
    [
        "2026/11/02 8:26:05 AM GMT+7",
        "2026/11/02 1:26:05 AM GMT+0",
        "02/11/2026 8:26:05",
        "02/11/2026 8.26.05",
        "02/11/2026 08:26:05",
        "2026-11-02 08:26:05",
        "2026-11-02T08:26:05+07:00",
        "2/11/2026 8:26:05 AM",
    ],
)
def test_every_way_google_writes_a_timestamp_is_the_same_moment(stamp: str) -> None:
    """The Form's own export says its offset; a Sheet's download writes as its locale does, day first."""
    (row,) = parsed(written(stamp)).rows

    assert row.timestamp == datetime(2026, 11, 2, 8, 26, 5)
    assert row.arrived == time(8, 25)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_delimiter_and_encoding_are_found(delimiter: str, encoding: str) -> None:
    """Comma or semicolon, BOM or not; quotes, line breaks and delimiters within an answer are the answer's."""
    (row,) = parsed(written("02/11/2026 08:26:05", delimiter=delimiter).encode(encoding)).rows

    assert row.cooperative == 'Koperasi "Maju", Tani'
    assert row.summary == "baris satu\nbaris dua; =SUM(1)"


def test_the_same_response_has_the_same_key_from_any_export() -> None:
    """So importing another export of the same responses replays nothing."""
    keys = {
        parsed(written(stamp, delimiter=delimiter)).keys[0]
        for stamp in ("2026/11/02 8:26:05 AM GMT+7", "02/11/2026 8.26.05")
        for delimiter in ",;"
    }

    assert len(keys) == 1


def test_rows_that_are_there_already_are_left_out_and_doubles_come_once() -> None:
    """Idempotent by content."""
    intake = parsed(written("02/11/2026 08:26:05", rows=3))

    assert len(new_rows(intake, [])) == 1
    assert new_rows(intake, [intake.keys[0]]) == []


def test_american_dates_are_refused_unless_said_so() -> None:
    """11/24/2026 has no 24th month: never guessed, the file is refused with the option that reads it."""
    with pytest.raises(ImportUnreadable, match=r"line 2.*--date-order mdy"):
        parsed(written("11/24/2026 08:26:05"))
    (row,) = parsed(written("11/24/2026 08:26:05"), DateOrder.MONTH_FIRST).rows
    assert row.timestamp == datetime(2026, 11, 24, 8, 26, 5)


def test_a_moved_or_added_column_is_followed_and_a_missing_one_refused() -> None:
    """Columns are known by their headers; what the workbook has not is told and not taken."""
    intake = parsed(written("02/11/2026 08:26:05", headers=(*HEADERS, "Saran Anda")))

    assert intake.unknown_headers == ("Saran Anda",)
    with pytest.raises(ImportUnreadable, match="no column 'Nama Lengkap'"):
        parsed(written("02/11/2026 08:26:05").replace("Nama Lengkap", "Nama"))


@pytest.mark.parametrize("content", [b"", b"\n\n", b"PK\x03\x04\x00\x00"], ids=["empty", "blank", "no CSV"])
def test_what_is_no_csv_is_refused(content: bytes) -> None:
    """Exit 2, and how to get a good file."""
    with pytest.raises(ImportUnreadable, match=r"jawaban\.csv"):
        parsed(content)


def test_a_timestamp_that_cannot_be_read_stays_as_text() -> None:
    """The response is taken all the same; the unreadable moment becomes a finding."""
    (row,) = parsed(written("kemarin pagi")).rows

    assert row.timestamp == "kemarin pagi"
