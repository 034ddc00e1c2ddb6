"""Moved cells go back to their numbers, and never over what somebody typed since."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sync.domain.registration import Response
from sync.domain.table import CellError
from sync.domain.tabs import AgendaCells
from tests import build
from tests.domain.mixing import LISTED, OWN, Desk, blank, number, visit

ROWS = 7


@given(data=st.data())
@settings(deadline=None)
def test_whatever_moved_between_rows_goes_back(data: st.DataObject) -> None:
    """Seen by a run meanwhile or not, however many columns, each in its own order, drop-downs along."""
    desk = Desk.of(ROWS, lambda index: visit(index) if index % 3 else blank(visit(index), "advice", "disposition"))
    before = list(desk.rows)
    names = data.draw(st.lists(st.sampled_from(OWN), min_size=1, max_size=6, unique=True))
    order = data.draw(st.permutations(range(ROWS)))
    for name in [*names, *data.draw(st.lists(st.sampled_from(LISTED), unique=True))]:
        own = data.draw(st.permutations(range(ROWS))) if name in names and data.draw(st.booleans()) else order
        for target, source in enumerate(own):
            desk.type(target, name, getattr(before[source], name))
    for _ in range(data.draw(st.integers(0, 2))):
        desk.look()

    unmixing = desk.unmix()

    assert unmixing.left == ()
    for name in names:
        assert desk.column(name) == [getattr(cells, name) for cells in before]
    assert desk.look() == {}


@given(order=st.permutations(range(ROWS)), seen=st.booleans())
def test_numbers_go_back_to_the_rows_whose_content_is_theirs(order: list[int], seen: bool) -> None:
    """Not the cells: what else stands in a row, the office's own columns, its colours, stays with them."""
    desk = Desk.of(ROWS)
    before = list(desk.rows)
    desk.put("number", [number(index) for index in order])
    if seen:
        desk.look()

    unmixing = desk.unmix()

    assert desk.rows == before
    assert not unmixing.cells


def test_numbers_pushed_up_or_down_go_back() -> None:
    for push in (Desk.shift_up, Desk.shift_down):
        desk = Desk.of(ROWS)
        before = list(desk.rows)
        push(desk, 2, "number")
        desk.look()
        desk.unmix()

        assert [row for row in desk.rows if any(row)] == before


def test_a_number_filled_down_goes_back_too() -> None:
    desk = Desk.of(ROWS)
    before = list(desk.rows)
    for row in (3, 4, 5):
        desk.type(row, "number", number(2))
    desk.look()

    desk.unmix()

    assert desk.rows == before


def test_cells_pushed_up_or_down_go_back() -> None:
    for push in (Desk.shift_up, Desk.shift_down):
        desk = Desk.of(ROWS)
        before = list(desk.rows)
        push(desk, 2, "phone", "advice", "consultation_start")
        desk.look()
        desk.unmix()
        rows = [row for row in desk.rows if any(row)]

        if push is Desk.shift_down:
            assert rows == before
        else:
            assert rows[3:] == before[3:]
            assert rows[2] == blank(before[2], "phone", "advice", "consultation_start")


def _response(index: int, cells: AgendaCells) -> Response:
    answers = build.response_cells(name=cells.name, phone=cells.phone, summary=cells.summary)
    return Response(index, f"kunci-{number(index)}", build.NOW, answers)


def test_an_answer_that_was_overwritten_comes_from_the_response_and_the_rest_is_named() -> None:
    desk = Desk.of(4)
    before = list(desk.rows)
    desk.paste(1, 2, "name", "summary", "advice")
    desk.look()

    unmixing = desk.unmix([_response(2, before[2])])

    assert desk.rows[2] == blank(before[2], "advice")
    assert [(item.number, item.field) for item in unmixing.left] == [(number(2), "advice")]
    assert {item.source for item in unmixing.cells} == {""}


def test_a_broken_cell_comes_from_where_its_content_went_or_from_the_response() -> None:
    desk = Desk.of(3)
    before = list(desk.rows)
    desk.type(1, "name", CellError("#REF!"))
    desk.look()

    desk.unmix([_response(1, before[1])])

    assert desk.rows == before


def test_a_cell_typed_since_is_not_overwritten() -> None:
    desk = Desk.of(4)
    before = list(desk.rows)
    desk.swap(0, 1, "advice")
    desk.look()
    desk.type(0, "advice", "Saran yang diketik kemudian")

    unmixing = desk.unmix()

    assert desk.rows[0].advice == "Saran yang diketik kemudian"
    assert desk.rows[1].advice == before[0].advice, "and nothing of what has no other place is lost"
    assert [item.number for item in unmixing.left] == [number(1)]


def test_what_belongs_to_a_deleted_row_stays_until_that_one_is_back() -> None:
    desk = Desk.of(4)
    before = list(desk.rows)
    desk.swap(0, 1, "advice", "facts")
    desk.look()
    del desk.rows[0]

    unmixing = desk.unmix()

    assert desk.rows[0].advice == before[0].advice
    assert {item.number for item in unmixing.left} == {number(1)}


def test_nothing_is_done_where_nothing_is_mixed() -> None:
    desk = Desk.of(4)
    desk.type(1, "advice", "Saran yang baru")
    unmixing = desk.unmix()

    assert (unmixing.renumbered, unmixing.cells, unmixing.left, dict(unmixing.writes)) == ((), (), (), {})
