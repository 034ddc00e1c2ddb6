"""Where ``values.append`` finds a table.

https://developers.google.com/workspace/sheets/api/guides/values#append_values gives the rule by examples: a table is
a block of touching filled cells; of several tables in the range the last counts; a single cell counts for the table
it lies in; no table, and the values go to the range's first cell. Recorded: ``v1``, blank, ``v3`` in row 1 are *two*
tables for the range ``Sheet1``, and the second append then starts in column C.
"""

from __future__ import annotations

from tests.google.sheets.areas import Area
from tests.google.sheets.model import Sheet, filled


def find(sheet: Sheet, within: Area) -> Area | None:
    """The last table that meets ``within``: the lowest, of equally low ones the rightmost."""
    blocks = [block for block in _blocks(sheet) if block.overlaps(within)]
    return max(blocks, key=lambda block: (block.bottom, block.right), default=None)


def _runs(columns: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for column in columns:
        if runs and runs[-1][1] == column:
            runs[-1] = (runs[-1][0], column + 1)
        else:
            runs.append((column, column + 1))
    return runs


def _blocks(sheet: Sheet) -> list[Area]:
    """Bounding boxes of filled cells that touch, corners included; boxes that come to touch are one block."""
    closed: list[Area] = []
    open_blocks: list[Area] = []
    for index, row in enumerate(sheet.rows):
        if not row.cells:
            closed.extend(open_blocks)
            open_blocks = []
            continue
        runs = _runs(sorted(column for column, cell in row.cells.items() if filled(cell)))
        fresh = [Area(sheet.sheet_id, index, index + 1, left, right) for left, right in runs]
        joined = _join([*open_blocks, *fresh])
        open_blocks = [block for block in joined if block.bottom == index + 1]
        closed.extend(block for block in joined if block.bottom != index + 1)
    return _join([*closed, *open_blocks])


def _touch(a: Area, b: Area) -> bool:
    return a.top <= b.bottom and b.top <= a.bottom and a.left <= b.right and b.left <= a.right


def _join(blocks: list[Area]) -> list[Area]:
    result: list[Area] = []
    for block in blocks:
        while (other := next((entry for entry in result if _touch(entry, block)), None)) is not None:
            result.remove(other)
            block = Area(
                block.sheet_id,
                min(block.top, other.top),
                max(block.bottom, other.bottom),
                min(block.left, other.left),
                max(block.right, other.right),
            )
        result.append(block)
    return result
