"""The book's bytes + changes → the book's new bytes. Whatever would be lost on the way refuses the whole."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, cast

from openpyxl.workbook import Workbook

from sync.domain.layout import BookLayout
from sync.domain.table import Change
from sync.errors import UnsupportedContent
from tests.local.oracle.book_make import add_missing_tabs, new_workbook
from tests.local.oracle.book_write import BookWriter
from tests.local.oracle.charts import draw_charts, missing_charts, own_charts
from tests.local.oracle.finish import saved_bytes
from tests.local.oracle.formula_cache import Caches, take_caches
from tests.local.oracle.package import Package, whole
from tests.local.oracle.reader import load_for_saving
from tests.local.oracle.unsupported import lost_parts, unsupported


def made_book(layout: BookLayout) -> bytes:
    """Return a new book."""
    workbook = new_workbook(layout)
    draw_charts(workbook, layout, {})
    return saved_bytes(workbook, {})


def edited_book(book: str, content: bytes, changes: Sequence[Change], layout: BookLayout) -> bytes:
    """Return the book after ``changes``.

    Args:
        book: what to call the book in an error.

    Raises:
        BookUnreadable, UnsupportedContent, MergedCells, TabMissing, HeaderMissing, HeaderDoubled, BookChanged.
    """
    with _collector_paused():
        package, workbook, caches = _loaded(book, content, layout)
        BookWriter(book, workbook, layout, caches).carry_out(changes)
        return _saved(book, package, workbook, caches, layout)


def completed_book(book: str, content: bytes, layout: BookLayout) -> tuple[bytes, list[str]]:
    """Return the book with the tabs and charts it lacked, and what they are; the same bytes if it lacked none.

    Raises:
        BookUnreadable; UnsupportedContent if something has to be added.
    """
    with whole(book, content):
        package = Package(content)
        there = {sheet.name.casefold() for sheet in package.sheets}
        charts = missing_charts(layout, own_charts(package, layout))
    if not charts and all(tab.name.casefold() in there for tab in layout.tabs):
        return content, []
    package, workbook, caches = _loaded(book, content, layout)
    added = add_missing_tabs(workbook, layout)
    saved = _saved(book, package, workbook, caches, layout)
    return saved, [*(f"the tab {name!r}" for name in added), *(f"the chart {title!r}" for title in charts)]


def check_savable(book: str, content: bytes, layout: BookLayout) -> None:
    """Return if nothing in the book would be lost by saving it.

    Raises:
        BookUnreadable, UnsupportedContent.
    """
    with whole(book, content):
        package = Package(content)
        places = unsupported(package, own_charts(package, layout))
    if places:
        raise UnsupportedContent(book, places)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Keep the garbage collector from walking a million cells over and over: a third of the time of a big book."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _loaded(book: str, content: bytes, layout: BookLayout) -> tuple[Package, Workbook, Caches]:
    check_savable(book, content, layout)
    with whole(book, content):
        package = Package(content)
        return package, load_for_saving(content, package), take_caches(package)


def _saved(book: str, package: Package, workbook: Workbook, caches: Caches, layout: BookLayout) -> bytes:
    draw_charts(workbook, layout, own_charts(package, layout))
    if caches:
        # The values put back are from before the changes: whoever opens the book calculates them anew.
        cast(Any, workbook).calculation.fullCalcOnLoad = True
    saved = saved_bytes(workbook, caches)
    lost = lost_parts(package, Package(saved))
    if lost:
        raise UnsupportedContent(book, lost)
    return saved
