"""What people do in the spreadsheet while the job runs: each method is one thing a hand does.

They act as a manager of the file, so protections do not stop them, and every act changes the file's version. Tabs are
named by title, rows counted from 1 as people count them, columns named by their header in row 1 or by letter.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from tests.google.forms import submission
from tests.google.google import Google
from tests.google.seed import OWNER, Account
from tests.google.sheets import a1, batch, values
from tests.google.sheets.areas import Area, column_name
from tests.google.sheets.batch import Batch
from tests.google.sheets.formulas import Evaluator
from tests.google.sheets.model import Sheet, Spreadsheet
from tests.google.sheets.protection import Editor

JsonObject = dict[str, Any]


class Staff:
    """Hands in one spreadsheet, by default the seeded one."""

    def __init__(self, google: Google, account: Account, spreadsheet_id: str = "") -> None:
        self.google, self.account = google, account
        self.spreadsheet_id = spreadsheet_id or account.spreadsheet_id

    @property
    def book(self) -> Spreadsheet:
        """The spreadsheet as it is now."""
        return self.google.state.spreadsheets[self.spreadsheet_id]

    def in_book(self, spreadsheet_id: str) -> Staff:
        """The same hands in another spreadsheet."""
        return Staff(self.google, self.account, spreadsheet_id)

    def _change(self, change: Callable[[Spreadsheet], object]) -> None:
        with self.google.lock:
            book = self.book.copy()
            change(book)
            self.google.state.spreadsheets[self.spreadsheet_id] = book
            entry = self.google.state.files[self.spreadsheet_id]
            entry.name = book.title
            self.google.state.touch(self.spreadsheet_id, self.google.clock.now(), OWNER)

    def requests(self, *requests: JsonObject) -> list[JsonObject]:
        """Anything a batchUpdate can say, done by a manager; the replies."""
        replies: list[JsonObject] = []

        def change(book: Spreadsheet) -> None:
            doing = Batch(book, Editor(OWNER, True), self.google.state.new_number)
            replies.extend(batch.apply_one(doing, index, request) for index, request in enumerate(requests))

        self._change(change)
        return replies

    def _sheet(self, tab: str) -> Sheet:
        sheet = self.book.by_title(tab)
        if sheet is None:
            raise LookupError(f"no tab {tab!r} in {[sheet.title for sheet in self.book.sheets]}")
        return sheet

    def column(self, tab: str, name: str) -> int:
        """The index of a column, by the header in row 1, else by letter."""
        sheet = self._sheet(tab)
        for index, cell in sorted(sheet.rows[0].cells.items()):
            if cell.value == name:
                return index
        if name.isalpha() and name.isupper() and len(name) <= 2:
            return a1.column_index(name)
        raise LookupError(f"no column {name!r} in {tab!r}")

    def rows(self, tab: str, render: str = "UNFORMATTED_VALUE") -> list[list[Any]]:
        """The tab's values, as values.get gives them."""
        with self.google.lock:
            sheet = self._sheet(tab)
            area = Area(sheet.sheet_id, 0, sheet.row_count, 0, sheet.column_count)
            found = values.read(Evaluator(self.book), sheet, area, render, "SERIAL_NUMBER", "ROWS")
            rows: list[list[Any]] = found.get("values", [])
            return rows

    def find(self, tab: str, column: str, value: Any) -> int:
        """The row number of the first row with this value in the column."""
        index = self.column(tab, column)
        for number, row in enumerate(self.rows(tab), 1):
            if index < len(row) and row[index] == value:
                return number
        raise LookupError(f"no {value!r} in column {column!r} of {tab!r}")

    def write(self, tab: str, corner: str, rows: list[list[Any]], typed: bool = True) -> None:
        """Type or paste (``typed=False``: as plain values) rows at a cell; the grid grows as needed."""

        def change(book: Spreadsheet) -> None:
            reference = a1.parse(book, f"{a1.quoted(tab)}!{corner}")
            top, left = reference.top or 0, reference.left or 0
            width = max((len(row) for row in rows), default=1)
            reference.sheet.grow(top + len(rows), left + width)
            area = Area(reference.sheet.sheet_id, top, top + len(rows), left, left + width)
            values.write(book, reference.sheet, area, rows, typed, Editor(OWNER, True))

        self._change(change)

    def edit(self, tab: str, row: int, column: str, value: Any, typed: bool = True) -> None:
        """Type into one cell."""
        self.write(tab, f"{column_name(self.column(tab, column))}{row}", [[value]], typed)

    def paste_row(self, tab: str, row: int, cells: list[Any]) -> None:
        """Paste a whole row over what is there."""
        self.write(tab, f"A{row}", [cells])

    def insert_rows(self, tab: str, row: int, count: int = 1, cells: list[Any] | None = None) -> None:
        """Insert rows above ``row``; the first may be filled at once."""
        span = self._span(tab, "ROWS", row - 1, row - 1 + count)
        self.requests({"insertDimension": {"range": span, "inheritFromBefore": row > 1}})
        if cells is not None:
            self.paste_row(tab, row, cells)

    def delete_rows(self, tab: str, first: int, last: int = 0) -> None:
        """Delete rows ``first`` to ``last``."""
        self.requests({"deleteDimension": {"range": self._span(tab, "ROWS", first - 1, last or first)}})

    def move_row(self, tab: str, row: int, above: int) -> None:
        """Drag a row to above another."""
        span = self._span(tab, "ROWS", row - 1, row)
        self.requests({"moveDimension": {"source": span, "destinationIndex": above - 1}})

    def hide_rows(self, tab: str, first: int, last: int = 0) -> None:
        """Hide rows."""
        span = self._span(tab, "ROWS", first - 1, last or first)
        change = {"range": span, "properties": {"hiddenByUser": True}, "fields": "hiddenByUser"}
        self.requests({"updateDimensionProperties": change})

    def sort(self, tab: str, column: str, descending: bool = False, header_rows: int = 1) -> None:
        """Sort the tab below its header by a column."""
        sheet = self._sheet(tab)
        order = "DESCENDING" if descending else "ASCENDING"
        spec = {"dimensionIndex": self.column(tab, column), "sortOrder": order}
        area = {"sheetId": sheet.sheet_id, "startRowIndex": header_rows}
        self.requests({"sortRange": {"range": area, "sortSpecs": [spec]}})

    def rename_column(self, tab: str, old: str, new: str) -> None:
        """Type another header over one."""
        self.write(tab, f"{column_name(self.column(tab, old))}1", [[new]])

    def move_column(self, tab: str, column: str, before: str) -> None:
        """Drag a column to before another."""
        index = self.column(tab, column)
        span = self._span(tab, "COLUMNS", index, index + 1)
        self.requests({"moveDimension": {"source": span, "destinationIndex": self.column(tab, before)}})

    def insert_column(self, tab: str, before: str, header: str = "") -> None:
        """Insert a column before another, and give it a header."""
        index = self.column(tab, before)
        self.requests({"insertDimension": {"range": self._span(tab, "COLUMNS", index, index + 1)}})
        if header:
            self.write(tab, f"{column_name(index)}1", [[header]])

    def delete_column(self, tab: str, column: str) -> None:
        """Delete a column."""
        index = self.column(tab, column)
        self.requests({"deleteDimension": {"range": self._span(tab, "COLUMNS", index, index + 1)}})

    def add_tab(self, title: str, index: int | None = None) -> None:
        """Add a tab."""
        properties = {"title": title} if index is None else {"title": title, "index": index}
        self.requests({"addSheet": {"properties": properties}})

    def rename_tab(self, old: str, new: str) -> None:
        """Rename a tab."""
        properties = {"sheetId": self._sheet(old).sheet_id, "title": new}
        self.requests({"updateSheetProperties": {"properties": properties, "fields": "title"}})

    def delete_tab(self, title: str) -> None:
        """Delete a tab."""
        self.requests({"deleteSheet": {"sheetId": self._sheet(title).sheet_id}})

    def protect(self, tab: str, editors: list[str] | None = None) -> None:
        """Protect a tab against everybody else."""
        protected = {"range": {"sheetId": self._sheet(tab).sheet_id}, "editors": {"users": editors or []}}
        self.requests({"addProtectedRange": {"protectedRange": protected}})

    def protect_as(self, tab: str, number: int) -> None:
        """Protect a tab with a range of that id."""
        protected = {"protectedRangeId": number, "range": {"sheetId": self._sheet(tab).sheet_id}}
        self.requests({"addProtectedRange": {"protectedRange": protected}})

    def set_formula_value(self, formula: str, value: str | int | float | bool) -> None:
        """Say what a formula yields that the stand-in cannot work out."""
        self._change(lambda book: book.formula_values.__setitem__(formula, value))

    def _span(self, tab: str, dimension: str, start: int, end: int) -> JsonObject:
        return {"sheetId": self._sheet(tab).sheet_id, "dimension": dimension, "startIndex": start, "endIndex": end}

    def link_form(self, title: str = "Respons", form_id: str = "") -> None:
        """Link the form to a new tab of this spreadsheet, as only a person can."""
        with self.google.lock:
            chosen = form_id or self.account.form_id
            submission.link(self.google.state, chosen, self.spreadsheet_id, title)
            self.google.state.touch(self.spreadsheet_id, self.google.clock.now(), OWNER)

    def unlink_form(self, form_id: str = "") -> None:
        """Unlink the form."""
        with self.google.lock:
            submission.unlink(self.google.state, form_id or self.account.form_id)

    def submit(
        self, answers: submission.Answers, at: datetime | None = None, form_id: str = "", email: str = ""
    ) -> str:
        """A visitor sends the form; the response id."""
        with self.google.lock:
            when = at or self.google.clock.now()
            chosen = form_id or self.account.form_id
            response_id = submission.submit(self.google.state, chosen, answers, when, email)
            self._response_touches(chosen)
            return response_id

    def edit_response(
        self, response_id: str, answers: submission.Answers, at: datetime | None = None, form_id: str = ""
    ) -> bool:
        """A visitor edits a response already sent; whether its row was found."""
        with self.google.lock:
            chosen = form_id or self.account.form_id
            when = at or self.google.clock.now()
            found = submission.edit(self.google.state, chosen, response_id, answers, when)
            self._response_touches(chosen)
            return found

    def _response_touches(self, form_id: str) -> None:
        linked = self.google.state.forms[form_id].linked_sheet
        if linked is not None and self.google.settings.response_bumps_version:
            self.google.state.touch(linked[0], self.google.clock.now(), OWNER)

    def trash(self, file_id: str, trashed: bool = True) -> None:
        """Put a file or folder into the trash, or take it out."""
        with self.google.lock:
            self.google.state.files[file_id].trashed = trashed
            self.google.state.files[file_id].version += 1
