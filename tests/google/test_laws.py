"""Laws that hold for any input: shifting, notation, masks, bodies, atomicity under two writers."""

from __future__ import annotations

import threading
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.google import fieldmask
from tests.google.drive.upload import split_multipart
from tests.google.rest import Book, Rest
from tests.google.server import GoogleServer
from tests.google.sheets import a1, entered, patterns, tables
from tests.google.sheets.areas import Area, column_name, shift_delete, shift_insert, shift_move
from tests.google.sheets.model import Cell, new_spreadsheet

SIZE = 12
spans = st.tuples(st.integers(0, SIZE - 1), st.integers(1, 5)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(spans, st.integers(0, SIZE), st.integers(1, 4))
def test_an_insert_keeps_every_old_row_in_its_range(span: tuple[int, int], at: int, count: int) -> None:
    start, end = span
    moved = shift_insert({"startRowIndex": start, "endRowIndex": end}, "ROWS", at, count)
    inside = {row + (count if row >= at else 0) for row in range(start, end)}
    covered = set(range(moved["startRowIndex"], moved["endRowIndex"]))
    assert inside <= covered
    assert len(covered) == end - start + (count if start < at < end else 0)


@given(spans, spans)
def test_a_delete_leaves_exactly_what_was_not_deleted(span: tuple[int, int], cut: tuple[int, int]) -> None:
    moved = shift_delete({"startRowIndex": span[0], "endRowIndex": span[1]}, "ROWS", *cut)
    left = [row for row in range(*span) if not cut[0] <= row < cut[1]]
    places = [row - max(0, min(row, cut[1]) - cut[0]) for row in left]
    assert (moved is None) == (not left)
    if moved is not None:
        assert list(range(moved["startRowIndex"], moved["endRowIndex"])) == places


@given(spans, st.integers(0, SIZE + 5))
def test_a_move_is_a_reordering(span: tuple[int, int], destination: int) -> None:
    start, end = span
    size = SIZE + 5
    if start < destination < end:
        return
    order = list(range(size))
    block = order[start:end]
    rest = [row for row in order if row not in block]
    before = [row for row in rest if row < destination]
    expected = before + block + [row for row in rest if row >= destination]
    assert sorted(order, key=lambda row: shift_move(row, start, end, destination)) == expected


@given(st.text(min_size=1, max_size=12), st.integers(0, 900), st.integers(0, 20), st.integers(0, 5), st.integers(0, 5))
def test_a_range_written_is_the_range_read(title: str, top: int, left: int, down: int, right: int) -> None:
    book = new_spreadsheet("id", "t")
    book.sheets[0].properties["title"] = title
    area = Area(0, top, top + 1 + down, left, left + 1 + right)
    found = a1.parse(book, a1.a1_of(book.sheets[0], area))
    assert (found.sheet, found.area()) == (book.sheets[0], area)


@given(st.integers(0, 20_000))
def test_column_names_count_up(index: int) -> None:
    assert a1.column_index(column_name(index)) == index


values = st.recursive(
    st.none() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=12,
)
masks: st.SearchStrategy[Any] = st.recursive(
    st.just({}), lambda inner: st.dictionaries(st.sampled_from("abc"), inner, min_size=1, max_size=3), max_leaves=6
)


def written(mask: dict[str, Any]) -> str:
    return ",".join(name + (f"({written(inner)})" if inner else "") for name, inner in mask.items())


@given(masks.filter(bool), values)
def test_masks_survive_writing_and_applying_twice(mask: dict[str, Any], value: Any) -> None:
    assert fieldmask.parse(written(mask)) == mask
    once = fieldmask.apply(mask, value)
    assert fieldmask.apply(mask, once) == once


@given(st.lists(st.binary(max_size=80), min_size=1, max_size=3))
def test_multipart_bodies_stay_bytes(contents: list[bytes]) -> None:
    mark = b"=_batas_yang_tidak_mungkin"
    body = b"".join(b"--" + mark + b"\r\nContent-Type: x/y\r\n\r\n" + content + b"\r\n" for content in contents)
    parts = split_multipart(body + b"--" + mark + b"--", f'multipart/related; boundary="{mark.decode()}"')
    assert [content for _, content in parts] == contents
    assert all(headers == {"content-type": "x/y"} for headers, _ in parts)


@given(st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=20))
def test_tables_are_apart_and_hold_every_filled_cell(cells: set[tuple[int, int]]) -> None:
    sheet = new_spreadsheet("id", "t").sheets[0]
    for row, column in cells:
        sheet.put(row, column, Cell("x"))
    blocks = [
        found
        for row, column in sorted(cells)
        if (found := tables.find(sheet, Area(0, row, row + 1, column, column + 1))) is not None
    ]
    assert len(blocks) == len(cells)
    for one in blocks:
        for other in blocks:
            assert one == other or not one.overlaps(other)


@given(st.text(max_size=15), st.sampled_from(["en_US", "id_ID"]))
def test_reading_what_was_typed_never_fails(text: str, locale: str) -> None:
    value, number_format = entered.read(text, locale)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        assert patterns.shown(value, number_format, locale)


def test_of_two_writers_on_one_revision_one_wins(server: GoogleServer, book: Book) -> None:
    def protect(number: int) -> dict[str, Any]:
        return {"addProtectedRange": {"protectedRange": {"protectedRangeId": number, "range": {}, "warningOnly": True}}}

    assert book.batch(protect(1)).status == 200
    results: list[int] = []

    def commit(name: str) -> None:
        rest = Rest(server.url)
        cell = {"values": [{"userEnteredValue": {"stringValue": name}}]}
        write = {"appendCells": {"sheetId": 0, "rows": [cell], "fields": "userEnteredValue"}}
        reply = Book(rest, book.id).batch({"deleteProtectedRange": {"protectedRangeId": 1}}, protect(2), write)
        results.append(reply.status)
        rest.session.close()

    threads = [threading.Thread(target=commit, args=(str(number),)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [200, 400, 400, 400, 400, 400]
    assert len(book.read("Sheet1")) == 1
