"""Being staff with a file: the book of a test opened, changed by hand, and its XML too."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import openpyxl

from sync.domain.table import AppendRows, Cell, Change, NewCell, Revision, RowUpdate, Table, UpdateRows
from sync.workspace.local import LocalWorkspace

NUMBER, NAME, STATUS = "No. Registrasi", "Nama Lengkap", "Status"


@contextmanager
def by_hand(book: Path, **options: Any) -> Iterator[Any]:
    """Open the book, hand it over, and save it: what a spreadsheet program does."""
    workbook = openpyxl.load_workbook(book, **options)
    yield workbook
    workbook.save(book)


def looked_at(book: Path, **options: Any) -> Any:
    return openpyxl.load_workbook(book, **options)


def rewrite(book: Path, parts: Mapping[str, bytes | Callable[[bytes], bytes]]) -> None:
    """Change parts of the package: new bytes, or a function of the old ones."""
    with zipfile.ZipFile(book) as package:
        contents = {name: package.read(name) for name in package.namelist()}
    for name, change in parts.items():
        contents[name] = change(contents.get(name, b"")) if callable(change) else change
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in contents.items():
            package.writestr(name, content)
    book.write_bytes(stream.getvalue())


def share_strings(book: Path) -> None:
    """Move the texts that stand in cells into the table of shared strings, as Excel does when it saves."""
    with zipfile.ZipFile(book) as package:
        table = package.read("xl/sharedStrings.xml")
        sheets = {name: package.read(name) for name in package.namelist() if "worksheets/sheet" in name}
    strings: list[bytes] = re.findall(rb"<si>.*?</si>", table, re.DOTALL)

    def shared(found: re.Match[bytes]) -> bytes:
        strings.append(b"<si>%b</si>" % found[2])
        return b'%bt="s"><v>%d</v></c>' % (found[1], len(strings) - 1)

    inline = re.compile(rb'(<c [^<>]*)t="inlineStr"><is>(.*?)</is></c>', re.DOTALL)
    moved: dict[str, bytes] = {name: inline.sub(shared, xml) for name, xml in sheets.items()}
    start, end = table.index(b"<si>"), table.rindex(b"</sst>")
    rewrite(book, {**moved, "xl/sharedStrings.xml": table[:start] + b"".join(strings) + table[end:]})


def part_of(book: Path, name: str) -> bytes:
    with zipfile.ZipFile(book) as package:
        return package.read(name)


def relation(kind: str, target: str, folder: str = "http://schemas.openxmlformats.org/officeDocument/2006") -> bytes:
    return (
        b'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + f'<Relationship Id="rIdX" Type="{folder}/relationships/{kind}" Target="{target}"/>'.encode()
        + b"</Relationships>"
    )


def agenda(workspace: LocalWorkspace) -> Table:
    return workspace.read(["Agenda"]).table("Agenda")


def column(workspace: LocalWorkspace, header: str) -> list[Cell]:
    table = agenda(workspace)
    return [row.cells[table.column(header)] for row in table.rows]


def commit(workspace: LocalWorkspace, *changes: Change) -> Revision:
    return workspace.commit(changes, workspace.read([]).revision)


def register(workspace: LocalWorkspace, *names: str, start: int = 1) -> Revision:
    rows: tuple[dict[str, NewCell], ...] = tuple(
        {NUMBER: f"KONS-2026-{number:04}", NAME: name} for number, name in enumerate(names, start)
    )
    return commit(workspace, AppendRows("Agenda", rows))


def update(position: int, number: str, status: str = "selesai") -> UpdateRows:
    return UpdateRows("Agenda", NUMBER, (RowUpdate(position, number, {STATUS: status}),))
