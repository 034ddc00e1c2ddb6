"""Put the sample office into a folder: its configuration and templates, its responses, and what officers typed."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from pathlib import Path

from sync.config import Config
from sync.demo.people import OFFICERS
from sync.demo.visits import Visit
from sync.domain.reading import read_book, tabs_to_read
from sync.domain.registration import read_responses
from sync.domain.table import AppendRows, Change, RowUpdate, UpdateRows
from sync.domain.tabs import OfficerCells, ResponseCells
from sync.workspace.port import Workspace


def copy_settings(source: Config, folder: Path) -> Path:
    """Copy config.yaml and the templates into ``folder``, unless they are there; return the configuration's path."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / "config.yaml"
    if not target.exists():
        shutil.copyfile(source.path, target)
    if not (folder / "templates").exists():
        shutil.copytree(source.templates, folder / "templates")
    return target


def add_responses(workspace: Workspace, config: Config, visits: Sequence[Visit]) -> int:
    """Add the visits' responses, and the officers if there are none; return how many responses were added."""
    rules = config.rules
    snapshot = workspace.read(tabs_to_read(rules))
    responses, officers = rules.columns.responses, rules.columns.officers
    changes: list[Change] = [
        AppendRows(
            responses.tab,
            tuple(
                responses.values(dict(zip(ResponseCells._fields, visit.response, strict=True)))  # type: ignore[arg-type]  # a sample holds no cell errors
                for visit in visits
            ),
        )
    ]
    if not read_book(snapshot, rules, config.utc_offset).officers:
        rows = tuple(officers.values(dict(zip(OfficerCells._fields, officer, strict=False))) for officer in OFFICERS)
        changes.append(AppendRows(officers.tab, rows))
    workspace.commit(changes, snapshot.revision)
    return len(visits)


def type_as_officers(workspace: Workspace, config: Config, visits: Sequence[Visit]) -> int:
    """Type into each visit's row what its officer typed, unless something stands there; return how many rows."""
    rules, columns = config.rules, config.rules.columns.agenda
    snapshot = workspace.read(tabs_to_read(rules))
    book = read_book(snapshot, rules, config.utc_offset)
    keys = {
        response.key: visit
        for visit, response in zip(
            visits, read_responses([visit.response for visit in visits], config.utc_offset), strict=True
        )
    }
    numbers = {entry.number: keys[entry.response_key] for entry in book.ledger if entry.response_key in keys}
    updates = [
        RowUpdate(row.position, row.number, columns.values(dict(numbers[row.number].typed)))
        for row in book.agenda
        if row.number in numbers and row.cells.officer is None and row.cells.remarks is None
    ]
    if updates:
        workspace.commit([UpdateRows(columns.tab, columns.header("number"), tuple(updates))], snapshot.revision)
    return len(updates)


def write_past_the_form(workspace: Workspace, config: Config) -> None:
    """Somebody writes a visitor into the book by hand, without a number."""
    columns = config.rules.columns.agenda
    snapshot = workspace.read(tabs_to_read(config.rules))
    row = columns.values({"name": "Tamu tanpa formulir", "summary": "datang langsung, ditulis sendiri di buku"})
    workspace.commit([AppendRows(columns.tab, (row,))], snapshot.revision)


def is_untouched(workspace: Workspace, config: Config) -> bool:
    """Tell whether no response has arrived yet: the sample is told once."""
    snapshot = workspace.read(tabs_to_read(config.rules))
    return not read_book(snapshot, config.rules, config.utc_offset).responses


def last_month_end(now: datetime) -> datetime:
    """Return the afternoon of the last day of the month before ``now``."""
    return datetime.combine(now.date().replace(day=1) - timedelta(days=1), time(16, 0))
