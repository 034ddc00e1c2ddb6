"""Did every row that was written hold still? The answer of the batch itself says so; nothing else has to be asked.

A batch names rows and columns by index. People who sort or move between read and write cost nobody's data here: the
answer carries the header row and the number of every row that was written, and the whole of a row without a number,
which is known by nothing but what stands in it. Where they are not what they were,
:mod:`sync.workspace.google.repair` puts it right.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sync.domain.cells import read_text
from sync.domain.table import Cell, header_key
from sync.workspace.google.draft import Written
from sync.workspace.google.grid import BookState, Grid
from sync.workspace.google.sheets import column_letters, quoted
from sync.workspace.google.snapshot import read_areas

ANSWER_FIELDS = (
    "updatedSpreadsheet(sheets(properties(sheetId,title),data(startRow,startColumn,rowData(values(effectiveValue)))))"
)
_MOST_RANGES = 40
_GAP = 25
"""Rows between two written ones that are cheaper to ask for than to leave out."""


def answer_ranges(before: BookState, written: Sequence[Written]) -> list[str]:
    """Return what the answer has to carry: each touched tab's header row, and what rows that were there are known by.

    That is the key column, and for a row without a key all columns.
    """
    ranges = [f"{quoted(tab)}!1:1" for tab in dict.fromkeys(row.tab for row in written)]
    by_columns: dict[tuple[str, int, int], list[int]] = {}
    for row in written:
        if row.key_column is not None:
            columns = (row.key_column, row.key_column) if row.key else (0, len(before.grids[row.tab].headers) - 1)
            by_columns.setdefault((row.tab, *columns), []).append(row.row)
    for (tab, left, right), rows in by_columns.items():
        spans = _spans(sorted(set(rows)))
        if len(spans) > _MOST_RANGES:
            spans = [(spans[0][0], spans[-1][1])]
        from_column, to_column = column_letters(left), column_letters(right)
        ranges += [f"{quoted(tab)}!{from_column}{first + 1}:{to_column}{last + 1}" for first, last in spans]
    return ranges


def _spans(rows: Iterable[int]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for row in rows:
        if spans and row - spans[-1][1] <= _GAP:
            spans[-1] = (spans[-1][0], row)
        else:
            spans.append((row, row))
    return spans


def held_still(before: BookState, written: Sequence[Written], answer: Mapping[str, Any]) -> bool:
    """Tell, from the batch's answer, whether all rows and columns were where the batch took them to be.

    An answer without the cells that were asked for proves nothing.
    """
    sheets = {
        sheet["properties"].get("title"): sheet for sheet in answer.get("updatedSpreadsheet", {}).get("sheets", ())
    }
    seen = {tab: read_areas(sheet.get("data", ()))[0] for tab, sheet in sheets.items()}
    touched: dict[tuple[str, int], set[int]] = {}
    for row in written:
        touched.setdefault((row.tab, row.row), set()).update(row.values)
    for row in written:
        cells = seen.get(row.tab)
        if cells is None or not _headers_stand(before.grids[row.tab], row, cells.get(0, {})):
            return False
        if row.key_column is None:
            continue
        found = cells.get(row.row, {})
        if read_text(found.get(row.key_column)) != row.key:
            return False
        if not row.key and not _is_as_read(before.grids[row.tab], row.row, found, touched[row.tab, row.row]):
            return False
    return True


def _is_as_read(grid: Grid, row: int, found: Mapping[int, Cell], touched: Collection[int]) -> bool:
    """Tell whether a row without a number holds, beside what was written, what it held: at least half of it.

    Not all of it: formulas of staff may show something else by now. Were it another row after all, of nearly the same
    words, the next run judges both anew.
    """
    held = grid.rows[row - 1] if row <= len(grid.rows) else ()
    texts = {column: text for column, cell in enumerate(held) if column not in touched and (text := read_text(cell))}
    still = sum(read_text(found.get(column)) == text for column, text in texts.items())
    if not texts:
        return not any(read_text(cell) for column, cell in found.items() if column not in touched)
    return still > 0 and still * 2 >= len(texts)


def _headers_stand(grid: Grid, row: Written, found: Mapping[int, Cell]) -> bool:
    columns = [*row.values, *([row.key_column] if row.key_column is not None else [])]
    return all(header_key(read_text(found.get(column))) == header_key(grid.headers[column]) for column in columns)


def rows_hit(written: Sequence[Written], answer: Mapping[str, Any] | None) -> dict[str, set[str]] | None:
    """Return the numbers of the rows that a batch really wrote, by tab; None where its answer does not say."""
    hit: dict[str, set[str]] = {}
    sheets = (answer or {}).get("updatedSpreadsheet", {}).get("sheets", ())
    seen = {sheet["properties"].get("title"): read_areas(sheet.get("data", ()))[0] for sheet in sheets}
    for row in written:
        if row.key_column is not None:
            if row.tab not in seen:
                return None
            hit.setdefault(row.tab, set()).add(read_text(seen[row.tab].get(row.row, {}).get(row.key_column)))
    return hit
