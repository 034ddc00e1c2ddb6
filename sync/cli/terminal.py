"""What is printed, on any terminal: no character that it cannot show stops a command, and no table cuts a word off."""

from __future__ import annotations

import codecs
import io
import os
import sys

from rich.console import Console
from rich.table import Table

_PLAIN = {
    "…": "...",
    "·": "-",
    "×": "x",
    "–": "-",
    "—": "-",
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "→": "->",
    "\N{REPLACEMENT CHARACTER}": "?",
}
_LONGEST_WORD = 32
"""Longer ones are paths."""
_UNLIMITED = 10_000
_HANDLER = "agenda-plain"


def _plain(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(_PLAIN.get(character, "?") for character in error.object[error.start : error.end]), error.end


def prepare_streams() -> None:
    """Let standard output and error print something for every character, whatever their encoding."""
    codecs.register_error(_HANDLER, _plain)
    for stream in (sys.stdout, sys.stderr):
        # Not where a test, or a program that imports this one, put a stream of its own there.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_HANDLER)


def _printable(text: str) -> str:
    """Return text that people may have chosen (a file's name) without control characters."""
    marks = (mark if mark.isprintable() or mark == "\n" else mark.encode("unicode_escape").decode() for mark in text)
    return "".join(marks)


class Listing:
    """A table on standard output in which no word is cut off. On a narrow terminal each row becomes a paragraph.

    What is printed is plain text: brackets and colons in it mean nothing.
    """

    def __init__(self, *headers: str, title: str = "") -> None:
        self._title = title
        self._headers = headers
        self._rows: list[tuple[str, ...]] = []

    @property
    def row_count(self) -> int:
        return len(self._rows)

    def add_row(self, *cells: str) -> None:
        self._rows.append(tuple(map(_printable, cells)))

    def show(self) -> None:
        """Print it, as wide as the terminal; into a pipe or a file, as wide as it is."""
        console = Console(markup=False, highlight=False, emoji=False)
        if not console.is_terminal and not os.environ.get("COLUMNS"):
            console.width = _UNLIMITED
        widths = [self._longest_word(index) for index in range(len(self._headers))]
        if sum(widths) + 3 * len(widths) + 1 > console.width:
            self._show_paragraphs(console)
            return
        table = Table(title=self._title or None)
        for header, width in zip(self._headers, widths, strict=True):
            table.add_column(header, overflow="fold", min_width=width)
        for row in self._rows:
            table.add_row(*row)
        console.print(table)

    def _longest_word(self, column: int) -> int:
        """Return the length of the longest word of a column; paths may go on in the next line, and do not count."""
        words = [word for row in (self._headers, *self._rows) for word in row[column].split()]
        return max((len(word) for word in words if len(word) <= _LONGEST_WORD), default=1)

    def _show_paragraphs(self, console: Console) -> None:
        """Print lines as long as they are: the terminal breaks them, and what is copied from it is whole."""
        for row in self._rows:
            lines = (f"{header}: {cell}" for header, cell in zip(self._headers, row, strict=True))
            console.print("\n".join((*([self._title] if self._title else []), *lines, "")), soft_wrap=True)
