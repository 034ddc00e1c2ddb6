"""Changes → the book's parts. Only the rows that a change names are written; every other part keeps its very bytes.

Nothing here touches the disk: a refusal leaves the book as it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sync.domain.layout import BookLayout
from sync.domain.renamed import guess_renamed
from sync.domain.table import AddColumns, AppendRows, Change, ReplaceRows, UpdateRows
from sync.errors import TabMissing, UnsupportedContent
from sync.workspace.local.charts import draw_charts, missing_charts
from sync.workspace.local.formulas import has_formulas
from sync.workspace.local.make import add_missing_tabs, empty_book
from sync.workspace.local.package import Package, whole
from sync.workspace.local.ranges import filter_of
from sync.workspace.local.read import OpenedBook, opened
from sync.workspace.local.sheet import NotUnderstood
from sync.workspace.local.styles import Styles
from sync.workspace.local.tab_patch import TabPatch
from sync.workspace.local.workbook import refresh


def made_book(layout: BookLayout) -> bytes:
    """Return a new book."""
    return completed_book("a new book", empty_book(layout), layout)[0]


def patched(book: OpenedBook, changes: Sequence[Change], layout: BookLayout) -> OpenedBook:
    """Return the book after ``changes``.

    Raises:
        BookUnreadable, UnsupportedContent, MergedCells, TabMissing, HeaderMissing, HeaderDoubled, BookChanged.
    """
    refuse_unsupported(book)
    with whole(book.name, book.content):
        patch = _Patch(book, layout)
        try:
            patch.carry_out(changes)
            return patch.result()
        except NotUnderstood as error:
            raise UnsupportedContent(book.name, [str(error)]) from error


def completed_book(name: str, content: bytes, layout: BookLayout) -> tuple[bytes, list[str]]:
    """Return the book with the tabs and charts it lacked, and what they are; the same bytes if it lacked none.

    Raises:
        BookUnreadable; UnsupportedContent if something has to be added.
        TabMissing: another tab bears the headers of one that it lacks.
    """
    book = opened(name, content)
    there = {sheet.name.casefold() for sheet in book.package.sheets}
    if lacking := [tab for tab in layout.tabs if tab.name.casefold() not in there]:
        others = book.other_headers([tab.name for tab in layout.tabs])
        for tab in lacking:
            if guess := guess_renamed([column.header for column in tab.columns], others):
                raise TabMissing(tab.name, [sheet.name for sheet in book.package.sheets], guess)
    with whole(name, content):
        package = Package(content)
        added = add_missing_tabs(package, layout, new=not book.tabs)
        charts = missing_charts(package, layout)
        if not added and not charts:
            return content, []
        refuse_unsupported(book)
        completed = OpenedBook(name, content, package, book.context)
        for tab in layout.tabs:
            sheet = completed.sheet(tab.name) if tab.charts else None
            if sheet is not None:
                package.put(sheet.part, draw_charts(package, sheet, tab).joined())
        return package.packed(), [*(f"the tab {tab!r}" for tab in added), *(f"the chart {title!r}" for title in charts)]


def refuse_unsupported(book: OpenedBook) -> None:
    """Return if the book can be changed.

    Raises:
        UnsupportedContent: a change would void what somebody has vouched for.
    """
    with whole(book.name, book.content):
        if any(relation.kind == "origin" for relation in book.package.relations("")):
            raise UnsupportedContent(book.name, ["a digital signature, which a change would void"])


class _Patch:
    def __init__(self, book: OpenedBook, layout: BookLayout) -> None:
        self._book = book
        self._layout = {tab.name: tab for tab in layout.tabs}
        self._package = Package(book.content)
        self._styles = Styles(self._package)
        self._tabs: dict[str, TabPatch] = {}

    def carry_out(self, changes: Sequence[Change]) -> None:
        for change in changes:
            tab = self._tab(change.tab)
            match change:
                case AddColumns(headers=headers):
                    tab.add_columns(headers)
                case AppendRows(rows=rows):
                    tab.append(rows)
                case ReplaceRows(rows=rows):
                    tab.replace(rows)
                case UpdateRows(key_header=key_header, rows=updates):
                    tab.update(key_header, updates)

    def result(self) -> OpenedBook:
        written = [tab for tab in self._tabs.values() if tab.writes_anything]
        sheets = [tab.finish(self._package) for tab in written]
        self._styles.put()
        context = replace(self._book.context, moment_styles=frozenset(self._styles.moments))
        known = {name: sheet.under(context) for name, sheet in self._book.sheets.items()}
        known |= {sheet.name: sheet.under(context) for sheet in sheets}
        for sheet in sheets:
            tab = self._layout.get(sheet.name)
            if tab is not None and tab.charts:
                xml = draw_charts(self._package, sheet, tab)
                known[sheet.name] = sheet.with_xml(xml)
        for sheet in sheets:
            self._package.put(sheet.part, known[sheet.name].xml.joined())
        if any(tab.draft.formulas_gone for tab in written):
            self._drop_calculation_chain()
        filters = [(sheet.name, reference) for sheet in sheets if (reference := filter_of(sheet.xml))]
        refresh(self._package, filters, calculate=bool(sheets) and self._has_formulas())
        content = self._package.packed()
        return OpenedBook(self._book.name, content, Package(content), context, known)

    def _tab(self, name: str) -> TabPatch:
        if name not in self._tabs:
            sheet = self._book.sheet(name)
            if sheet is None:
                raise TabMissing(name, tuple(tab.name for tab in self._book.tabs))
            self._tabs[name] = TabPatch(self._book.name, sheet, self._layout.get(name), self._styles)
        return self._tabs[name]

    def _has_formulas(self) -> bool:
        return any(sheet is not None and has_formulas(sheet) for sheet in map(self._book.sheet, self._names()))

    def _names(self) -> list[str]:
        return [tab.name for tab in self._book.tabs]

    def _drop_calculation_chain(self) -> None:
        """Take out the list of cells with formulas: programs make it anew, and repair a file where it is wrong."""
        for relation in self._package.relations(self._package.workbook):
            if relation.kind == "calcChain" and relation.target in self._package.names:
                self._package.remove(relation.target, self._package.workbook)
