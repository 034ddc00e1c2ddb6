"""Day or month first: decided by the whole file and the book, asked for where they do not tell, never assumed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.domain.dateorder import DateOrder, Reading, decide_order
from sync.domain.intake import moments_of, read_lines
from sync.errors import DateOrderMixed, DateOrderUnsure, ImportUnreadable
from tests import build
from tests.domain.test_intake import ANSWERS, HEADERS, opened

NOW = datetime(2026, 11, 24, 10, 0)


def content(stamps: Sequence[str]) -> str:
    simple = [answer.replace("\n", " ").replace('"', "").replace(",", "") for answer in ANSWERS]
    return "\n".join([",".join(HEADERS), *(",".join([stamp, *simple]) for stamp in stamps)])


def decided(*stamps: str, known: DateOrder | None = None) -> Reading:
    file = opened(content(stamps))
    return decide_order(
        file.place,
        file.dates(),
        lambda order: moments_of(file, order, build.WIB),
        lambda order: 1 if order is known else 0,
        NOW,
    )


def test_a_number_over_twelve_decides_for_the_whole_file() -> None:
    assert decided("03/04/2026 08:00:00", "13/04/2026 08:00:00").order is DateOrder.DAY_FIRST
    assert decided("03/04/2026 08:00:00", "03/13/2026 08:00:00").order is DateOrder.MONTH_FIRST


def test_a_date_still_to_come_speaks_against_an_order() -> None:
    """Month-first dates of March to November, read day first, would lie in the future."""
    reading = decided("10/12/2026 08:00:00")

    assert reading.order is DateOrder.MONTH_FIRST
    assert "still to come" in reading.why
    assert decided("12/10/2026 08:00:00").order is DateOrder.DAY_FIRST


def test_the_order_of_the_rows_decides() -> None:
    """An export is in the order in which the responses came."""
    assert decided("05/03/2026 08:00:00", "04/04/2026 08:00:00", "06/04/2026 08:00:00").order is DateOrder.DAY_FIRST
    assert decided("03/05/2026 08:00:00", "04/04/2026 08:00:00", "04/06/2026 08:00:00").order is DateOrder.MONTH_FIRST


def test_what_the_book_knows_decides_before_what_is_likely() -> None:
    assert decided("10/12/2026 08:00:00", known=DateOrder.DAY_FIRST).order is DateOrder.DAY_FIRST


@pytest.mark.parametrize(
    "stamps",
    [
        ["03/04/2026 08:00:00"],
        ["01/02/2026 08:00:00", "01/03/2026 08:00:00"],
        ["05/03/2026 08:00:00", "06/04/2026 08:00:00", "03/12/2026 08:00:00"],
    ],
    ids=["one", "both in order", "order and future contradict each other"],
)
def test_what_stays_ambiguous_is_asked_for(stamps: list[str]) -> None:
    """Both readings are shown, and the option that says which."""
    with pytest.raises(DateOrderUnsure, match=r"--date-order dmy reads 2026-\d\d-\d\d to .*--date-order mdy reads"):
        decided(*stamps)


def test_a_file_put_together_from_two_is_refused() -> None:
    with pytest.raises(DateOrderMixed, match="in line 2 the day comes first, in line 3 the month"):
        decided("13/04/2026 08:00:00", "04/13/2026 08:00:00")


def test_dates_that_need_no_order_ask_nothing() -> None:
    for stamp in ("2026/03/04 8:00:00 AM GMT+7", "2026-03-04 08:00:00", "04/04/2026 08:00:00", "kemarin", ""):
        assert decided(stamp).order is DateOrder.DAY_FIRST


def test_an_order_that_was_said_and_cannot_be_is_refused() -> None:
    with pytest.raises(ImportUnreadable, match=r"line 2.*--date-order mdy"):
        read_lines(opened(content(["11/24/2026 08:26:05"])), DateOrder.DAY_FIRST, build.WIB)


@given(
    st.lists(st.datetimes(datetime(2025, 1, 1), datetime(2026, 11, 24)), min_size=1, max_size=12).map(sorted),
    st.sampled_from(DateOrder),
)
def test_whatever_is_decided_is_what_was_written(moments: list[datetime], order: DateOrder) -> None:
    """A whole export in the order of its moments is read right or not at all."""
    form = "%d/%m/%Y %H:%M:%S" if order is DateOrder.DAY_FIRST else "%m/%d/%Y %H:%M:%S"
    try:
        reading = decided(*(moment.strftime(form) for moment in moments))
    except DateOrderUnsure:
        return

    file = opened(content([moment.strftime(form) for moment in moments]))
    assert moments_of(file, reading.order, build.WIB) == [moment.replace(microsecond=0) for moment in moments]
