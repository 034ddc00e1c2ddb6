"""An office on one backend: the job as a process of its own, the hands of its people, and everything that can be seen.

Rows count as people count them, from 0, the header's. Columns go by header.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeVar

from sync.domain.compliance import Clock
from sync.domain.plan import Request
from sync.domain.rules import Rules
from sync.domain.safety import Accepted
from sync.domain.table import Cell
from sync.job import RunReport, run
from sync.office import DocumentMaker, Office
from sync.pace import Limits
from sync.repair import Bench, restore
from sync.workspace.port import Workspace
from tests import build
from tests.prove.cells import Grid
from tests.prove.papers import QuickPapers
from tests.prove.seam import Fault, Seam

ResultT = TypeVar("ResultT")
AGENDA, RESPONSES, OUTGOING = "Agenda", "Respons", "Agenda Keluar"
REGISTER, ARCHIVE, RECAP = "Register", "Arsip", "Rekap"
NUMBER = "No. Registrasi"
PORTION = 2
"""Documents between two records: so few that every scenario has several portions to be cut in."""


class World(ABC):
    """One office. ``faults`` are the ways in which its effects can go wrong."""

    name: str
    faults: tuple[Fault, ...]
    papers: DocumentMaker = QuickPapers()
    columns_go_by_index = False
    """True where a commit names columns by index, and a second call puts right what met a moved one. Such a place
    cannot guard against a process that dies between the two, nor give back the cell of a column that was inserted *and
    filled* between the read and the commit; people leave both alone there."""

    @property
    def rules(self) -> Rules:
        return build.rules()

    @property
    def clock(self) -> Clock:
        return build.clock()

    def run(self, now: datetime, seam: Seam | None = None) -> RunReport:
        """The job, once, as a new process: nothing is left of any earlier one but what it wrote."""

        def work(workspace: Workspace) -> RunReport:
            office = Office(
                workspace,
                self.rules,
                self.clock,
                self.papers,
                lambda seconds: None,
                limits=Limits(portion=PORTION),
                seconds=lambda: 0.0,
            )
            return run(office, now, Request(), Accepted())

        return self.at_work(seam or Seam(), work)

    def put_rows_back(self) -> None:
        """``agenda restore --all``."""

        def work(workspace: Workspace) -> None:
            restore(Bench(workspace, self.rules, self.clock, lambda content: None, lambda seconds: None), None)

        self.at_work(Seam(), work)

    def at_work(self, seam: Seam, work: Callable[[Workspace], ResultT]) -> ResultT:
        """Let a new process do its ``work``, its effects going through ``seam``."""
        return work(self.open(seam))

    @abstractmethod
    def open(self, seam: Seam) -> Workspace:
        """Return a workspace as a new process would open it, its effects going through ``seam``."""

    def crashed(self) -> None:  # noqa: B027  # a world without leavings leaves none
        """A process was killed: leave what the system leaves of it."""

    @abstractmethod
    def snapshot(self) -> object:
        """Return all there is, to come back to."""

    @abstractmethod
    def restore(self, state: object) -> None: ...

    def is_too_late(self, effect: str) -> bool:
        """Tell whether nobody can act any more before this effect: the window that a place leaves by its nature."""
        return False

    # What can be seen.

    @abstractmethod
    def tabs(self) -> list[str]: ...

    @abstractmethod
    def grid(self, tab: str) -> Grid:
        """Return what stands in the tab, header row first."""

    @abstractmethod
    def targets(self, tab: str) -> Mapping[tuple[int, int], str] | None:
        """Return where the links of the tab lead, by row and column; None where a cell cannot hold one."""

    @abstractmethod
    def documents(self) -> dict[str, list[bytes]]:
        """Return the archive: what lies at each path (twice where two files have one path)."""

    @abstractmethod
    def resolve(self, link: str) -> bytes | None:
        """Follow a link as people do."""

    @abstractmethod
    def litter(self) -> list[str]:
        """Return what lies about and should not: temporary files, locks, folders of one name."""

    # Hands.

    @abstractmethod
    def edit(self, tab: str, row: int, header: str, value: Cell) -> None: ...

    @abstractmethod
    def sort(self, tab: str, header: str, *, descending: bool) -> None: ...

    @abstractmethod
    def insert_row(self, tab: str, row: int) -> None: ...

    @abstractmethod
    def delete_row(self, tab: str, row: int) -> None: ...

    @abstractmethod
    def move_row(self, tab: str, row: int, above: int) -> None: ...

    @abstractmethod
    def copy_row(self, tab: str, row: int) -> None:
        """Copy a row and paste it under the last."""

    @abstractmethod
    def move_column(self, tab: str, header: str, before: str) -> None: ...

    @abstractmethod
    def add_column(self, tab: str, header: str, before: str) -> None: ...

    @abstractmethod
    def rename_header(self, tab: str, header: str, new: str) -> None: ...

    @abstractmethod
    def hide_row(self, tab: str, row: int) -> None: ...

    @abstractmethod
    def add_tab(self, tab: str) -> None: ...

    @abstractmethod
    def append(self, tab: str, cells: list[Cell]) -> None:
        """Write a row under the last one: what a form or a hand does."""

    def respond(self, **fields: Cell) -> None:
        """A visitor sends the form."""
        self.append(RESPONSES, list(build.response_cells(**fields)))

    def row_of(self, tab: str, header: str, value: str) -> int:
        grid = self.grid(tab)
        column = grid[0].index(header)
        return next(index for index, row in enumerate(grid) if index and column < len(row) and row[column] == value)

    def type_into(self, number: str, cells: Mapping[str, Cell]) -> None:
        """An officer types into the row of ``number``, by field."""
        for field, value in cells.items():
            self.edit(AGENDA, self.row_of(AGENDA, NUMBER, number), self.rules.columns.agenda.header(field), value)

    def close(self) -> None:  # noqa: B027  # a world that holds nothing lets nothing go
        """Let go of what the world holds."""
