"""Cells to be written as few ``updateCells`` requests: rectangles of one mask, nothing between them touched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sync.workspace.google.cells import Part, WrittenCell

Place = tuple[int, int]
"""Row and column of a tab, both from 0; row 0 is the header."""


@dataclass(slots=True)
class _Block:
    top: int
    left: int
    part: Part
    width: int
    rows: list[list[dict[str, Any]]]


def update_requests(sheet_id: int, cells: Mapping[Place, WrittenCell]) -> list[dict[str, Any]]:
    """Return requests that write exactly ``cells`` of a tab.

    Runs of neighbours under one mask become one request, and equal runs of consecutive rows become one block.
    https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/request#UpdateCellsRequest
    """
    done: list[_Block] = []
    growing: dict[tuple[int, int, Part], _Block] = {}
    """Blocks that ended in the row before, by left edge, width and part."""
    last_row = -1
    for row, runs in _by_row(cells):
        if row != last_row + 1:
            growing = {}
        current = {}
        for left, part, values in runs:
            key = (left, len(values), part)
            block = growing.get(key)
            if block is None:
                block = _Block(row, left, part, len(values), [])
                done.append(block)
            block.rows.append(values)
            current[key] = block
        growing, last_row = current, row
    return [_request(sheet_id, block) for block in done]


def _by_row(cells: Mapping[Place, WrittenCell]) -> Iterable[tuple[int, list[tuple[int, Part, list[dict[str, Any]]]]]]:
    rows: dict[int, list[tuple[int, Part, list[dict[str, Any]]]]] = {}
    for row, column in sorted(cells):
        cell = cells[row, column]
        runs = rows.setdefault(row, [])
        if runs and runs[-1][1] is cell.part and runs[-1][0] + len(runs[-1][2]) == column:
            runs[-1][2].append(cell.data)
        else:
            runs.append((column, cell.part, [cell.data]))
    return rows.items()


def _request(sheet_id: int, block: _Block) -> dict[str, Any]:
    return {
        "updateCells": {
            "start": {"sheetId": sheet_id, "rowIndex": block.top, "columnIndex": block.left},
            "rows": [{"values": values} for values in block.rows],
            "fields": block.part.value,
        }
    }
