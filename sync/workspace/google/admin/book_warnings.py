"""Warnings over what the job writes, the first revision among them. Never locks: these would stop people sorting."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sync.domain.layout import BookLayout, TabLayout
from sync.workspace.google.admin import words
from sync.workspace.google.admin.book_found import FoundTab
from sync.workspace.google.revision import Mark, find_mark, following, is_locked, move_on
from sync.workspace.google.transport import Json

_FIRST_WARNING_ID = 1_900_000_000
"""Far from the revision's ids, which count up from one."""


@dataclass(slots=True)
class Warnings:
    """The requests that add what is missing, and what of it is worth telling."""

    requests: list[Json] = field(default_factory=list)
    done: list[str] = field(default_factory=list)


def warnings(
    layout: BookLayout, register_tab: str, protected_ids: Collection[int], tabs: Mapping[str, FoundTab]
) -> Warnings:
    """Return the warnings that ``tabs`` lack; ``protected_ids`` are taken already, anywhere in the book."""
    taken, asked = set(protected_ids), Warnings()
    for number, tab in enumerate(layout.tabs):
        there = tabs.get(tab.name)
        if there is None or not there.headers:
            continue
        if tab.name == register_tab:
            # The ledger's warning is the revision, too: the first one.
            if find_mark(there.protected) is None:
                locked = is_locked(there.protected)
                asked.requests += move_on(None, Mark(following(None, taken)), there.sheet_id, locked=locked)
                asked.done.append(f"tab {tab.name!r}: revision started")
        elif tab.locked:
            whole = any(entry.get("range", {}).keys() <= {"sheetId"} for entry in there.protected)
            if not whole:
                asked.requests.append(_warning(taken, _warning_id(number, 0), {"sheetId": there.sheet_id}))
        else:
            for start, end in _job_columns(tab, there):
                if not any(_covers(entry, start, end) for entry in there.protected):
                    place = {"sheetId": there.sheet_id, "startColumnIndex": start, "endColumnIndex": end}
                    asked.requests.append(_warning(taken, _warning_id(number, start), place))
    return asked


def _warning(taken: set[int], wanted_id: int, place: Json) -> Json:
    range_id = free_id(wanted_id, taken)
    taken.add(range_id)
    entry = {"protectedRangeId": range_id, "range": place, "description": words.WARNING, "warningOnly": True}
    return {"addProtectedRange": {"protectedRange": entry}}


def _warning_id(tab: int, column: int) -> int:
    return _FIRST_WARNING_ID + tab * 1000 + column


def _covers(entry: Json, start: int, end: int) -> bool:
    """Whether the protection covers these columns; one that people made wider or stricter does, too."""
    place = entry.get("range", {})
    first, after = place.get("startColumnIndex", 0), place.get("endColumnIndex")
    rows = {"startRowIndex", "endRowIndex"} & place.keys()
    return bool(first <= start and (after is None or after >= end) and not rows)


def _job_columns(tab: TabLayout, there: FoundTab) -> list[tuple[int, int]]:
    """Return the runs of neighbouring job columns as they stand now: first, and one after the last."""
    places = sorted(
        index for column in tab.columns if column.job and (index := there.column(column.header)) is not None
    )
    runs: list[tuple[int, int]] = []
    for index in places:
        if runs and runs[-1][1] == index:
            runs[-1] = (runs[-1][0], index + 1)
        else:
            runs.append((index, index + 1))
    return runs


def free_id(number: int, taken: Collection[int]) -> int:
    """Return the first number from ``number`` on that is not taken."""
    while number in taken:
        number += 1
    return number
