"""The lines of a CSV file, whatever is wrong with some of them: what can be read is read, the rest is named by line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sync.errors import ImportUnreadable

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_ESCAPED = re.compile("[\udc80-\udcff]")
_NO_TEXT: tuple[tuple[bytes, str, str], ...] = (
    (b"PK\x03\x04", "a zip archive, no CSV file", "Unpack it, and import the .csv file in it."),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file, no CSV file", "Open it and save it as CSV, then import that."),
    (b"%PDF", "a PDF, no CSV file", "Download the responses from the form as CSV, and import that file."),
    (b"<", "a web page or XML, no CSV file", "Download the responses from the form as CSV, and import that file."),
)
_LONGEST_FIELD = 64 * 1024 * 1024
"""Characters of one answer that are read: an import is no larger. Python's own limit, 131,072, would lose the line;
what is longer than a cell holds is cut where it is stored, and told (text-cleaned)."""
csv.field_size_limit(_LONGEST_FIELD)
_QUOTES = "it cannot be read as CSV: look at its quotation marks"
_EXCEL = (b"xl/workbook", b"xl/worksheets", b"[Content_Types].xml")


@dataclass(frozen=True, slots=True)
class UnreadableLine:
    """A line that was left out; ``line`` counts from 1 and is where it begins."""

    line: int
    why: str


@dataclass(frozen=True, slots=True)
class CsvLines:
    """Header and records of a file, each record with the line it begins in and as many fields as the header."""

    headers: tuple[str, ...]
    records: tuple[tuple[int, tuple[str, ...]], ...]
    unreadable: tuple[UnreadableLine, ...]


def read_csv(content: bytes, place: str, known: Callable[[Sequence[str]], int]) -> CsvLines:
    """Return the lines of a CSV file, comma or semicolon or tab, with or without BOM; empty lines are left out.

    ``known`` counts the headers that are known: the separator that gives most of them is the file's.

    Raises:
        ImportUnreadable: it is no CSV file, or has no header.
    """
    _refuse_other_kinds(content, place)
    lines = io.StringIO(_decoded(content, place), newline="").readlines()
    first = next((index for index, line in enumerate(lines) if line.strip()), None)
    if first is None:
        raise ImportUnreadable(place, "the file is empty")
    tried = [_record(lines, first, delimiter) for delimiter in ",;\t"]
    headers, after, delimiter = max(
        ((record, after, delimiter) for (record, after), delimiter in zip(tried, ",;\t", strict=True)),
        key=lambda item: (known(item[0]), len(item[0])) if item[0] else (-1, 0),
    )
    if headers is None:
        raise ImportUnreadable(place, f"line {first + 1}, the header, is not written as CSV")
    records: list[tuple[int, tuple[str, ...]]] = []
    unreadable: list[UnreadableLine] = []
    at = after
    while at < len(lines):
        record, after = _record(lines, at, delimiter)
        why = _QUOTES if record is None else _fault(record, len(headers))
        if why:
            unreadable.append(UnreadableLine(at + 1, why))
        elif record is not None and any(cell.strip() for cell in record):
            records.append((at + 1, tuple(record[: len(headers)])))
        at = after
    return CsvLines(tuple(headers), tuple(records), tuple(unreadable))


def _refuse_other_kinds(content: bytes, place: str) -> None:
    for mark, what, next_step in _NO_TEXT:
        if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(mark):
            if mark.startswith(b"PK") and any(name in content for name in _EXCEL):
                what, next_step = "an Excel workbook, no CSV file", "Save it as CSV in Excel, and import that file."
            raise ImportUnreadable(place, what, next_step)
    if b"\x00" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ImportUnreadable(place, "no text, so no CSV file")


def _decoded(content: bytes, place: str) -> str:
    """Return the text; a byte that belongs to no character stays as a lone surrogate, and spoils its line alone."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            try:
                return content[len(mark) :].decode(encoding, "surrogateescape" if encoding == "utf-8" else "strict")
            except UnicodeDecodeError:
                raise ImportUnreadable(place, "its text is cut off or not UTF-16, as its first bytes say") from None
    text = content.decode("utf-8", "surrogateescape")
    is_utf8 = not _ESCAPED.search(text) or any(ord(char) > 127 for char in _ESCAPED.sub("", text))
    return text if is_utf8 else content.decode("cp1252", "surrogateescape")


def _record(lines: Sequence[str], start: int, delimiter: str) -> tuple[list[str] | None, int]:
    """Return the record that begins in line ``start`` and the line after it; None if it cannot be read.

    Then only its first line is given up: the lines below it may be whole.
    """
    reader = csv.reader((lines[at] for at in range(start, len(lines))), delimiter=delimiter, strict=True)
    try:
        record = next(reader)
    except (csv.Error, StopIteration):
        return None, start + 1
    return record, start + reader.line_num


def _fault(record: Sequence[str], width: int) -> str:
    if any(_ESCAPED.search(cell) for cell in record):
        return "it holds bytes that are no text"
    if not any(cell.strip() for cell in record):
        return ""
    if len(record) < width or any(cell.strip() for cell in record[width:]):
        return f"it has {len(record)} fields, the header {width}"
    return ""
