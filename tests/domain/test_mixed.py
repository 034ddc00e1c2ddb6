"""Rows that hold each other's cells are told, whatever was done; and nothing else is."""

from __future__ import annotations

from datetime import datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.domain.memory import REMEMBERED, Fate, canonical, digest, read_memory, seen, write_memory
from sync.domain.table import Cell, CellError
from sync.domain.tabs import AgendaCells
from tests.domain.mixing import LISTED, MOMENTS, OWN, SAME, Desk, blank, clock, moved, number, visit

ROWS = 8


# The first law: every rearrangement of a part of the columns is told.


@given(data=st.data())
@settings(deadline=None)
def test_every_permutation_of_cells_in_a_part_of_the_columns_is_told(data: st.DataObject) -> None:
    """Each row that holds another's cell names the number it belongs to, whatever else moved along."""
    desk = Desk.of(ROWS)
    rows = data.draw(st.lists(st.integers(0, ROWS - 1), min_size=2, max_size=ROWS, unique=True))
    names = data.draw(st.lists(st.sampled_from(OWN), min_size=1, max_size=len(OWN), unique=True))
    along = data.draw(st.lists(st.sampled_from(LISTED), unique=True))
    order = data.draw(st.permutations(rows))
    before = list(desk.rows)
    for name in [*names, *along]:
        for target, source in zip(rows, order, strict=True):
            desk.type(target, name, getattr(before[source], name))

    told = desk.look()

    for target, source in zip(rows, order, strict=True):
        if source != target:
            shown = moved(told, target)
            assert {name: shown.get(name) for name in names} == dict.fromkeys(names, number(source))
    assert set(told) == {number(target) for target, source in zip(rows, order, strict=True) if source != target}


@given(data=st.data())
@settings(deadline=None)
def test_every_column_may_have_an_order_of_its_own(data: st.DataObject) -> None:
    desk = Desk.of(ROWS)
    before = list(desk.rows)
    expected: dict[tuple[int, str], str] = {}
    for name in data.draw(st.lists(st.sampled_from(OWN), min_size=1, max_size=5, unique=True)):
        order = data.draw(st.permutations(range(ROWS)))
        for target, source in enumerate(order):
            desk.type(target, name, getattr(before[source], name))
            if source != target:
                expected[target, name] = number(source)

    told = desk.look()

    assert {(row, name): moved(told, row).get(name) for row, name in expected} == expected


@given(order=st.permutations(range(ROWS)))
def test_numbers_that_change_places_leave_every_other_cell_in_the_wrong_row(order: list[int]) -> None:
    desk = Desk.of(ROWS)
    desk.put("number", [number(index) for index in order])

    told = desk.look()

    for row, index in enumerate(order):
        if index != row:
            assert set(moved(told, index).values()) == {number(row)}
            assert set(OWN) <= set(moved(told, index))


# The second law: whole rows and single corrections are nobody's mixture.

_TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=30)
_CELLS = st.none() | _TEXTS | st.times() | st.datetimes() | st.integers(0, 10**16)


@given(data=st.data())
@settings(deadline=None)
def test_no_history_of_whole_row_acts_and_new_words_is_told(data: st.DataObject) -> None:
    """Sorts of whole rows, deleted, inserted and new rows, and cells typed anew, in any order and number."""
    desk = Desk.of(ROWS)
    visits = ROWS
    for _ in range(data.draw(st.integers(1, 6))):
        for _ in range(data.draw(st.integers(0, 6))):
            act = data.draw(st.sampled_from(["sort", "delete", "insert", "type", "list", "new", "copy"]))
            row = data.draw(st.integers(0, max(0, len(desk.rows) - 1)))
            if act == "sort":
                desk.rows = data.draw(st.permutations(desk.rows))
            elif act == "delete" and desk.rows:
                del desk.rows[row]
            elif act == "insert":
                desk.rows.insert(row, AgendaCells(*[None] * len(AgendaCells._fields)))
            elif act == "copy" and desk.rows:
                desk.rows.insert(row, desk.rows[row])
            elif act == "new":
                desk.register(visit(visits))
                visits += 1
            elif act == "list" and desk.rows:
                desk.type(row, data.draw(st.sampled_from(SAME)), data.draw(st.sampled_from(["pilihan 0", "pilihan 1"])))
            elif act == "type" and desk.rows:
                typed = data.draw(_CELLS.filter(lambda cell: "milik" not in str(cell)))
                name = data.draw(st.sampled_from([name for name in OWN if name not in MOMENTS]))
                desk.type(row, name, typed)

        assert desk.look() == {}


@given(data=st.data())
@settings(deadline=None)
def test_what_is_filled_in_beside_others_is_never_told(data: st.DataObject) -> None:
    """Empty cells take anything: a telaahan copied from a similar visit, one word for ten rows, many times at once."""
    staff = REMEMBERED[REMEMBERED.index("directed") :]
    desk = Desk.of(ROWS, lambda index: visit(index) if index < 3 else blank(visit(index), *staff))
    for name in data.draw(st.lists(st.sampled_from(staff), min_size=1, unique=True)):
        for row in range(3, ROWS):
            desk.type(row, name, getattr(desk.rows[data.draw(st.integers(0, 2))], name))

    assert desk.look() == {}


# What people do, one by one.


def test_a_sorted_column_is_told_in_every_row_that_holds_anothers_cell() -> None:
    desk = Desk.of(4)
    desk.put("name", list(reversed(desk.column("name"))))

    told = desk.look()

    assert [moved(told, row) for row in range(4)] == [{"name": number(3 - row)} for row in range(4)]


@pytest.mark.parametrize("name", OWN)
def test_two_cells_that_changed_places_are_told(name: str) -> None:
    desk = Desk.of(5)
    desk.swap(1, 3, name)

    told = desk.look()

    assert (moved(told, 1), moved(told, 3)) == ({name: number(3)}, {name: number(1)})
    assert len(told) == 2


def test_the_drop_downs_of_a_told_row_are_named_as_well() -> None:
    desk = Desk.of(4)
    desk.swap(0, 1, "summary", "officer", "room")

    assert moved(desk.look(), 0) == {"summary": number(1), "officer": number(1), "room": number(1)}


def test_cells_that_changed_places_are_told_though_other_rows_have_the_same() -> None:
    desk = Desk.of(6, lambda index: visit(index)._replace(cooperative=f"Koperasi Karya {index % 3}"))
    desk.swap(0, 1, "cooperative")

    assert desk.look().keys() == {number(0), number(1)}


def test_times_that_changed_places_are_told_though_other_days_have_the_same() -> None:
    desk = Desk.of(6, lambda index: visit(index)._replace(consultation_start=clock(9, 5 * (index % 3))))
    desk.swap(0, 1, "consultation_start")

    assert desk.look().keys() == {number(0), number(1)}


def test_drop_downs_alone_are_no_evidence() -> None:
    """An officer exchanged between two rows, or a whole column of them sorted."""
    desk = Desk.of(6)
    desk.put("officer", sorted(map(str, desk.column("officer"))))
    desk.swap(0, 1, "room", "topic")

    assert desk.look() == {}


@pytest.mark.parametrize("name", ["name", "phone", "advice", "consultation_start", "registered_at"])
def test_a_cell_deleted_with_shift_up_is_told_from_there_on(name: str) -> None:
    desk = Desk.of(6)
    desk.shift_up(2, name)

    told = desk.look()

    assert [moved(told, row).get(name) for row in range(6)] == [None, None, number(3), number(4), number(5), number(4)]
    assert told[number(5)][0].fate is Fate.LOST


def test_a_shift_up_at_the_end_is_told_though_one_cell_only_moved() -> None:
    desk = Desk.of(6)
    desk.shift_up(4, "name")

    told = desk.look()

    assert (moved(told, 4), told[number(5)][0].fate) == ({"name": number(5)}, Fate.LOST)


def test_a_cell_inserted_with_shift_down_is_told_to_the_last_row_and_beyond() -> None:
    """The last cell lands in a row that has no number."""
    desk = Desk.of(5)
    desk.shift_down(3, "name", "advice")

    told = desk.look()

    assert moved(told, 4) == {"name": number(3), "advice": number(3)}
    assert moved(told, 3) == {"name": number(4), "advice": number(4)}
    assert {item.number for item in told[""]} == {number(4)}


def test_a_cell_dragged_into_another_row_is_told_in_both() -> None:
    desk = Desk.of(4, lambda index: visit(index) if index != 2 else blank(visit(index), "advice"))
    desk.type(2, "advice", desk.rows[1].advice)
    desk.type(1, "advice", None)

    told = desk.look()

    assert (moved(told, 2), moved(told, 1)) == ({"advice": number(1)}, {"advice": number(2)})


def test_a_block_pasted_one_row_off_is_told_though_its_source_keeps_it() -> None:
    desk = Desk.of(4)
    desk.paste(1, 2, "problem", "facts", "officer")

    assert desk.look().keys() == {number(2)}
    assert moved(desk.look(), 2) == {"problem": number(1), "facts": number(1), "officer": number(1)}


def test_a_single_cell_that_equals_anothers_is_no_evidence() -> None:
    desk = Desk.of(4)
    desk.paste(1, 2, "cooperative")

    assert desk.look() == {}


@pytest.mark.parametrize("error", [CellError("#REF!"), "#N/A"])
def test_a_formulas_error_where_there_was_content_is_told(error: Cell) -> None:
    desk = Desk.of(3)
    desk.type(1, "name", error)

    told = desk.look()

    assert [(item.field, item.fate) for item in told[number(1)]] == [("name", Fate.BROKEN)]


def test_numbers_deleted_with_shift_up_are_told() -> None:
    desk = Desk.of(5)
    desk.shift_up(1, "number")

    told = desk.look()

    assert set(moved(told, 2).values()) == {number(1)}
    assert set(moved(told, 4).values()) == {number(3)}


def test_corrected_times_that_coincide_are_no_evidence() -> None:
    """09.30 becomes 10.00 here, while what was 10.00 there becomes 10.15."""
    desk = Desk.of(4)
    for row, minute in enumerate((0, 15, 30, 45)):
        desk.type(row, "consultation_start", clock(9, minute))
    desk.look()

    desk.type(0, "consultation_start", clock(9, 15))
    desk.type(1, "consultation_start", clock(9, 50))

    assert desk.look() == {}


def test_a_fill_down_is_no_mixture() -> None:
    desk = Desk.of(6)
    for row in range(1, 6):
        desk.paste(0, row, "advice")
        desk.paste(0, row, "officer")

    assert desk.look() == {}


def test_a_time_dragged_down_with_increment_is_new_words() -> None:
    desk = Desk.of(5)
    desk.put("consultation_start", [clock(14 + row, 7) for row in range(5)])

    assert desk.look() == {}


def test_cells_moved_out_of_a_cancelled_row_are_told() -> None:
    desk = Desk.of(4)
    desk.type(1, "remarks", "BATAL, pemohon pulang")
    desk.look()
    desk.swap(1, 2, "remarks")

    assert moved(desk.look(), 2) == {"remarks": number(1)}


def test_whole_rows_that_move_meanwhile_change_nothing() -> None:
    desk = Desk.of(5)
    desk.swap(0, 4, "analysis")
    desk.rows.reverse()

    assert set(desk.look()) == {number(0), number(4)}


def test_a_new_visitor_in_between_is_not_concerned() -> None:
    desk = Desk.of(4)
    desk.swap(0, 1, "name")
    desk.register(visit(9))

    assert set(desk.look()) == {number(0), number(1)}


def test_a_row_deleted_in_between_still_has_its_cells_named() -> None:
    desk = Desk.of(5)
    cells = desk.column("name")
    desk.put("name", [*cells[1:], cells[0]])
    del desk.rows[2]

    told = desk.look()

    assert moved(told, 1) == {"name": number(2)}


def test_two_cells_that_changed_places_are_told_though_one_row_is_deleted_since() -> None:
    desk = Desk.of(5)
    desk.swap(1, 2, "name")
    del desk.rows[2]

    assert moved(desk.look(), 1) == {"name": number(2)}


def test_two_cells_that_changed_places_are_told_though_one_row_was_copied_since() -> None:
    """Of a number that stands twice no document is made; but of the row that has got its cell one would be."""
    desk = Desk.of(5)
    desk.swap(1, 2, "name")
    desk.rows.append(desk.rows[2])

    assert moved(desk.look(), 1) == {"name": number(2)}


def test_a_row_copied_and_typed_over_is_no_mixture() -> None:
    desk = Desk.of(5)
    desk.rows.append(desk.rows[2])
    desk.type(2, "name", "Nama Yang Baru")

    assert desk.look() == {}


# What is told stays told.


def test_a_mixture_stays_told_whatever_happens_elsewhere() -> None:
    """Another visitor of the same name, or a correction in the row that the cell came from, does not settle it."""
    desk = Desk.of(4)
    desk.swap(0, 1, "name")
    first = desk.look()
    desk.register(visit(7)._replace(name=visit(0).name))
    desk.register(visit(8)._replace(name=visit(1).name))
    desk.look()
    desk.type(3, "name", "Nama yang lain sama sekali")

    assert desk.look() == first == desk.look()


def test_a_second_mixture_of_the_same_column_is_told_against_what_was_right() -> None:
    desk = Desk.of(4)
    desk.swap(0, 1, "name")
    desk.look()
    desk.swap(1, 2, "name")

    told = desk.look()

    assert [moved(told, row).get("name") for row in range(3)] == [number(1), number(2), number(0)]


def test_a_rearranged_column_is_told_in_every_row_though_many_have_the_same_words() -> None:
    """What some cells held is gone: the rows it stood in are in no circle, and hold another's all the same."""
    desk = Desk.of(12)
    words = ["perkara sulit", "biaya rapat", "akta lama", "biaya rapat", "akta lama", "perkara sulit"] * 2
    desk.put("advice", words)
    desk.look()
    column = [f"rumus {row}" if word == "akta lama" else word for row, word in enumerate([*words[3:], *words[:3]])]
    desk.put("advice", column)

    told = desk.look()

    assert {row for row in range(12) if moved(told, row)} == {
        row for row in range(12) if column[row] in words and column[row] != words[row]
    }


def test_what_a_deleted_row_left_in_the_next_one_is_told_with_the_rest_of_the_column() -> None:
    desk = Desk.of(ROWS)
    desk.type(5, "advice", None)
    desk.look()
    desk.shift_down(1, "advice")
    del desk.rows[4]

    told = desk.look()

    assert moved(told, 5) == {"advice": number(4)}


def test_cells_put_back_by_hand_are_no_longer_told() -> None:
    desk = Desk.of(4)
    desk.swap(0, 1, "name")
    desk.look()
    desk.swap(0, 1, "name")

    assert desk.look() == {}
    assert desk.compare().memories == {}


def test_a_told_cell_typed_anew_is_a_correction() -> None:
    desk = Desk.of(4)
    desk.swap(0, 1, "name")
    desk.look()
    desk.type(0, "name", "Nama yang benar")

    told = desk.look()

    assert (moved(told, 0), moved(told, 1)) == ({}, {"name": number(0)})


def test_other_cells_of_a_told_row_go_on_being_remembered() -> None:
    desk = Desk.of(4)
    desk.swap(0, 1, "name")
    desk.look()
    desk.type(0, "advice", "Saran yang baru diketik")
    desk.look()
    desk.swap(0, 2, "advice")

    assert moved(desk.look(), 2) == {"advice": number(0)}


def test_an_accepted_row_is_taken_as_it_stands_and_no_other() -> None:
    desk = Desk.of(4)
    desk.swap(0, 1, "name")

    told = desk.look(accepted=[number(0)])

    assert set(told) == {number(1)}
    assert set(desk.look()) == {number(1)}
    assert desk.look(accepted=[number(1)]) == {}
    assert desk.look() == {}


def test_the_first_run_after_an_upgrade_only_remembers() -> None:
    desk = Desk.of(4)
    desk.ledger = dict.fromkeys(desk.ledger, "")
    desk.swap(0, 1, "name", "advice")

    assert desk.look() == {}
    assert desk.compare().memories == {}


# What is remembered.


def test_nothing_is_written_for_rows_that_nobody_touched() -> None:
    assert Desk.of(5).compare().memories == {}


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [
        ("phone", "081298187479", 81298187479),
        ("phone", "0812-9818-7479", "+62 812 9818 7479"),
        ("consultation_start", "09.30", time(9, 30)),
        ("consultation_start", 0.39583333333333331, time(9, 30)),
        ("consultation_start", datetime(1899, 12, 30, 9, 30), "pukul 9:30 WIB"),
        ("consultation_start", "24/11/2026 09.30", datetime(2026, 11, 24, 9, 30)),
        ("consultation_start", 46350.395833333336, datetime(2026, 11, 24, 9, 29, 59, 999_997)),
        ("advice", " satu  dua\n", "satu dua"),
        ("advice", 17.0, "17"),
        ("advice", None, "  "),
    ],
)
def test_the_same_content_is_remembered_the_same_whatever_program_stored_it(
    name: str, first: Cell, second: Cell
) -> None:
    assert digest(canonical(name, first)) == digest(canonical(name, second))


def test_a_telephone_cannot_be_read_back() -> None:
    """Many share what is kept of one, and rows that differ in no more than that are remembered the same."""
    kept: dict[str, str] = {}
    for order in range(100_000):
        phone = f"0812{order + 20_000_000:08d}"
        other = kept.setdefault(digest(canonical("phone", phone)), phone)
        if other != phone:
            break

    assert other != phone
    assert seen(visit(0)._replace(phone=phone)) == seen(visit(0)._replace(phone=other))


@given(st.builds(dict, name=_CELLS, advice=_CELLS, consultation_start=_CELLS, phone=_CELLS))
def test_a_memory_is_read_as_it_was_written(cells: dict[str, Cell]) -> None:
    memory = seen(visit(0)._replace(**cells))

    assert read_memory(write_memory(memory)) == memory


@given(st.text())
def test_a_memory_that_somebody_typed_into_is_no_memory_and_no_error(text: str) -> None:
    read_memory(text)
    read_memory(f"1:{text}")
