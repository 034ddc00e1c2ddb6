"""Formulas keep the values they had: what staff see before a commit is what the job reads after it."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest

from sync.domain.table import Cell, CellError
from sync.workspace.local import LocalWorkspace
from tests.local.office import by_hand, column, looked_at, part_of, register, rewrite

SHEET = "xl/worksheets/sheet1.xml"

FORMULAS: list[tuple[bytes, Cell]] = [
    (b"<f>TIME(9,30,0)</f><v>0.39583333333333331</v>", 0.3958333333333333),
    (b"<f>1+1</f><v>2</v>", 2),
    (b'<f>"a"&amp;"b &lt;"</f><v>ab &lt;</v>', "ab <"),
    (b"<f>TRUE()</f><v>1</v>", True),
    (b"<f>1/0</f><v>#DIV/0!</v>", CellError("#DIV/0!")),
    (b'<f t="array" ref="AG2">SUM(1,2)</f><v>3</v>', 3),
    (b'<f t="shared" ref="AG2:AG2" si="0">5</f><v>5</v>', 5),
    (b'<f>""</f><v></v>', None),
    (b"<f>NOW()</f>", None),
]
TYPES = {str: b"str", bool: b"b", CellError: b"e", type(None): b"str"}


def put_formula(book: Path, formula: bytes, value: Cell) -> None:
    kind = TYPES.get(type(value), b"n")
    cell = b'<c r="AG2" t="%s">%s</c>' % (kind, formula)
    rewrite(book, {SHEET: lambda xml: xml.replace(b"</row></sheetData>", cell + b"</row></sheetData>")})


@pytest.mark.parametrize(("formula", "value"), FORMULAS)
def test_a_formula_reads_the_same_after_commits(
    workspace: LocalWorkspace, book: Path, formula: bytes, value: Cell
) -> None:
    """Of every type, after two commits; and it still is a formula."""
    register(workspace, "Siti")
    put_formula(book, formula, value)
    assert column(workspace, "Keterangan") == [value]

    register(workspace, "Budi", start=2)
    register(workspace, "Ani", start=3)

    assert column(workspace, "Keterangan") == [value, None, None]
    assert looked_at(book)["Agenda"]["AG2"].data_type == "f"


def test_a_time_under_a_time_format_reads_as_one(workspace: LocalWorkspace, book: Path) -> None:
    """What staff wrote as =TIME(9,30,0)."""
    register(workspace, "Siti")
    with by_hand(book) as workbook:
        workbook["Agenda"]["P2"] = "=TIME(9,30,0)"
        workbook["Agenda"]["P2"].number_format = "hh:mm"
    rewrite(book, {SHEET: lambda xml: xml.replace(b"TIME(9,30,0)</f><v></v>", b"TIME(9,30,0)</f><v>0.395833333</v>")})
    assert column(workspace, "Diarahkan") == [time(9, 30)]

    register(workspace, "Budi", start=2)

    assert column(workspace, "Diarahkan") == [time(9, 30), None]


def test_other_tabs_keep_theirs(workspace: LocalWorkspace, book: Path) -> None:
    """Also tabs the job knows nothing of."""
    with by_hand(book) as workbook:
        workbook.create_sheet("Tab Kami")["B3"] = "=COUNTA(Agenda!A:A)"
    rewrite(
        book,
        {
            "xl/worksheets/sheet8.xml": lambda xml: xml.replace(b"</f><v></v>", b"</f><v>41</v>"),
            "xl/workbook.xml": lambda xml: xml.replace(b' fullCalcOnLoad="1"', b""),
        },
    )
    assert looked_at(book, data_only=True)["Tab Kami"]["B3"].value == 41

    register(workspace, "Siti")

    assert looked_at(book, data_only=True)["Tab Kami"]["B3"].value == 41
    assert looked_at(book)["Tab Kami"]["B3"].value == "=COUNTA(Agenda!A:A)"
    assert b'fullCalcOnLoad="1"' in part_of(book, "xl/workbook.xml")


def test_a_formula_that_the_job_overwrites_is_gone(workspace: LocalWorkspace, book: Path) -> None:
    """Its value too."""
    with by_hand(book) as workbook:
        workbook["Agenda"]["D2"] = "=1+1"
        workbook["Agenda"]["D2"].number_format = "0"

    register(workspace, "Siti")

    assert column(workspace, "Nama Lengkap") == ["Siti"]
