"""The tab of responses as a form leaves it over the years, and other tabs that look like it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from sync.domain.columns import COLUMNS
from sync.domain.response_tab import (
    MergedColumn,
    OtherResponses,
    elsewhere,
    looks_like_responses,
    other_responses,
    settled,
)
from sync.domain.table import Cell, Row, Table
from sync.domain.tabs import Columns, ResponseCells, Tab

HEADERS = tuple(spec.header for spec in COLUMNS[Tab.RESPONSES])
ZONE = timedelta(hours=7)
NOON = datetime(2026, 11, 24, 12)


def columns(**renamed: str) -> Columns[ResponseCells]:
    return Columns(
        "Respons", {spec.field: renamed.get(spec.field, spec.header) for spec in COLUMNS[Tab.RESPONSES]},
        ResponseCells._make,
    )  # fmt: skip


def a_table(headers: tuple[str, ...], *rows: dict[int, Cell], tab: str = "Respons") -> Table:
    width = range(len(headers))
    return Table(tab, headers, tuple(Row(position, tuple(map(row.get, width))) for position, row in enumerate(rows)))


def names(table: Table, of: Columns[ResponseCells]) -> list[Cell]:
    return [cells.name for cells in of.read(table)]


def test_a_table_with_one_column_a_question_stays_as_it_is() -> None:
    table = a_table(HEADERS, {0: NOON, 2: "Ani"})

    assert settled(table, columns()) == (table, ())


def test_a_question_asked_again_is_read_as_one() -> None:
    """Old answers left, new ones right; positions and the other columns stay."""
    table = a_table((*HEADERS, "nama  lengkap"), {2: "Ani"}, {14: "Budi"}, {}, {2: "Citra", 14: "Citra"})

    merged, told = settled(table, columns())

    assert names(merged, columns()) == ["Ani", "Budi", None, "Citra"]
    assert [row.position for row in merged.rows] == [0, 1, 2, 3]
    assert told == (MergedColumn("Nama Lengkap", (3, 15), 0),)


def test_different_answers_in_both_are_told_and_the_newer_column_is_taken() -> None:
    table = a_table((*HEADERS, "Nama Lengkap"), {2: "Ani", 14: "Anni"})

    merged, told = settled(table, columns())

    assert names(merged, columns()) == ["Anni"]
    assert [column.differing for column in told] == [1]


def test_a_question_mapped_in_the_configuration_is_found_under_its_old_header_too() -> None:
    """Whether the form renames the column of a question that is renamed is not documented."""
    mapped = columns(name="Nama Anda")
    renamed = tuple("Nama Anda" if header == "Nama Lengkap" else header for header in HEADERS)

    for headers in (HEADERS, renamed):
        table, told = settled(a_table(headers, {2: "Ani"}), mapped)
        assert (names(table, mapped), told) == (["Ani"], ())
    table, told = settled(a_table((*HEADERS, "Nama Anda"), {2: "Ani"}, {14: "Budi"}), mapped)
    assert names(table, mapped) == ["Ani", "Budi"]
    assert [column.columns for column in told] == [(3, 15)]


def test_an_old_header_that_is_another_questions_now_is_that_questions() -> None:
    swapped = columns(name="Surel", email="Nama Lengkap")
    table, told = settled(a_table(HEADERS, {2: "ani@contoh.id", 8: "Ani"}), swapped)

    assert (names(table, swapped), told) == (["Ani"], ())


@pytest.mark.parametrize("lost", [0, 1, 4])
def test_a_tab_is_like_the_one_of_responses_by_most_of_its_headers(lost: int) -> None:
    kept = ("Stempel waktu", *HEADERS[1 + lost :])

    assert looks_like_responses(kept, columns())
    assert not looks_like_responses(HEADERS[9:], columns())
    assert not looks_like_responses(("Nama Lengkap", "Surel", "Kabupaten/Kota", "Pekerjaan"), columns())


def test_only_what_is_newer_and_nowhere_else_is_unread() -> None:
    """A kept old tab, and the copies that linking anew makes, are no alarm; a response after them is."""
    minute = timedelta(minutes=1)

    def responses(*moments: datetime, tab: str = "X", header: str = "Timestamp") -> OtherResponses:
        rows: list[dict[int, Cell]] = [{0: moment, 2: f"Tamu {moment}"} for moment in moments]
        return other_responses(a_table((header, *HEADERS[1:]), *rows, tab=tab), columns(), ZONE)

    known = responses(NOON - 3 * minute, NOON - 2 * minute).responses
    cases = {
        "old": responses(NOON - timedelta(days=400)),
        "copied": responses(NOON - 3 * minute, NOON - 2 * minute),
        "new": responses(NOON - 3 * minute, NOON - 2 * minute, NOON - minute),
        "worded": responses(NOON - minute, NOON, header="Stempel waktu"),
        "empty": responses(),
    }
    found = {name: elsewhere([other], known, (), NOON) for name, other in cases.items()}

    assert {name: [place.unread for place in places] for name, places in found.items()} == {
        "old": [], "copied": [], "new": [1], "worded": [2], "empty": [0],
    }  # fmt: skip
    registered = [response.key for response in cases["new"].responses]
    assert elsewhere([cases["new"]], known, registered, NOON) == ()


def test_a_response_of_tomorrow_hides_none_of_today() -> None:
    late = other_responses(a_table(HEADERS, {0: NOON + timedelta(days=9), 2: "Ani"}), columns(), ZONE).responses
    other = other_responses(a_table(HEADERS, {0: NOON, 2: "Budi"}, tab="X"), columns(), ZONE)

    assert [place.unread for place in elsewhere([other], late, (), NOON)] == [1]
