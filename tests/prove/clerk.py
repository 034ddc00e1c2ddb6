"""A clerk who works in the book while the job runs: seeded, so that every mischief can be had again."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection
from datetime import datetime, time, timedelta

from sync.domain.memory import is_as_checked
from sync.domain.reading import read_book
from sync.domain.table import Cell, Revision, Row, Snapshot, Table
from tests.prove.cells import Grid, Sheet
from tests.prove.scenarios import visit
from tests.prove.shadow import RENAMED, Shadow
from tests.prove.world import AGENDA, NUMBER, OUTGOING, REGISTER, RESPONSES, World

ACTS = 5
"""So often a clerk does something in one schedule."""
_UNTIL_MENDED = 8
"""Effects from a read to the commit decided on it, and to the one that puts that right."""
_TEXTS: tuple[Cell, ...] = (
    "Perlu dilengkapi",
    "=1+1 bukan rumus",
    "  spasi  ",
    "Saran & <catatan>",
    None,
    42,
    "baris\nbaru",
)
_TIMES: tuple[Cell, ...] = (time(9, 15), datetime(2026, 11, 2, 9, 20), "09.45", "jam sepuluh", None, 0.4)
_TIME_FIELDS = ("directed", "consultation_start", "consultation_end", "documentation_start", "documentation_end")
_TEXT_FIELDS = ("name", "phone", "topic", "officer", "room", "disposition", "materials", "problem", "facts", "analysis")
_MORE_FIELDS = ("conclusion", "advice", "follow_up", "overrun_reason", "remarks", "cooperative", "presumption")
_PLACES = ("Status", "Nama Lengkap", "Keterangan", "Tanda Registrasi", NUMBER, "Saran", "Timestamp")

_MIXED = ("Nama Lengkap", "Nomor HP/WhatsApp", "Analisis", "Simpulan", "Saran", "Persoalan")
"""Columns that come apart from the rest; never the one that the oracles know a visit by."""
_WORDS = ("problem", "facts", "analysis", "conclusion", "advice", "follow_up", "topic")
"""Fields into which the clerk writes words that name whom they are about."""


def _table_rows(grid: Grid) -> tuple[Row, ...]:
    width = len(grid[0])
    return tuple(Row(at, tuple((*row, *[None] * width)[:width])) for at, row in enumerate(grid[1:]))


class Clerk:
    """Acts at gaps between effects, :data:`ACTS` times, then rests. ``second_runner`` starts another run of the job.

    ``deaths`` are the effects at which a process dies.
    """

    def __init__(
        self, world: World, shadow: Shadow, seed: int, second_runner: Callable[[], None], deaths: Collection[int] = ()
    ) -> None:
        self._world, self._shadow, self._second_runner = world, shadow, second_runner
        self._deaths = deaths
        self._random = random.Random(seed)
        self._left = ACTS
        self._pace = self._random.choice((0.05, 0.15, 0.4))
        self._renamed: tuple[str, str] | None = None
        self._deleted = False
        self._is_between_runs = True
        self._visits = 20
        self.clock_error = timedelta()
        """How far the machine's clock is off; nobody sets it wrong by a day, which would stop the job."""
        self.acts: list[str] = []

    @property
    def is_done(self) -> bool:
        return self._left == 0 and self._renamed is None

    def look(self, effect: int, name: str) -> None:
        """A gap before the ``effect``-th effect: act, or not."""
        if not self._left or self._renamed is not None or self._world.is_too_late(name):
            return
        if self._random.random() < self._pace and self._shadow.is_settled():
            self._act(effect)

    def between_runs(self) -> None:
        """Nobody runs; the clerk may be at work all the same, and by and by has nothing left to do."""
        if self._left and self._renamed is None and self._random.random() < 0.6:
            self._act(0)

    def mend(self) -> bool:
        """Undo what stopped a run, if anything did."""
        if self._renamed is None:
            return False
        old, new = self._renamed
        with self._shadow.staff():
            self._world.rename_header(AGENDA, new, old)
        self._renamed = None
        return True

    def _act(self, effect: int) -> None:
        self._left -= 1
        self._is_between_runs = not effect
        deeds: list[tuple[Callable[[], str], int]] = [
            (self._edit, 6), (self._sort, 3), (self._insert, 2), (self._delete, 1), (self._move, 2), (self._copy, 1),
            (self._move_column, 2), (self._add_column, 1), (self._rename, 1), (self._hide, 1), (self._add_tab, 1),
            (self._type_row, 1), (self._number_letter, 1), (self._visitor, 2), (self._sort_elsewhere, 1),
            (self._set_clock, 1), (self._mix, 3), (self._cancel, 1),
        ]  # fmt: skip
        soon = range(effect, effect + _UNTIL_MENDED)
        if effect and self._world.columns_go_by_index and any(death in soon for death in self._deaths):
            deeds = [deed for deed in deeds if deed[0] not in (self._move_column, self._add_column, self._rename)]
        if self._random.random() < 0.12:
            self._second_runner()
            self.acts.append(f"{effect}: second runner")
            return
        (deed,) = self._random.choices([deed for deed, _ in deeds], [weight for _, weight in deeds])
        with self._shadow.staff():
            self.acts.append(f"{effect}: {deed()}")

    def _rows(self) -> list[int]:
        return [place for place, row in Sheet.of(self._world.grid(AGENDA)).rows if row.get(NUMBER)]

    def _header(self, field: str) -> str:
        return self._world.rules.columns.agenda.header(field)

    def _headers(self) -> list[str]:
        return [str(header) for header in self._world.grid(AGENDA)[0] if header]

    def _edit(self) -> str:
        field = self._random.choice((*_TIME_FIELDS, *_TEXT_FIELDS, *_MORE_FIELDS))
        value = self._random.choice(_TIMES if field in _TIME_FIELDS else _TEXTS)
        if field == "remarks" and self._random.random() < 0.3:
            value = "BATAL, salah loket"
        row = self._random.choice(self._rows())
        if field in _WORDS and self._random.random() < 0.5:
            about = dict(Sheet.of(self._world.grid(AGENDA)).rows)[row]["Uraian Singkat"]
            value = f"Catatan {len(self.acts)} untuk {about}"
        self._world.edit(AGENDA, row, self._header(field), value)
        return f"edit row {row} {field} {value!r}"

    def _sort(self) -> str:
        header = self._random.choice(self._headers())
        descending = self._random.random() < 0.5
        self._world.sort(AGENDA, header, descending=descending)
        return f"sort by {header} {'down' if descending else 'up'}"

    def _mix(self) -> str:
        """Take a part of the columns apart from the rest, of rows that the last run has seen as they are."""
        rows = self._rows()
        if not self._was_seen():
            return self._edit()
        deeds = ("turn", "swap", "sort", "shift up", "shift down", "numbers", "block", "reference")
        deed = self._random.choice(deeds)
        headers = self._random.sample(_MIXED, self._random.randint(1, len(_MIXED)))
        if deed == "numbers":
            headers, deed = [NUMBER], self._random.choice(("turn", "swap"))
        elif deed == "block":
            headers = ["Nama Lengkap", "Nomor HP/WhatsApp"]
        elif deed == "reference":
            headers = ["Nama Lengkap"]
        sheet = dict(Sheet.of(self._world.grid(AGENDA)).rows)
        order = sorted(range(len(rows)), key=lambda at: str(sheet[rows[at]][headers[0]]))
        broken = self._random.randrange(len(rows))
        for header in headers:
            column: list[Cell] = [sheet[row][header] for row in rows]
            if deed == "turn":
                column = [*column[1:], column[0]]
            elif deed == "swap":
                column = [*column[1::-1], *column[2:]]
            elif deed == "sort":
                column = [column[at] for at in order]
            elif deed == "shift up":
                column = [*column[1:], None]
            elif deed == "shift down":
                column = [None, *column[:-1]]
            elif deed == "block":
                column = [column[0], *column[:-1]]
            else:
                column[broken] = "#REF!"
            for row, cell in zip(rows, column, strict=True):
                if cell != sheet[row][header]:
                    self._world.edit(AGENDA, row, header, cell)
        return f"{deed} {', '.join(headers)} and nothing else"

    def _was_seen(self) -> bool:
        """Tell whether the ledger remembers every row as it is: what nobody saw typed nobody can tell moved."""
        rules, register = self._world.rules, dict[object, str]()
        for _, row in Sheet.of(self._world.grid(REGISTER)).rows:
            register[row[NUMBER]] = str(row["Sidik Baris"] or "")
        grid = self._world.grid(AGENDA)
        tables = {
            tab: Table(tab, tuple(str(cell or "") for cell in cells[0]), _table_rows(cells))
            for tab in rules.tab_names.values()
            if (cells := grid if tab == AGENDA else self._world.grid(tab))
        }
        book = read_book(Snapshot(Revision("read"), tables), rules, self._world.clock.utc_offset)
        return all(is_as_checked(register.get(row.number, ""), row.cells) for row in book.agenda if row.number)

    def _cancel(self) -> str:
        """A visit is cancelled whose telaahan was issued; any other one where there is none."""
        rows = dict(Sheet.of(self._world.grid(AGENDA)).rows)
        row = self._random.choice([row for row in self._rows() if rows[row]["Telaahan"]] or self._rows())
        self._world.edit(AGENDA, row, self._header("remarks"), "BATAL, permintaan pemohon")
        return f"cancel row {row}"

    def _sort_elsewhere(self) -> str:
        self._world.sort(RESPONSES, "Nama Lengkap", descending=True)
        return "sort Respons"

    def _insert(self) -> str:
        row = self._random.randint(1, max(self._rows()))
        self._world.insert_row(AGENDA, row)
        return f"insert above row {row}"

    def _delete(self) -> str:
        """Never so many that the job would stop for safety."""
        rows = self._rows()
        given = set(Sheet.of(self._world.grid(REGISTER)).column(NUMBER))
        standing = given & set(Sheet.of(self._world.grid(AGENDA)).column(NUMBER))
        if self._deleted or (len(standing) - 1) * 2 < len(given):
            return self._edit()
        self._deleted = True
        row = self._random.choice(rows)
        self._world.delete_row(AGENDA, row)
        return f"delete row {row}"

    def _move(self) -> str:
        rows = self._rows()
        row, above = self._random.choice(rows), self._random.choice(rows)
        if above in (row, row + 1):
            return self._sort()
        self._world.move_row(AGENDA, row, above)
        return f"move row {row} above {above}"

    def _copy(self) -> str:
        row = self._random.choice(self._rows())
        self._world.copy_row(AGENDA, row)
        return f"paste a copy of row {row}"

    def _move_column(self) -> str:
        header, before = self._random.choice(self._headers()), self._random.choice(self._headers())
        headers = self._headers()
        if headers.index(before) - headers.index(header) in (0, 1):
            return self._edit()
        self._world.move_column(AGENDA, header, before)
        return f"move column {header} before {before}"

    def _add_column(self) -> str:
        before = self._random.choice(self._headers())
        name = f"Kolom Kami {len(self.acts)}"
        self._world.add_column(AGENDA, name, before)
        row = self._random.choice(self._rows())
        if self._is_between_runs or not self._world.columns_go_by_index:
            self._world.edit(AGENDA, row, name, "milik staf")
        return f"add a column before {before}"

    def _rename(self) -> str:
        header = self._random.choice([name for name in self._headers() if name in _PLACES])
        self._renamed = (header, f"{header}{RENAMED}")
        self._world.rename_header(AGENDA, *self._renamed)
        return f"rename {header}"

    def _hide(self) -> str:
        row = self._random.choice(self._rows())
        self._world.hide_row(AGENDA, row)
        return f"hide row {row}"

    def _add_tab(self) -> str:
        self._world.add_tab("Catatan Kami")
        return "add a tab"

    def _type_row(self) -> str:
        """A row typed by hand, without a number."""
        headers = self._headers()
        cells: list[Cell] = [None] * len(headers)
        cells[headers.index("Nama Lengkap")] = "Diketik Sendiri"
        self._world.append(AGENDA, cells)
        return "type a row by hand"

    def _number_letter(self) -> str:
        rows = [place for place, row in Sheet.of(self._world.grid(OUTGOING)).rows]
        if not rows:
            return self._edit()
        row = self._random.choice(rows)
        self._world.edit(OUTGOING, row, "Nomor Naskah", f"500/{self._random.randint(1, 99)}")
        return f"type an official number in row {row}"

    def _set_clock(self) -> str:
        """Seconds that no minute's step hits again: two runs of one moment could not be told apart afterwards."""
        self.clock_error = timedelta(minutes=self._random.choice((-400, -61, -5, 90)), seconds=len(self.acts) + 7)
        return f"set the clock wrong by {self.clock_error.total_seconds() / 60:.0f} minutes"

    def _visitor(self) -> str:
        self._visits += 1
        moment = datetime(2026, 11, 24, 9, 30) + timedelta(minutes=self._visits)
        visit(self._world, self._visits, moment, f"Pengunjung {self._visits}")
        return "a visitor sends the form"
