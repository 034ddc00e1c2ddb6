"""Numbers and keys: highest ever given plus one, in response order; one content, one key."""

from __future__ import annotations

from datetime import datetime, time

from hypothesis import given
from hypothesis import strategies as st

from sync.domain.registration import NumberFormat, give_numbers, highest_orders, read_responses, response_key
from sync.domain.table import Cell
from tests import build

FORM = NumberFormat("KONS", 4)
MOMENT = datetime(2026, 11, 2, 8, 26, 5)


@given(st.lists(st.datetimes(datetime(2024, 1, 1), datetime(2029, 1, 1)), unique=True), st.dictionaries(
    st.integers(2024, 2029), st.integers(1, 99_999)))  # fmt: skip
def test_numbers_continue_each_year_without_gap_or_double(moments: list[datetime], highest: dict[int, int]) -> None:
    """Per calendar year of the response, from the highest ever given on, in response order."""
    responses = read_responses([build.response_cells(timestamp=moment) for moment in moments], build.WIB)

    given_numbers = give_numbers(responses, highest, FORM, build.NOW)

    assert [item.moment for item in given_numbers] == sorted(item.moment for item in given_numbers)
    by_year: dict[int, list[int]] = {}
    for item in given_numbers:
        year, order = FORM.read(item.number) or (0, 0)
        assert year == item.moment.year
        by_year.setdefault(year, []).append(order)
    for year, orders in by_year.items():
        first = highest.get(year, 0) + 1
        assert orders == list(range(first, first + len(orders)))


@given(st.integers(1, 9999), st.integers(1, 10_000_000))
def test_a_written_number_reads_back(year: int, order: int) -> None:
    """More digits than planned are no obstacle."""
    assert FORM.read(FORM.write(year, order)) == (year, order)


def test_numbers_of_other_forms_do_not_count() -> None:
    """Another prefix, too few digits, or something typed is no number of ours."""
    numbers = ["KONS-2026-0007", "KONS-2026-12", "LAIN-2026-0099", "", "KONS-2026-0007x"]

    assert highest_orders(numbers, FORM) == {2026: 7}


def _key(**fields: Cell) -> str:
    return response_key(build.response_cells(**fields), MOMENT)


def test_the_same_answers_have_the_same_key_however_they_are_stored() -> None:
    """As a form's sheet, an Excel file and an exported CSV store them."""
    same = {
        _key(),
        _key(phone=81298187479),
        _key(phone="+62 812-9818-7479"),
        _key(arrived="08:25"),
        _key(arrived="08.25"),
        _key(arrived=0.3506944444),
        _key(arrived=datetime(2026, 11, 2, 8, 25)),
        _key(name="  Petrus   Santoso "),
        _key(email="petrus@contoh.id\u00a0"),
    }

    assert len(same) == 1


def test_a_question_added_to_the_form_changes_no_key_while_it_is_unanswered() -> None:
    """An empty answer counts like a question never asked."""
    assert _key(email=None) == _key(email="") != _key()


def test_other_answers_have_another_key() -> None:
    """Every answer counts, and so does which question it answers."""
    keys = {_key(), _key(name="Petrus"), _key(arrived=time(8, 26)), _key(summary="x"), _key(cooperative="x")}

    assert len(keys) == 5
    assert _key(service="Lainnya", topic="Pengaduan") != _key(service="Pengaduan", topic="Lainnya")
