"""What people renamed, recognised before anything of the same name is made beside it. Values in, values out.

A question is known by the id of its item, which setup notes (beside what it made), else by its place between the
others; a tab by its headers.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sync.domain.layout import TabLayout
from sync.domain.rules import Rules
from sync.domain.table import header_key
from sync.workspace.google.admin.book_found import FoundTab

ITEM = "question_{}"
"""The entry of a question's item id in the file of what setup made, by field."""


def renamed_questions(rules: Rules, form: Mapping[str, Any], known: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return, by the title of a question that the form lacks, the titles it may have been given instead.

    Args:
        rules: with the titles wanted.
        form: as the Forms API has it.
        known: the entries of the file of what setup made.
    """
    wanted = _wanted(rules)
    places = {header_key(title): number for number, title in enumerate(wanted.values())}
    items = [item for item in form.get("items", ()) if "questionItem" in item]
    asked = {header_key(str(item.get("title", ""))) for item in items}
    missing = {field: title for field, title in wanted.items() if header_key(title) not in asked}
    found: dict[str, tuple[str, ...]] = {}
    strange = {str(item.get("itemId", "")): str(item.get("title", "")) for item in items if not _is_ours(item, places)}
    for field, title in missing.items():
        item = known.get(ITEM.format(field), "")
        if item in strange:
            found[title] = (strange.pop(item),)
    if len(missing) * 2 > len(wanted):
        return found  # a form of other questions: there is no place to go by
    for gap, between in _gaps(items, places, len(wanted)):
        lacking = [title for number, title in enumerate(wanted.values()) if number in gap and title in missing.values()]
        lacking = [title for title in lacking if title not in found]
        titles = [strange[item] for item in between if item in strange]
        if len(lacking) == len(titles):
            found |= {title: (now,) for title, now in zip(lacking, titles, strict=True)}
        elif titles:
            found |= dict.fromkeys(lacking, tuple(titles))
    return found


def question_ids(rules: Rules, form: Mapping[str, Any]) -> dict[str, str]:
    """Return the item ids of the questions that the form has, as entries for the file of what setup made."""
    ids = {header_key(str(item.get("title", ""))): str(item.get("itemId", "")) for item in form.get("items", ())}
    return {
        ITEM.format(field): ids[header_key(title)]
        for field, title in _wanted(rules).items()
        if ids.get(header_key(title))
    }


def renamed_tab(tab: TabLayout, tabs: Sequence[FoundTab], ours: Collection[str]) -> str | None:
    """Return the name of the tab that has most of a missing tab's headers, None if there is no such tab.

    ``ours`` are the names of all the job's tabs, as :func:`~sync.domain.table.header_key`.
    """
    wanted = {header_key(column.header) for column in tab.columns}
    shares = {
        found.title: len(wanted & set(map(header_key, found.headers)))
        for found in tabs
        if header_key(found.title) not in ours
    }
    best = max(shares, key=lambda title: shares[title], default=None)
    return best if best is not None and wanted and shares[best] * 3 >= len(wanted) * 2 else None


def _wanted(rules: Rules) -> dict[str, str]:
    return {field: title for field, title in rules.columns.responses.headers.items() if field != "timestamp"}


def _is_ours(item: Mapping[str, Any], places: Mapping[str, int]) -> bool:
    return header_key(str(item.get("title", ""))) in places


def _gaps(items: Sequence[Mapping[str, Any]], places: Mapping[str, int], end: int) -> list[tuple[range, list[str]]]:
    """Return, for each run of other questions between two of ours, which of ours belong there, and their item ids."""
    gaps: list[tuple[range, list[str]]] = []
    last, between = -1, list[str]()
    for item in items:
        if _is_ours(item, places):
            place = places[header_key(str(item.get("title", "")))]
            gaps.append((range(last + 1, place), between))
            last, between = place, []
        else:
            between.append(str(item.get("itemId", "")))
    gaps.append((range(last + 1, end), between))
    return [(gap, ids) for gap, ids in gaps if gap and ids]
