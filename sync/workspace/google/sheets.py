"""gspread over our own transport: one method, one call; no hidden metadata reads, no endless back-off.

gspread's own clients either set no time-out at all or repeat writes for ever; this subclass of its ``HTTPClient`` keeps
its addresses and sends through :class:`~sync.workspace.google.transport.Transport`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import gspread
import requests
from gspread.urls import SPREADSHEET_BATCH_UPDATE_URL

from sync.workspace.google.pacing import Bucket
from sync.workspace.google.retry import Repeat
from sync.workspace.google.transport import Json, Reply, Transport


class SheetClient(gspread.HTTPClient):
    """The Sheets API for one spreadsheet."""

    def __init__(self, transport: Transport, spreadsheet_id: str) -> None:
        # A session that is never used: gspread would else make one of its own and ask for credentials.
        super().__init__(auth=None, session=requests.Session())  # type: ignore[arg-type]  # typed as required
        self._transport = transport
        self.spreadsheet_id = spreadsheet_id

    def request(  # type: ignore[override]  # narrower than gspread's: what these calls use
        self, method: str, endpoint: str, params: Any = None, json: Any = None, **_: Any
    ) -> Reply:
        """Send one call; gspread's methods all end here.

        Raises:
            CallFailed: instead of gspread's own error.
        """
        reading = method == "get"
        return self._transport.send(
            Bucket.SHEETS_READ if reading else Bucket.SHEETS_WRITE,
            method.upper(),
            endpoint,
            params=params,
            body=None if reading else json,
            repeat=Repeat.SAFE if reading else Repeat.UNLESS_DONE,
        )

    def get(self, fields: str, ranges: Sequence[str] = ()) -> Json:
        """Return what ``fields`` names of the spreadsheet, of the tabs that ``ranges`` meet (all, if none are given).

        https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/get
        """
        # Google indents its JSON by default: three times the bytes for a grid of cells.
        params: dict[str, Any] = {"fields": fields, "prettyPrint": "false"}
        if ranges:
            params["ranges"] = list(ranges)
        return dict(self.fetch_sheet_metadata(self.spreadsheet_id, params))

    def write(self, batch: Sequence[Json], answer_ranges: Sequence[str], answer_fields: str) -> Json:
        """Carry out a batch, all or nothing, and return what ``answer_fields`` names of the answer.

        Sent again only where it surely did nothing.
        https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/batchUpdate
        """
        body: Json = {"requests": list(batch)}
        if answer_ranges:
            body |= {
                "includeSpreadsheetInResponse": True,
                "responseIncludeGridData": True,
                "responseRanges": list(answer_ranges),
            }
        url = SPREADSHEET_BATCH_UPDATE_URL % self.spreadsheet_id
        return self.request("post", url, params={"fields": answer_fields}, json=body).json()


def quoted(tab: str) -> str:
    """Return a tab's name as a range: always quoted, or a tab called ``P1`` would be read as a cell."""
    return "'" + tab.replace("'", "''") + "'"


def column_letters(index: int) -> str:
    """Return the letters of a 0-based column: 0 → A, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
