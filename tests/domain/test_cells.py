"""Reading one cell: every written form the design names, and nothing else."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import phonenumbers
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sync.domain.cells import UNREADABLE, is_filled, read_date, read_moment, read_phone, read_text
from sync.domain.clean import CELL_LIMIT, clean, is_clean
from sync.domain.table import Cell, CellError
from tests.build import WIB

DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("09.30", datetime(2026, 11, 24, 9, 30)),
        ("9:30", datetime(2026, 11, 24, 9, 30)),
        ("09:30:15", datetime(2026, 11, 24, 9, 30, 15)),
        ("09.30 WIB", datetime(2026, 11, 24, 9, 30)),
        ("pukul 09.30", datetime(2026, 11, 24, 9, 30)),
        ("Pukul 09.30 wib", datetime(2026, 11, 24, 9, 30)),
        ("  09.30\u00a0 ", datetime(2026, 11, 24, 9, 30)),
        ("24/11/2026 09.30", datetime(2026, 11, 24, 9, 30)),
        ("24-11-2026 09:30", datetime(2026, 11, 24, 9, 30)),
        ("3/4/2026 09.30", datetime(2026, 4, 3, 9, 30)),
        ("2026-11-24 09:30", datetime(2026, 11, 24, 9, 30)),
        ("2026-11-24T09:30", datetime(2026, 11, 24, 9, 30)),
        ("2026-11-24T09:30:15", datetime(2026, 11, 24, 9, 30, 15)),
        ("2026-11-24T09:30:00+07:00", datetime(2026, 11, 24, 9, 30)),
        ("2026-11-24T02:30:00Z", datetime(2026, 11, 24, 9, 30)),
        ("29/02/2028 09.30", datetime(2028, 2, 29, 9, 30)),
        (datetime(2026, 11, 23, 15, 0), datetime(2026, 11, 23, 15, 0)),
        (time(9, 30), datetime(2026, 11, 24, 9, 30)),
        (0, datetime(2026, 11, 24)),
        (0.395833333333333, datetime(2026, 11, 24, 9, 30)),
        (46350.395833333336, datetime(2026, 11, 24, 9, 30)),
        (46350, datetime(2026, 11, 24)),
        (20000, datetime(1954, 10, 3)),
    ],
    ids=str,
)
def test_a_moment_is_read_in_every_form_the_office_writes(cell: Cell, expected: datetime) -> None:
    """A bare time belongs to the registration's day; day before month, always."""
    assert read_moment(cell, DAY, WIB) == expected


@pytest.mark.parametrize(
    "cell",
    [
        "jam sepuluh",
        "25.70",
        "24.00",
        "9",
        9.3,
        9,
        1,
        -0.5,
        19999,
        1e20,
        True,
        "930",
        "9.3",
        "09.30.1",
        "11/24/2026 09.30",
        "31/02/2026 09.30",
        "29/02/2027 09.30",
        "24/11/26 09.30",
        "24/11/2026",
        "24-11/2026 09.30",
        "2026-11-24",
        "09.30 WITA besok",
        "9 30",
        "09.30 - 10.00",
        "=NOW()",
        CellError("#REF!"),
        date(2026, 11, 24),
    ],
    ids=str,
)
def test_anything_else_is_unreadable_and_never_guessed(cell: Cell) -> None:
    """A filled cell that holds no moment says so."""
    assert read_moment(cell, DAY, WIB) is UNREADABLE


@pytest.mark.parametrize("cell", [None, "", "   ", "\n"], ids=repr)
def test_an_empty_cell_is_no_moment(cell: Cell) -> None:
    """Nothing typed is not the same as something unreadable."""
    assert read_moment(cell, DAY, WIB) is None
    assert not is_filled(cell)


def test_without_a_day_a_bare_time_is_unreadable() -> None:
    """A row nobody registered gives its times no day."""
    assert read_moment("09.30", None, WIB) is UNREADABLE
    assert read_moment(0.5, None, WIB) is UNREADABLE
    assert read_moment(time(9, 30), None, WIB) is UNREADABLE


@example(2958465.9999999995)
@example(0.9999999999999)
@example(-1e308)
@given(st.one_of(st.text(), st.floats(), st.integers(), st.booleans(), st.times(), st.datetimes(), st.none()))
def test_no_cell_whatever_breaks_the_reading(cell: Cell) -> None:
    """Hostile or odd content is data."""
    read_moment(cell, DAY, WIB)
    read_phone(cell)
    read_date(cell)
    assert isinstance(read_text(cell), str)


@given(st.datetimes(datetime(1955, 1, 1), datetime(2099, 12, 31)))
def test_a_serial_says_the_moment_it_was_made_of(moment: datetime) -> None:
    """To the second, whatever the fraction's last digits are."""
    moment = moment.replace(microsecond=0)
    serial = (moment - datetime(1899, 12, 30)) / timedelta(days=1)

    assert read_moment(serial, DAY, WIB) == moment


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("081234567890", "+6281234567890"),
        ("+62 812-3456-7890", "+6281234567890"),
        ("62812-3456-7890", "+6281234567890"),
        (81234567890, "+6281234567890"),
        (81234567890.0, "+6281234567890"),
        (6281234567890, "+6281234567890"),
        ("0561-732690", "+62561732690"),
        (561732690, "+62561732690"),
        ("08123456", None),
        ("+1 202 555 0123", None),
        ("628123456789012", None),
        (6171015708900001.0, None),
        (812.5, None),
        (True, None),
        ("", None),
        (None, None),
        ("tidak ada", None),
    ],
    ids=str,
)
def test_a_phone_is_an_indonesian_number_or_none(cell: Cell, expected: str | None) -> None:
    """A sheet that took the leading zero does not cost anybody the number."""
    assert read_phone(cell) == expected


@given(st.from_regex(r"0[1-9][0-9]{5,14}", fullmatch=True))
def test_the_short_way_to_a_plain_number_finds_what_the_library_finds(text: str) -> None:
    """Numbers written 08… are not parsed, only checked; nothing must differ."""
    number = phonenumbers.parse(text, "ID")
    expected = f"+62{number.national_number}" if phonenumbers.is_valid_number(number) else None

    assert read_phone(text) == expected


def test_a_sixteen_digit_number_stored_as_a_float_keeps_its_digits_as_text() -> None:
    """No exponent ever reaches a document."""
    assert read_text(6171015708900001.0) == "6171015708900001"


@given(st.text(alphabet=st.characters()))
def test_cleaning_is_idempotent_and_leaves_clean_text_alone(text: str) -> None:
    """What is cleaned needs no cleaning, and text without bad characters only has its line ends unified."""
    cleaned = clean(text)

    assert clean(cleaned) == cleaned
    assert is_clean(cleaned)
    if is_clean(text) and not set(text) & set("\r\u2028\u2029\x85"):
        assert cleaned == text


@pytest.mark.parametrize("length", [CELL_LIMIT // 2, CELL_LIMIT // 2 + 1, CELL_LIMIT])
def test_an_emoji_counts_as_two(length: int) -> None:
    """Excel counts UTF-16 code units; no half of a character is left at the cut."""
    text = "\U0001f600" * length

    kept = clean(text)

    assert len(kept.encode("utf-16-le")) // 2 <= CELL_LIMIT
    assert (kept == text) is is_clean(text) is (length * 2 <= CELL_LIMIT)
    assert set(kept.removesuffix("… [dipotong]")) == {"\U0001f600"}


def test_text_longer_than_a_cell_is_cut_and_says_so() -> None:
    """Excel holds 32,767 characters; a cut must be seen."""
    cut = clean("x" * 40_000)

    assert len(cut) == CELL_LIMIT
    assert cut.endswith("[dipotong]")
