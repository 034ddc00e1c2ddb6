"""The book's revision: the id of a warning-only protected range on the ledger tab, which every commit moves on by one.

A commit deletes range *N* and adds *N+1* in one batch with its changes. Google refuses a batch that deletes a protected
range which is not there, or adds an id which is, and a batch is all or nothing: so of two commits decided on one
revision, and of two copies of one commit, only one takes effect. The description carries a token of the commit, by
which a run that never got its answer can tell whether the batch that took effect was its own.

Documented: an id may be chosen, one that exists is an error, a batch is atomic
(https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/request#AddProtectedRangeRequest).
Observed by others: a missing id refuses the batch (github.com/googleapis/google-api-python-client/issues/1064).
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

PREFIX = "agenda revision"
FIRST = 1
_LARGEST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Mark:
    """A revision: its number and the token of the commit that made it (``""`` for one that a person or setup made)."""

    number: int
    token: str = ""


def find_mark(protected_ranges: Sequence[dict[str, Any]]) -> Mark | None:
    """Return the mark among the ledger tab's protected ranges.

    A warning-only lock of the whole tab without our words counts as one: setting the book up may have made it, and
    there can be only one for a tab.
    """
    marks = []
    for entry in protected_ranges:
        words = str(entry.get("description", "")).split()
        ours = " ".join(words[:2]) == PREFIX
        if ours or (entry.get("warningOnly") and _whole(entry)):
            token = words[3] if ours and len(words) > 3 else ""
            marks.append((ours, Mark(int(entry.get("protectedRangeId", 0)), token)))
    return max(marks, key=lambda item: (item[0], item[1].number))[1] if marks else None


def is_locked(protected_ranges: Sequence[dict[str, Any]]) -> bool:
    """Tell whether somebody locked the tab as a whole, so that the mark cannot cover it."""
    return any(_whole(entry) and not entry.get("warningOnly") for entry in protected_ranges)


def move_on(mark: Mark | None, to: Mark, sheet_id: int, *, locked: bool) -> list[dict[str, Any]]:
    """Return the requests that take the book from ``mark`` to another. They have to come first in a batch."""
    place: dict[str, Any] = {"sheetId": sheet_id}
    if locked:
        # A tab can be protected as a whole only once, and what people protected stays as it is.
        place |= {"startRowIndex": 0, "endRowIndex": 1}
    added = {
        "protectedRangeId": to.number,
        "range": place,
        "description": f"{PREFIX} {to.number} {to.token}",
        "warningOnly": True,
    }
    requests: list[dict[str, Any]] = []
    if mark is not None:
        requests.append({"deleteProtectedRange": {"protectedRangeId": mark.number}})
    return [*requests, {"addProtectedRange": {"protectedRange": added}}]


def following(mark: Mark | None, taken: Collection[int]) -> int:
    """Return the next number: one more, but for the ids that other protected ranges of the book have."""
    number = mark.number + 1 if mark else FIRST
    while number in taken or number > _LARGEST:
        number = number + 1 if number < _LARGEST else FIRST
    return number


def elsewhere(mark: Mark) -> Mark:
    """Return the mark with a number from anywhere: its own is that of a range on a tab that was not read."""
    return Mark(uuid.UUID(mark.token).int % _LARGEST + 1, mark.token)


def _whole(entry: dict[str, Any]) -> bool:
    return not entry.get("namedRangeId") and entry.get("range", {}).keys() <= {"sheetId"}
