"""What people wrote, remembered apart from the job, and held against the book whenever people look again.

Between two looks only the job was at work. It may fill its four derived columns and put new registrations under the
others; every other cell has to stand, in its row, as people left it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from tests.prove.cells import Plain, Sheet
from tests.prove.world import AGENDA, ARCHIVE, NUMBER, OUTGOING, RECAP, REGISTER, RESPONSES, World

DERIVED = {AGENDA: {"Status", "Temuan", "Tanda Registrasi", "Telaahan"}, OUTGOING: {"Berkas"}}
_JOBS_OWN = {REGISTER, ARCHIVE, RECAP}
_GROWING = {AGENDA, OUTGOING}
RENAMED = " (lama)"
"""What people put behind a header when they rename it: to them it is the same column, and its cells stay theirs."""
_Row = frozenset[tuple[str, Plain]]


class Shadow:
    """The cells that are people's, as they last left them."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.violations: list[str] = []
        self._seen = self._look()

    @contextmanager
    def staff(self) -> Iterator[None]:
        """People are at the book: what the job did until now is judged, what they do now is theirs."""
        self.job_did()
        yield
        self._seen = self._look()

    def is_settled(self) -> bool:
        """Tell whether nothing of the job's stands astray: on Google a commit that met a moved column mends it."""
        before, told = self._seen, len(self.violations)
        self.job_did()
        settled = len(self.violations) == told
        if not settled:
            del self.violations[told:]
            self._seen = before
        return settled

    def job_did(self) -> None:
        """Judge what changed since people last looked, and take it as seen."""
        now = self._look()
        for tab, (headers, rows) in self._seen.items():
            if tab not in now:
                self._blame(f"the tab {tab} is gone")
                continue
            found_headers, found = now[tab]
            if headers != found_headers:
                self._blame(f"the headers of {tab} changed")
            lost, new = Counter(rows) - Counter(found), Counter(found) - Counter(rows)
            for row in lost:
                self._blame(f"{tab}: staff's cells changed or vanished: {_told(row, new)}")
            for row in new:
                if tab not in _GROWING:
                    self._blame(f"{tab}: a row that nobody wrote: {_told(row, lost)}")
                elif tab == AGENDA and not lost:
                    self._new_registration(dict(row))
        for tab in now.keys() - self._seen.keys():
            self._blame(f"a tab that nobody made: {tab}")
        self._seen = now

    def _look(self) -> dict[str, tuple[frozenset[str], list[_Row]]]:
        looked = {}
        for tab in self._world.tabs():
            if tab in _JOBS_OWN:
                continue
            grid = self._world.grid(tab)
            grid[:1] = [[str(cell or "").removesuffix(RENAMED) for cell in header] for header in grid[:1]]
            sheet = Sheet.of(grid)
            own = frozenset(header for header in sheet.headers if header and header not in DERIVED.get(tab, set()))
            rows = [
                frozenset((header, row[header]) for header in own if row[header] is not None) for _, row in sheet.rows
            ]
            looked[tab] = (own, [row for row in rows if row])
        return looked

    def _new_registration(self, row: dict[str, Plain]) -> None:
        """A row the job made holds the response as it was given, and nothing in a column of staff."""
        if not row.get(NUMBER):
            self._blame(f"Agenda: the job made a row without a number: {row}")
            return
        responses = Sheet.of(self._world.grid(RESPONSES))
        given = next(
            (cells for _, cells in responses.rows if cells["Uraian Singkat"] == row.get("Uraian Singkat")), None
        )
        if given is None:
            self._blame(f"Agenda: the job registered what nobody sent: {row[NUMBER]}")
            return
        for header, cell in given.items():
            if header not in ("Timestamp", "Nomor HP/WhatsApp") and row.get(header) != cell:
                self._blame(f"Agenda, {row[NUMBER]}: {header} is not what was sent")
        if row.get("Waktu Registrasi") != given["Timestamp"]:
            self._blame(f"Agenda, {row[NUMBER]}: Waktu Registrasi is not the response's moment")
        extra = row.keys() - given.keys() - {NUMBER, "Waktu Registrasi"}
        if extra:
            self._blame(f"Agenda, {row[NUMBER]}: the job wrote into staff's {sorted(extra)}")

    def _blame(self, violation: str) -> None:
        self.violations.append(f"staff's cells: {violation}")


def _told(row: _Row, others: Counter[_Row]) -> str:
    """Show how a row differs from the one most like it."""
    nearest = max(others, key=lambda other: len(other & row), default=frozenset())
    return f"{sorted(map(str, row - nearest))} against {sorted(map(str, nearest - row))}"
