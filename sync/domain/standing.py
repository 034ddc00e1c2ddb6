"""What is compared when cells are looked for: a row then and now, and a cell that went from one to the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sync.domain.tabs import AgendaCells


@dataclass(frozen=True, slots=True)
class Standing:
    """A row as it was at the last run and as it is now.

    ``key`` is its number, or a key of its own for a row without one (which ``was`` nothing). ``now`` is None for a row
    that is not in the agenda, or there several times: nothing can be said of where its cells are.
    """

    key: str
    was: Mapping[str, str]
    now: Mapping[str, str] | None
    cells: AgendaCells | None
    numbered: bool = True
    vanished: bool = False
    """The row stood at the last run and was deleted since."""

    def changed(self, field: str) -> bool:
        return self.now is not None and self.now.get(field, "") != self.was.get(field, "")


@dataclass(frozen=True, slots=True)
class Move:
    """A cell of ``field`` that belongs to ``source`` and stands at ``target``."""

    field: str
    source: str
    target: str
    digest: str
