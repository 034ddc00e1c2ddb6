"""Every change carried out by the patcher and by the writer of 0.1: the same cells. ``python -m tests.local.compare``.

``--size full`` compares 5,000 books; each has a number, and ``--only NUMBER`` repeats it.
"""

from __future__ import annotations

import argparse
import io
import warnings
import zipfile
from random import Random
from typing import Any

import openpyxl

from sync.domain.table import Change
from sync.errors import AgendaError, UnsupportedContent
from sync.workspace.local.patch import patched
from sync.workspace.local.read import opened
from tests.contract.layout import a_layout
from tests.local.generated import TABS, by_openpyxl, by_xlsxwriter, otherwise_written, some_changes
from tests.local.oracle import book_edit, book_read

SIZES = {"small": 150, "full": 5_000}


def compared(number: int) -> str:
    """Make book and changes of that number, and compare; return what became of it, for the count."""
    chance = Random(number)
    make = chance.choice([by_openpyxl, by_xlsxwriter])
    book, keys = make(chance)
    book = otherwise_written(chance, book)
    return check(book, some_changes(chance, keys))


def check(book: bytes, changes: list[Change]) -> str:
    """Carry out ``changes`` both ways.

    Raises:
        AssertionError: they differ, or a part changed that nothing named.
    """
    tabs = [*TABS, "Tab Kami"]
    before = opened("book", book)
    assert before.tables(tabs) == book_read.read_tables("book", book, tabs), "read otherwise"
    old: bytes | AgendaError
    said: AgendaError | None
    try:
        old = book_edit.edited_book("book", book, changes, a_layout())
    except AgendaError as error:
        old = error
    try:
        new = patched(before, changes, a_layout())
    except AgendaError as error:
        if isinstance(old, UnsupportedContent):
            return "refused by both"
        said = error
    else:
        said = None
    if said is not None:
        assert repr(said) == repr(old), f"{said!r} instead of {old!r}"
        return type(said).__name__
    assert_only_named(book, new.content, changes)
    tables = book_read.read_tables("book", new.content, tabs)
    assert new.tables(tabs) == tables, "what was derived is not what stands there"
    assert opened("book", new.content).tables(tabs) == tables, "read otherwise after the change"
    if isinstance(old, UnsupportedContent):
        return "only the patcher"
    assert isinstance(old, bytes), f"done where {old!r} was said"
    assert tables == book_read.read_tables("book", old, tabs), "other cells"
    assert cells(new.content) == cells(old), "other formulas or links"
    return "the same"


def assert_only_named(before: bytes, after: bytes, changes: list[Change]) -> None:
    """Every part that no change names is what it was, to the byte."""
    named = {change.tab for change in changes}
    book = opened("book", before)
    parts = {sheet.part for sheet in book.tabs if sheet.name in named}
    parts |= {part.replace("worksheets/", "worksheets/_rels/") + ".rels" for part in parts}
    for sheet in book.tabs:
        if sheet.name in named:
            parts |= {r.target for r in book.package.relations(sheet.part) if r.kind == "table"}
    whole = {
        "xl/workbook.xml",
        "xl/styles.xml",
        "xl/calcChain.xml",
        "xl/_rels/workbook.xml.rels",
        "[Content_Types].xml",
    }
    old, new = checksums(before), checksums(after)
    changed = {name for name in {*old, *new} if old.get(name) != new.get(name)}
    assert changed <= parts | whole, f"changed too: {sorted(changed - parts - whole)}"


def checksums(book: bytes) -> dict[str, int]:
    with zipfile.ZipFile(io.BytesIO(book)) as package:
        assert package.testzip() is None
        return {info.filename: info.CRC for info in package.infolist()}


def cells(book: bytes) -> dict[str, dict[str, Any]]:
    """Formulas, links and whether a number is a date, of every cell, as openpyxl reads them."""
    workbook: Any = openpyxl.load_workbook(io.BytesIO(book))
    return {
        sheet.title: {
            cell.coordinate: (
                str(getattr(cell.value, "text", cell.value)) if cell.data_type == "f" else None,
                (cell.hyperlink.target, cell.hyperlink.location) if cell.hyperlink else None,
                cell.is_date,
            )
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None or cell.hyperlink
        }
        for sheet in workbook.worksheets
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="small")
    parser.add_argument("--only", type=int)
    parser.add_argument("--first", type=int, default=0)
    options = parser.parse_args()
    warnings.simplefilter("ignore")  # of openpyxl, on what it drops
    numbers = range(options.first, options.first + SIZES[options.size]) if options.only is None else [options.only]
    outcomes: dict[str, int] = {}
    failed = 0
    for number in numbers:
        try:
            outcome = compared(number)
        except AssertionError as error:
            if options.only is not None:
                raise
            failed += 1
            print(f"book {number}: {str(error)[:300]}", flush=True)
            continue
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
        if sum(outcomes.values()) % 250 == 0:
            print(f"after book {number}: {outcomes}", flush=True)
    print(f"{len(numbers)} books, {failed} differ; {outcomes}")
    raise SystemExit(bool(failed))


if __name__ == "__main__":
    main()
