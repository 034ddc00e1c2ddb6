"""The agenda row a response becomes: its answers as they were given, and nothing else."""

from __future__ import annotations

from sync.domain.cells import national_phone, read_phone, read_text
from sync.domain.clean import clean
from sync.domain.registration import NewRegistration
from sync.domain.table import Cell, CellError
from sync.domain.tabs import AgendaCells, ResponseCells

_ANSWERS = ResponseCells._fields[1:]


def new_agenda_cells(registration: NewRegistration) -> AgendaCells:
    """Return the row: number, moment, then the answers.

    A moment keeps its kind of cell. A phone becomes text, its lost leading zero put back. Other answers are text as
    typed, without the characters no file can hold (a finding says so).
    """
    answers = registration.response.cells
    cells: dict[str, Cell] = dict.fromkeys(AgendaCells._fields)
    for field in _ANSWERS:
        cells[field] = _answer(field, getattr(answers, field))
    cells["number"] = registration.number
    cells["registered_at"] = registration.moment
    return AgendaCells(**cells)


def _answer(field: str, cell: Cell) -> Cell:
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    if field == "phone" and not isinstance(cell, str):
        phone = read_phone(cell)
        return national_phone(phone) if phone else read_text(cell)
    if field == "arrived" and not isinstance(cell, str | CellError):
        return cell
    return clean(cell) if isinstance(cell, str) else clean(read_text(cell))
