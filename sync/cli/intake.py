"""``import``: responses from a CSV file into the tab of responses."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sync.cli.options import DEFAULT_CONFIG, ConfigOption, LogOption, LogStyle
from sync.cli.wiring import clock_of, open_config, open_local
from sync.domain.clean import clean
from sync.domain.intake import DateOrder, Intake, new_rows, parse_responses
from sync.domain.reading import tabs_to_read
from sync.domain.registration import read_responses
from sync.domain.rules import Rules
from sync.domain.table import AppendRows, Cell, CellError, NewCell
from sync.domain.tabs import ResponseCells
from sync.errors import BookChanged, BookOpen, ImportUnreadable, NotSupported
from sync.events import log_event, set_up_log
from sync.files import Unfit, read_whole
from sync.job import ATTEMPTS

LARGEST_FILE = 64 * 1024 * 1024
"""Bytes of an export: 100,000 responses have half of that."""


def add_commands(app: typer.Typer) -> None:
    app.command("import")(import_responses)


def import_responses(
    file: Annotated[Path, typer.Argument(help="A CSV file as Google Forms or Sheets exports it.")],
    config: ConfigOption = DEFAULT_CONFIG,
    date_order: Annotated[
        DateOrder, typer.Option("--date-order", help="Which comes first in a date such as 03/04/2026.")
    ] = DateOrder.DAY_FIRST,
    log: LogOption = LogStyle.TEXT,
) -> None:
    """Take the responses of FILE into the workbook, each content once however often it is imported."""
    set_up_log(log.value, quiet=False)
    settings = open_config(config)
    if settings.backend != "local":
        raise NotSupported("import", settings.backend, "There the form itself fills the tab of responses.")
    rules, offset = settings.rules, clock_of(settings).utc_offset
    intake = parse_responses(_content(file), file.name, rules.columns.responses, date_order, offset)
    workspace = open_local(settings)
    for attempt in range(1, ATTEMPTS + 1):
        snapshot = workspace.read(tabs_to_read(rules))
        tab = rules.columns.responses.tab
        known = [response.key for response in read_responses(rules.columns.responses.read(snapshot.table(tab)), offset)]
        fresh = new_rows(intake, known)
        if not fresh:
            break
        try:
            workspace.commit([AppendRows(tab, tuple(_row(cells, rules) for cells in fresh))], snapshot.revision)
        except BookOpen:
            raise
        except BookChanged:
            if attempt == ATTEMPTS:
                raise
            continue
        break
    _tell(intake, len(fresh))


def _content(file: Path) -> bytes:
    try:
        return read_whole(file, LARGEST_FILE)
    except Unfit as error:
        raise ImportUnreadable(str(file), str(error)) from None
    except OSError as error:
        raise ImportUnreadable(str(file), error.strerror or "it cannot be read") from None


def _row(cells: ResponseCells, rules: Rules) -> dict[str, NewCell]:
    values = {field: _stored(cell) for field, cell in zip(ResponseCells._fields, cells, strict=True)}
    return rules.columns.responses.values(values)


def _stored(cell: Cell) -> NewCell:
    if isinstance(cell, CellError):
        return cell.code
    return clean(cell) if isinstance(cell, str) else cell


def _tell(intake: Intake, added: int) -> None:
    log_event("imported", rows=len(intake.rows), added=added, known=len(intake.rows) - added)
    typer.echo(f"{added} new of {len(intake.rows)} responses; `agenda run` registers them")
    for header in intake.unknown_headers:
        typer.echo(f"column {header[:60]!r} is not in the workbook and was not taken", err=True)
