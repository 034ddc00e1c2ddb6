"""Answers that stand under other headers than their own: a row pasted some columns off, or columns moved while it was
being written."""

from __future__ import annotations

from datetime import datetime

from sync.domain.cells import read_text
from sync.domain.newrow import new_agenda_cells
from sync.domain.registration import NewRegistration, Response
from sync.domain.tabs import AgendaCells, ResponseCells

FEWEST = 3
"""So many answers under each other's headers are no correction: somebody who puts right what a visitor mixed up, the
name and the telephone, moves two."""
_NO_MOMENT = datetime(1900, 1, 1)
_ANSWERS = ResponseCells._fields[1:]


def is_shifted(cells: AgendaCells, response: Response) -> bool:
    """Tell whether at least :data:`FEWEST` answers stand in the row, but each in the column of another one."""
    off = [
        field
        for field in _ANSWERS
        if (cell := getattr(cells, field)) != (answer := getattr(response.cells, field))
        and read_text(cell) != read_text(answer)
    ]
    if len(off) < FEWEST:
        return False
    given = new_agenda_cells(NewRegistration(read_text(cells.number), response, response.moment or _NO_MOMENT))
    shown = {field: read_text(cell) for field, cell in zip(cells._fields, cells, strict=True)}
    own = {field: read_text(cell) for field, cell in zip(given._fields, given, strict=True)}
    return sum(_is_elsewhere(field, own, shown) for field in off) >= FEWEST


def _is_elsewhere(field: str, own: dict[str, str], shown: dict[str, str]) -> bool:
    answer = own[field]
    return answer not in ("", shown[field]) and any(
        shown[other] == answer and own[other] != answer for other in shown if other != field
    )
