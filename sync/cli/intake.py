"""``import``: responses from a CSV file into the tab of responses."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from sync.cli.options import DEFAULT_CONFIG, ConfigOption, LogOption, LogStyle, NowOption, moment
from sync.cli.wiring import clock_of, open_config, open_local
from sync.config import Config
from sync.domain.book import Book
from sync.domain.changes import with_columns
from sync.domain.clean import CUT
from sync.domain.dateorder import DateOrder, Reading, decide_order
from sync.domain.intake import ImportedLine, ResponseFile, moments_of, read_file, read_lines
from sync.domain.newlines import NewLines, import_changes, known_in_book, new_lines, span_of
from sync.domain.reading import read_book, tabs_to_read
from sync.errors import BookChanged, BookNotMade, BookOpen, ImportUnreadable, NotSupported
from sync.events import log_event, set_up_log
from sync.files import Unfit, read_whole
from sync.job import ATTEMPTS

_ORDERS = {DateOrder.DAY_FIRST: "day first", DateOrder.MONTH_FIRST: "month first"}
LARGEST_FILE = 64 * 1024 * 1024
"""Bytes of an export: 100,000 responses have half of that."""


def add_commands(app: typer.Typer) -> None:
    app.command("import")(import_responses)


def import_responses(
    file: Annotated[Path, typer.Argument(help="A CSV file as Google Forms or Sheets exports it.")],
    config: ConfigOption = DEFAULT_CONFIG,
    date_order: Annotated[
        DateOrder | None,
        typer.Option(
            "--date-order",
            help="Which comes first in a date such as 03/04/2026. Left out, the whole file and the book decide.",
        ),
    ] = None,
    now: NowOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would come in; write nothing.")] = False,
    log: LogOption = LogStyle.TEXT,
) -> None:
    """Take the responses of FILE into the workbook, each visit once however often it is imported."""
    set_up_log(log.value, quiet=False)
    settings = open_config(config)
    if settings.backend != "local":
        raise NotSupported("import", settings.backend, "There the form itself fills the tab of responses.")
    content = read_file(_content(file), file.name, settings.rules.columns.responses)
    at, offset = moment(now, settings), clock_of(settings).utc_offset
    workspace = open_local(settings, looks_only=dry_run)
    for attempt in range(1, ATTEMPTS + 1):
        try:
            snapshot = workspace.read(tabs_to_read(settings.rules))
        except BookNotMade:
            _tell_without_a_book(content, date_order, at, settings)
            return
        book = read_book(snapshot, settings.rules, offset)
        reading = _reading(content, date_order, book, at, settings)
        lines = read_lines(content, reading.order, offset)
        new = new_lines(lines, book, at)
        changes = import_changes(new, book, settings.rules)
        if not changes or dry_run:
            break
        try:
            workspace.commit(with_columns(changes, book), snapshot.revision)
        except BookOpen:
            raise
        except BookChanged:
            if attempt == ATTEMPTS:
                raise
            continue
        break
    _tell(content, lines, new, reading, dry_run=dry_run)


def _content(file: Path) -> bytes:
    try:
        return read_whole(file, LARGEST_FILE)
    except Unfit as error:
        raise ImportUnreadable(str(file), str(error), "Name the CSV file that the form or the sheet gives.") from None
    except FileNotFoundError:
        raise ImportUnreadable(str(file), "no file here", "Check its name and folder, then import it again.") from None
    except IsADirectoryError:
        raise ImportUnreadable(str(file), "a folder, no file", "Name the CSV file in it.") from None
    except PermissionError:
        step = "Give your account the right to read it, or copy it to a folder of your own."
        raise ImportUnreadable(str(file), "it may not be read", step) from None
    except OSError as error:
        step = "Copy it to this machine, then import the copy."
        raise ImportUnreadable(str(file), error.strerror or "it cannot be read", step) from None


def _reading(
    content: ResponseFile, asked: DateOrder | None, book: Book | None, at: datetime, settings: Config
) -> Reading:
    if asked is not None:
        return Reading(asked, "as --date-order says")
    offset = clock_of(settings).utc_offset
    return decide_order(
        content.place,
        content.dates(),
        lambda order: moments_of(content, order, offset),
        lambda order: known_in_book(read_lines(content, order, offset), book) if book else 0,
        at,
    )


def _tell_without_a_book(content: ResponseFile, asked: DateOrder | None, at: datetime, settings: Config) -> None:
    reading = _reading(content, asked, None, at, settings)
    lines = read_lines(content, reading.order, clock_of(settings).utc_offset)
    once = tuple({line.key: line for line in lines}.values())
    _tell(content, lines, NewLines(once, (), (), len(lines) - len(once)), reading, dry_run=True)


def _tell(content: ResponseFile, lines: list[ImportedLine], new: NewLines, reading: Reading, *, dry_run: bool) -> None:
    added = len(new.fresh) + len(new.newer)
    span = span_of(lines)
    between = f" from {span[0]:%Y-%m-%d %H:%M} to {span[1]:%Y-%m-%d %H:%M}" if span else ""
    if not dry_run:
        log_event("imported", rows=len(lines), added=added, known=new.known, unreadable=len(content.unreadable))
    typer.echo(
        f"{added} new of {len(lines)} responses{between}; "
        + ("nothing was written" if dry_run else "`agenda run` registers them")
    )
    if dry_run and content.dates():
        typer.echo(f"dates read {_ORDERS[reading.order]}: {reading.why}")
    for line, number, _ in new.newer:
        typer.echo(f"line {line.line}: {number} as edited since it was registered; it keeps its number", err=True)
    for line, position in new.differing:
        typer.echo(
            f"line {line.line}: another version of the response in row {position + 2}, which was kept; "
            "correct that row if the line is right",
            err=True,
        )
    for cut in lines:
        if any(isinstance(cell, str) and cell.endswith(CUT) for cell in cut.cells):
            typer.echo(f"line {cut.line}: an answer is longer than a cell holds and is cut there", err=True)
    for broken in content.unreadable:
        typer.echo(f"line {broken.line} was not taken: {broken.why}", err=True)
    for header in content.unknown_headers:
        typer.echo(f"column {header[:60]!r} is not in the workbook and was not taken", err=True)
