"""Responses from a CSV file: however Google Forms or Sheets writes it, the same responses."""

from __future__ import annotations

import csv
import io
from datetime import datetime, time

import pytest

from sync.domain.dateorder import DateOrder
from sync.domain.intake import ImportedLine, ResponseFile, read_file, read_lines
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


def opened(content: str | bytes) -> ResponseFile:
    return read_file(content if isinstance(content, bytes) else content.encode(), "jawaban.csv", COLUMNS)


def parsed(content: str | bytes, order: DateOrder = DateOrder.DAY_FIRST) -> list[ImportedLine]:
    return read_lines(opened(content), order, build.WIB)


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
    (line,) = parsed(written(stamp))

    assert line.cells.timestamp == datetime(2026, 11, 2, 8, 26, 5)
    assert line.cells.arrived == time(8, 25)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_delimiter_and_encoding_are_found(delimiter: str, encoding: str) -> None:
    """Comma or semicolon, BOM or not; quotes, line breaks and delimiters within an answer are the answer's."""
    (line,) = parsed(written("02/11/2026 08:26:05", delimiter=delimiter).encode(encoding))

    assert line.cells.cooperative == 'Koperasi "Maju", Tani'
    assert line.cells.summary == "baris satu\nbaris dua; =SUM(1)"


def test_the_same_response_has_the_same_key_from_any_export() -> None:
    """So importing another export of the same responses replays nothing."""
    keys = {
        parsed(written(stamp, delimiter=delimiter))[0].key
        for stamp in ("2026/11/02 8:26:05 AM GMT+7", "02/11/2026 8.26.05")
        for delimiter in ",;"
    }

    assert len(keys) == 1


def test_the_key_is_of_what_is_stored() -> None:
    """What no workbook can hold is not there when the file is imported again."""
    (line,) = parsed(written("02/11/2026 08:26:05").replace("Petrus", "Pe\x07trus"))
    (plain,) = parsed(written("02/11/2026 08:26:05"))

    assert (line.cells, line.key) == (plain.cells, plain.key)


@pytest.mark.parametrize("header", ["Timestamp", "TIMESTAMP", "Cap waktu", "Stempel waktu", " stempel  Waktu "])
def test_the_moment_is_known_by_what_google_calls_it_here(header: str) -> None:
    opened_file = opened(written("02/11/2026 08:26:05").replace("Timestamp", header, 1))

    assert opened_file.unknown_headers == ()
    (line,) = read_lines(opened_file, DateOrder.DAY_FIRST, build.WIB)
    assert line.moment == datetime(2026, 11, 2, 8, 26, 5)


def test_a_header_in_another_case_is_no_unknown_column() -> None:
    """What was taken is not called not taken."""
    opened_file = opened(written("02/11/2026 08:26:05").replace("Nama Lengkap", "nama  LENGKAP"))

    assert opened_file.unknown_headers == ()
    assert opened_file.lines[0][1].name == "Petrus Santoso"


def test_a_moved_or_added_column_is_followed_and_a_missing_one_refused() -> None:
    """Columns are known by their headers; what the workbook has not is told and not taken."""
    assert opened(written("02/11/2026 08:26:05", headers=(*HEADERS, "Saran Anda"))).unknown_headers == ("Saran Anda",)
    with pytest.raises(ImportUnreadable, match=r"no column 'Nama Lengkap'.*kolom\.Respons"):
        opened(written("02/11/2026 08:26:05").replace("Nama Lengkap", "Nama"))


NO_CSV = {
    "empty": (b"", "the file is empty"),
    "blank": (b"\n\n", "the file is empty"),
    "zip": (b"PK\x03\x04\x00\x00jawaban.csv", "zip archive.*Unpack"),
    "xlsx": (b"PK\x03\x04\x00\x00xl/workbook.xml", "Excel workbook.*Save it as CSV"),
    "xls": (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Excel"),
    "PDF": (b"%PDF-1.7\n", "a PDF"),
    "web page": (b"<!DOCTYPE html><html></html>", "web page"),
    "binary": (b"\x01\x00\x02\x00\x03", "no text"),
    "other table": (b"Tanggal,Jumlah\n1,2\n", "names no column of the form"),
    "cut UTF-16": (b"\xff\xfeT", "cut off"),
}


@pytest.mark.parametrize(("content", "why"), NO_CSV.values(), ids=NO_CSV)
def test_what_is_no_csv_of_responses_is_refused_with_the_step_that_fits(content: bytes, why: str) -> None:
    """Exit 2: what it is, and how to get a good file."""
    with pytest.raises(ImportUnreadable, match=rf"(?s)jawaban\.csv.*{why}"):
        opened(content)


def test_a_timestamp_that_cannot_be_read_stays_as_text() -> None:
    """The response is taken all the same; the unreadable moment becomes a finding."""
    for stamp in ("kemarin pagi", "02/11/2026 25:00:00", "2026/11/02 8:26:05 AM GMT+99", "0000/01/01 8:26:05"):
        (line,) = parsed(written(stamp))

        assert line.cells.timestamp == stamp


def lines_of(rows: int) -> list[str]:
    simple = [answer.replace("\n", " ").replace('"', "").replace(",", "") for answer in ANSWERS]
    return [",".join([f"2026-11-02 08:{row:02d}:05", *simple]) for row in range(rows)]


BROKEN = {
    "too few fields": "2026-11-02 09:00:00,08.25,Terpotong",
    "too many fields": "2026-11-02 09:00:00," + ",".join("abcdefghijklmnopq"),
    "a quotation mark that does not close": '2026-11-02 09:00:00,08.25,"Terbuka,' + ",".join("abcdefghijk"),
    "text after a quotation mark": '2026-11-02 09:00:00,"08.25"x,Nama,' + ",".join("abcdefghijk"),
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("where", [0, 2, 4])
def test_a_line_that_cannot_be_read_is_named_and_the_others_go_in(broken: str, where: int) -> None:
    lines = lines_of(4)
    lines.insert(where, broken)

    file = opened("\n".join([",".join(HEADERS), *lines]))

    assert [item.line for item in file.unreadable] == [where + 2]
    assert len(file.lines) == 4


def test_bytes_that_are_no_text_spoil_their_line_alone() -> None:
    """Elsewhere the file says that it is UTF-8, so it is not read as something else."""
    lines = [line.replace("Petrus", "Pétrus").encode() for line in lines_of(3)]
    lines[1] = lines[1].replace("é".encode(), b"\xe9")

    file = opened(b"\n".join([",".join(HEADERS).encode(), *lines]))

    assert [item.line for item in file.unreadable] == [3]
    assert [cells.name for _, cells in file.lines] == ["Pétrus Santoso"] * 2


def test_an_answer_of_several_lines_that_has_to_be_left_out_brings_no_line_of_its_own_in() -> None:
    """What a visitor typed is never taken for a response."""
    answer = "x\n" + ",".join(["2026-11-02 09:00:00", *["palsu"] * 13]) + "\ny"
    broken = f'2026-11-02 09:00:00,08.25,"{answer}"'

    file = opened("\n".join([",".join(HEADERS), broken, *lines_of(1)]))

    assert [item.line for item in file.unreadable] == [2]
    assert [line for line, _ in file.lines] == [5]
