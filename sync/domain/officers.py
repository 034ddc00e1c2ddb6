"""Officers by spell: who held which role on a day. A promotion or a farewell rewrites no history.

The rules are the design's (section 4): an officer's role and spell are judged on the day of the step. An entry without
dates counts for every day; set inactive without an end date it counts no more for visits that are still open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sync.domain.cells import is_filled, name_key, read_date, read_text
from sync.domain.tabs import OfficerCells

_ACTIVE = ("ya", "y", "aktif")


@dataclass(frozen=True, slots=True)
class Officer:
    """One spell of one officer in one role. ``valid_from`` and ``valid_until`` are inclusive; None leaves it open."""

    name: str
    employee_number: str
    role: str
    active: bool
    valid_from: date | None = None
    valid_until: date | None = None
    misdated: bool = False
    """A date of it is filled and is none: it limits nothing, and ``agenda doctor`` says so."""

    def serves(self, day: date, *, closed: bool) -> bool:
        """Tell whether the spell counts for a step of ``day``.

        Args:
            closed: the visit's telaahan has been issued, so that an entry set inactive since still counts for it.
        """
        if self.valid_from is not None and day < self.valid_from:
            return False
        if self.valid_until is not None:
            return day <= self.valid_until
        return self.active or closed


def read_officers(rows: Iterable[OfficerCells]) -> dict[str, tuple[Officer, ...]]:
    """Return the spells by :func:`~sync.domain.cells.name_key` of the name, rows without a name left out."""
    officers: dict[str, tuple[Officer, ...]] = {}
    for cells in rows:
        name = read_text(cells.name)
        if name:
            officer = Officer(
                name=name,
                employee_number=read_text(cells.employee_number),
                role=read_text(cells.role),
                active=name_key(read_text(cells.active)) in _ACTIVE,
                valid_from=read_date(cells.valid_from),
                valid_until=read_date(cells.valid_until),
                misdated=any(
                    is_filled(cell) and read_date(cell) is None for cell in (cells.valid_from, cells.valid_until)
                ),
            )
            officers[name_key(name)] = (*officers.get(name_key(name), ()), officer)
    return officers


def roles_on(
    officers: Mapping[str, tuple[Officer, ...]], name: str, day: date | None, *, closed: bool
) -> tuple[str, ...]:
    """Return the roles that ``name`` holds on ``day`` (None: on whatever day), as written, each once.

    A name that the tab does not have holds none.
    """
    spells = officers.get(name_key(name), ())
    held = (spell.role for spell in spells if day is None or spell.serves(day, closed=closed))
    return tuple(dict.fromkeys(role for role in held if role))
