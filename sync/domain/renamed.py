"""Which tab a missing one has become: a tab that somebody renamed still bears its headers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sync.domain.table import header_key

_ENOUGH = 0.6
"""The part of a tab's headers that another tab has to bear. Staff may have added columns, or renamed one."""
_FEWEST = 2


def guess_renamed(expected: Collection[str], others: Mapping[str, Sequence[str]]) -> str:
    """Return the one tab of ``others`` (headers by name) that bears the ``expected`` headers, ``""`` if none does.

    Where two do equally well, such as a renamed tab and its copy, neither is named.
    """
    wanted = {header_key(header) for header in expected}
    shared = {name: len(wanted & {header_key(header) for header in headers}) for name, headers in others.items()}
    best = max(shared.values(), default=0)
    names = [name for name, count in shared.items() if count == best]
    return names[0] if len(names) == 1 and best >= max(_FEWEST, _ENOUGH * len(wanted)) else ""
