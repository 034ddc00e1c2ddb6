"""Answers under other headers than their own are told from corrections."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sync.domain.registration import Response
from sync.domain.shifted import is_shifted
from sync.domain.table import Cell
from sync.domain.tabs import AgendaCells, ResponseCells
from tests import build

ANSWERS = ResponseCells._fields[1:]
FIRST, LAST = AgendaCells._fields.index(ANSWERS[0]), AgendaCells._fields.index(ANSWERS[-1])
GIVEN = build.response_cells()
RESPONSE = Response(position=0, key="k" * 32, moment=build.NOW, cells=GIVEN)


def shifted(cells: list[Cell]) -> bool:
    return is_shifted(AgendaCells(*cells), RESPONSE)


@given(hole=st.integers(FIRST, LAST - 3), by=st.integers(1, 3))
def test_a_row_pasted_some_columns_off_is_told(hole: int, by: int) -> None:
    """From any column on, to the right."""
    cells: list[Cell] = list(build.agenda_cells())
    cells[hole:hole] = [None] * by

    assert shifted(cells[: len(AgendaCells._fields)])


@given(first=st.sampled_from(ANSWERS), second=st.sampled_from(ANSWERS))
def test_two_answers_that_change_places_are_a_correction(first: str, second: str) -> None:
    """A visitor typed the name where the telephone belongs; an officer put it right."""
    swapped = {first: getattr(GIVEN, second), second: getattr(GIVEN, first)}

    assert not shifted(list(build.agenda_cells(**swapped)))


@given(st.dictionaries(st.sampled_from(ANSWERS), st.none() | st.text() | st.integers() | st.times()))
def test_corrections_of_any_number_of_answers_are_no_shift(corrected: dict[str, Cell]) -> None:
    """However much of a response was wrong, new words are new words."""
    ours = {str(cell) for cell in GIVEN}
    corrected = {field: cell for field, cell in corrected.items() if str(cell).strip() not in ours}

    assert not shifted(list(build.agenda_cells(**corrected)))


def test_one_answer_in_many_columns_is_no_shift() -> None:
    """Whoever fills a word down the row by mistake has overwritten, not moved."""
    same = dict.fromkeys(ANSWERS[5:], "Sambas")

    assert not shifted(list(build.agenda_cells(**same)))
