"""Offices full of hostile values: in every field of a response, in every cell of staff, on each backend."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from sync.domain.table import AppendRows, Cell, NewCell, Revision, RowUpdate, UpdateRows
from sync.domain.tabs import AgendaCells, ResponseCells
from sync.workspace.port import Workspace
from tests import build
from tests.hostile.corpus import Value
from tests.prove.seam import Seam
from tests.prove.world import NUMBER, RESPONSES, World

NOW = datetime(2026, 11, 24, 15, 0)
OPENED = datetime(2026, 11, 24, 7, 31)
ANSWERS = tuple(field for field in ResponseCells._fields if field != "timestamp")
STAFF = AgendaCells._fields[AgendaCells._fields.index("directed") : AgendaCells._fields.index("status")]
TIMES = ("directed", "consultation_start", "consultation_end", "documentation_start", "documentation_end")
TEXTS = tuple(field for field in STAFF if field not in (*TIMES, "remarks"))
PATH = re.compile(
    r"\d{4}/\d{3}(\.\d+)+/\d\d [A-Z][a-z]+/\d{4}-\d\d-\d\d_(KONS-\d{4}-\d{4,}|\d{4}(-(\d\d|Q\d|S\d))?(-sementara)?)"
    r"_[a-z-]+(-r\d+)?\.docx"
)
"""All that a document's path may ever be made of."""


def responses(values: Sequence[Value], *, finished: bool = False) -> list[dict[str, Cell]]:
    """One response a value, which stands in every answer; moments three seconds apart.

    ``finished``: the time of arrival is left out, so that nothing blocks the documents of a finished visit.
    """
    answers = [field for field in ANSWERS if field != "arrived" or not finished]
    return [
        {
            "timestamp": OPENED + timedelta(seconds=3 * order),
            "arrived": None,
            **dict.fromkeys(answers, value.text),
        }
        for order, value in enumerate(values)
    ]


def send(world: World, values: Sequence[Value], *, finished: bool = False) -> None:
    """All responses at once, as a form's tab holds them."""
    headers = world.rules.columns.responses.headers
    rows: list[dict[str, NewCell]] = [
        {headers[field]: _new(cell) for field, cell in row.items()} for row in responses(values, finished=finished)
    ]
    workspace, revision = opened(world)
    workspace.commit([AppendRows(RESPONSES, tuple(rows))], revision)


def type_everywhere(world: World, values: Sequence[Value], *, finished: bool) -> None:
    """Staff put each value into every cell of theirs in its row; ``finished``: times and marks are sound instead."""
    columns = world.rules.columns.agenda
    grid = world.grid(columns.tab)
    at = grid[0].index(NUMBER)
    sound = {field: build.FINISHED[field] for field in TIMES} if finished else {}
    updates = []
    for position, (row, value) in enumerate(zip(grid[1:], values, strict=False)):
        cells: dict[str, NewCell] = {field: value.text for field in STAFF if field != "remarks" or not finished}
        moved = {field: _same_day(cell) for field, cell in sound.items()}
        updates.append(RowUpdate(position, str(row[at]), columns.values(cells | moved)))
    workspace, revision = opened(world)
    workspace.commit([UpdateRows(columns.tab, NUMBER, tuple(updates))], revision)


def opened(world: World) -> tuple[Workspace, Revision]:
    workspace = world.open(Seam())
    return workspace, workspace.read(list(world.rules.tab_names.values())).revision


def _same_day(cell: Cell) -> NewCell:
    assert not isinstance(cell, datetime)
    return _new(cell)


def _new(cell: Cell) -> NewCell:
    assert not isinstance(cell, tuple)
    return cell  # type: ignore[return-value]  # no cell of ours is an error


@contextmanager
def logged() -> Iterator[list[str]]:
    """Collect all that is logged, facts and all."""
    lines: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(f"{record.getMessage()} {getattr(record, 'facts', '')}")

    logger, handler = logging.getLogger("agenda"), Collector()
    level = logger.level
    logger.setLevel(logging.DEBUG)
    logger.addHandler(handler)
    try:
        yield lines
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
