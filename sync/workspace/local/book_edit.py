"""The book's bytes + changes → the book's new bytes. Whatever would be lost on the way refuses the whole."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, cast

from openpyxl.workbook import Workbook

from sync.domain.layout import BookLayout
from sync.domain.renamed import guess_renamed
from sync.domain.table import Change
from sync.errors import TabMissing, UnsupportedContent
from sync.workspace.local.book_make import add_missing_tabs, new_workbook
from sync.workspace.local.book_read import other_headers
from sync.workspace.local.book_write import BookWriter
from sync.workspace.local.charts import draw_charts, missing_charts, own_charts
from sync.workspace.local.finish import saved_bytes
from sync.workspace.local.formula_cache import Caches, take_caches
from sync.workspace.local.package import Package, whole
from sync.workspace.local.reader import load_for_saving
from sync.workspace.local.unsupported import lost_parts, unsupported


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
        TabMissing: another tab bears the headers of one that it lacks.
    """
    with whole(book, content):
        package = Package(content)
        there = {sheet.name.casefold() for sheet in package.sheets}
        charts = missing_charts(layout, own_charts(package, layout))
    if not charts and all(tab.name.casefold() in there for tab in layout.tabs):
        return content, []
    others = other_headers(book, content, [tab.name for tab in layout.tabs])
    for tab in layout.tabs:
        guess = "" if tab.name.casefold() in there else guess_renamed([c.header for c in tab.columns], others)
        if guess:
            raise TabMissing(tab.name, [sheet.name for sheet in package.sheets], guess)
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
