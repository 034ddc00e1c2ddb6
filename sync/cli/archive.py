"""``verify``: every file of the archive against the list."""

from __future__ import annotations

import json

import typer
from rich.console import Console
from rich.table import Table

from sync.cli.options import DEFAULT_CONFIG, ConfigOption, JsonOption, LogOption, LogStyle
from sync.cli.wiring import clock_of, open_config, open_workspace
from sync.domain.book import read_book, tabs_to_read
from sync.domain.verify import ArchiveComparison, FoundFile, compare_archive
from sync.errors import ArchiveOff
from sync.events import set_up_log


def add_commands(app: typer.Typer) -> None:
    app.command()(verify)


def verify(config: ConfigOption = DEFAULT_CONFIG, as_json: JsonOption = False, log: LogOption = LogStyle.TEXT) -> None:
    """Compare every file of the archive with the tab `Arsip`. Changes nothing; exit 5 if anything is off."""
    set_up_log(log.value, quiet=True)
    settings = open_config(config)
    workspace = open_workspace(settings, looks_only=True)
    snapshot = workspace.read(tabs_to_read(settings.rules))
    book = read_book(snapshot, settings.rules, clock_of(settings).utc_offset)
    files = (FoundFile(file.id, file.path, file.sha256) for file in workspace.walk())
    comparison = compare_archive(book.archive, files)
    if as_json:
        typer.echo(json.dumps(_as_json(comparison)))
    else:
        _print(comparison)
    if comparison.differences:
        raise ArchiveOff(len(comparison.differences))


def _as_json(comparison: ArchiveComparison) -> dict[str, object]:
    return {
        "whole": comparison.whole,
        "pending": comparison.pending,
        "differences": [
            {"kind": item.kind.value, "path": item.path, "next_step": item.next_step} for item in comparison.differences
        ],
    }


def _print(comparison: ArchiveComparison) -> None:
    if comparison.differences:
        table = Table("what", "file", "next step")
        for item in comparison.differences:
            table.add_row(item.kind.value, item.path, item.next_step)
        Console().print(table)
    typer.echo(f"{comparison.whole} documents are whole, {comparison.pending} wait to be filed")
