"""A file under the book's name that grows without end when it is opened: refused by name, at once, with exit 5."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from sync.errors import BookUnreadable
from sync.workspace.local import LocalWorkspace

SHEET = "xl/worksheets/sheet1.xml"


def with_part(book: Path, name: str, data: bytes) -> None:
    parts = {}
    with zipfile.ZipFile(book) as package:
        parts = {part: package.read(part) for part in package.namelist()}
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for part, old in {**parts, name: data}.items():
            package.writestr(part, old)
    book.write_bytes(content.getvalue())


def sheet(cells: str, head: str = "") -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?>{head}<worksheet xmlns="{space}"><sheetData>{cells}</sheetData></worksheet>'.encode()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (bytes(40_000_000), "two hundred times its size"),
        (sheet('<row r="1"><c r="A1" t="str"><v>&a;</v></c></row>', "<!DOCTYPE w [<!ENTITY a 'lol'>]>"), "entities"),
        (sheet('<row r="1"/>', "<!DOCTYPE w [<!ENTITY a 'lol'>]>").decode().encode("utf-16"), "entities"),
        (sheet('<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>'), "damaged"),
        (sheet('<row r="1"><c r="ZZZZZZZZ1"><v>1</v></c></row>'), "damaged"),
    ],
    ids=["zip bomb", "entities", "entities in UTF-16", "a row beyond the last", "a column beyond the last"],
)
def test_a_bomb_is_refused(workspace: LocalWorkspace, book: Path, data: bytes, why: str) -> None:
    with_part(book, SHEET, data)

    with pytest.raises(BookUnreadable, match=why) as refusal:
        workspace.read(["Agenda"])
    assert "agenda.xlsx" in str(refusal.value)


def test_a_cell_in_the_very_last_row_is_no_attack(workspace: LocalWorkspace, book: Path) -> None:
    """Somebody pressed Ctrl+Down and typed a space: a million empty rows share one."""
    with_part(
        book,
        SHEET,
        sheet(
            '<row r="1"><c r="A1" t="str"><v>x</v></c></row><row r="1048576"><c r="A1048576" t="str"><v> </v></c></row>'
        ),
    )

    tables = workspace.read(["Agenda"]).tables

    assert len(tables["Agenda"].rows) == 1_048_575
    assert tables["Agenda"].rows[0].cells is tables["Agenda"].rows[1].cells
