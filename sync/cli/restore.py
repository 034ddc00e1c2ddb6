"""``restore``: deleted rows back into the agenda, and a lost ledger made again from the archive."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Annotated

import typer

from sync.cli.bench import open_bench
from sync.cli.options import DEFAULT_CONFIG, ConfigOption, JsonOption, LogOption, LogStyle, NowOption, moment
from sync.cli.progress import shown_progress
from sync.cli.terminal import Listing
from sync.cli.wiring import open_config
from sync.config import Config
from sync.domain.registration import Response
from sync.domain.repair.errors import NotAllRestored, NothingToRestore
from sync.domain.repair.renumber import Renumbering
from sync.domain.repair.restore import Restoration
from sync.domain.repair.unmix import Unmixing
from sync.events import set_up_log
from sync.repair import Bench, renumber
from sync.repair import restore as restore_rows
from sync.repair import unmix as unmix_rows


def add_commands(app: typer.Typer) -> None:
    app.command()(restore)


def restore(
    number: Annotated[str | None, typer.Argument(help="The number whose row was deleted.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Every deleted row, of the outgoing book too.")] = False,
    unmix: Annotated[
        bool, typer.Option("--unmix", help="Cells that moved between rows go back to their numbers.")
    ] = False,
    from_archive: Annotated[
        bool, typer.Option("--from-archive", help="The ledger is lost: give responses their old numbers again.")
    ] = False,
    assign: Annotated[
        list[str] | None,
        typer.Option("--assign", metavar="NUMBER=ROW", help="Settle a number: its response's row, or none."),
    ] = None,
    accept_unmatched: Annotated[
        bool, typer.Option("--accept-unmatched", help="Keep numbers without a response as given, to nobody.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="With --from-archive or --unmix: show what is to be done; write nothing.")
    ] = False,
    config: ConfigOption = DEFAULT_CONFIG,
    now: NowOption = None,
    as_json: JsonOption = False,
    log: LogOption = LogStyle.TEXT,
) -> None:
    """Put back what people lost by accident: deleted rows, moved cells, a lost ledger.

    Nothing that somebody typed since is ever overwritten.
    """
    set_up_log(log.value, quiet=True)
    if (number is not None) + every + unmix + from_archive != 1:
        raise NothingToRestore
    settings = open_config(config)
    with shown_progress() as progress:
        bench = open_bench(settings, progress)
        if unmix:
            _unmix(bench, settings, as_json, write=not dry_run)
            return
        if not from_archive:
            _rows(bench, number, as_json)
            return

        def show(found: Renumbering) -> None:
            _show(found, as_json)

        renumber(
            bench,
            moment(now, settings),
            assign or [],
            accept_unmatched=accept_unmatched,
            write=not dry_run,
            show=show,
        )
    if not as_json:
        _say_what_follows(settings, dry_run)


def _unmix(bench: Bench, settings: Config, as_json: bool, *, write: bool) -> None:
    header = settings.rules.columns.agenda.header

    def show(unmixing: Unmixing) -> None:
        if as_json:
            typer.echo(json.dumps(_unmixing_json(unmixing, header)))
        else:
            _print_unmixing(unmixing, header, write=write)

    unmix_rows(bench, write=write, show=show)


def _unmixing_json(unmixing: Unmixing, header: Callable[[str], str]) -> dict[str, object]:
    return {
        "numbers": [{"row": item.position + 2, "was": item.old, "is": item.new} for item in unmixing.renumbered],
        "cells": [
            {"number": item.number, "column": header(item.field), "from": item.source} for item in unmixing.cells
        ],
        "left": [{"number": item.number, "column": header(item.field), "why": item.why} for item in unmixing.left],
    }


def _print_unmixing(unmixing: Unmixing, header: Callable[[str], str], *, write: bool) -> None:
    """Tell rows, columns and numbers, never what a cell says."""
    for item in unmixing.renumbered:
        typer.echo(f"row {item.position + 2}: number {item.old or '(none)'} becomes {item.new or '(none)'}")
    for cell in unmixing.cells:
        where = "its response" if not cell.source else f"the row of {cell.source}"
        what = f"back from {where}" if cell.source != cell.number else "emptied, as it was"
        typer.echo(f"{cell.number or 'a row without number'}: {header(cell.field)}: {what}")
    for left in unmixing.left:
        typer.echo(f"{left.number or 'a row without number'}: {header(left.field)}: {left.why}")
    if not (unmixing.renumbered or unmixing.cells or unmixing.left):
        typer.echo("no row is mixed")
    elif not write:
        typer.echo("nothing was written")
    else:
        typer.echo("now `agenda run`")


def _rows(bench: Bench, number: str | None, as_json: bool) -> None:
    restoration = restore_rows(bench, number)
    if as_json:
        typer.echo(json.dumps(_rows_json(restoration)))
    else:
        _print_rows(restoration)
    if restoration.without_response:
        raise NotAllRestored(len(restoration.without_response))


def _rows_json(restoration: Restoration) -> dict[str, object]:
    return {
        "restored": [{"number": row.entry.number, "documents": list(row.documents)} for row in restoration.rows],
        "outgoing": [entry.path for entry in restoration.outgoing],
        "without_response": [entry.number for entry in restoration.without_response],
    }


def _print_rows(restoration: Restoration) -> None:
    for row in restoration.rows:
        typer.echo(f"{row.entry.number}: back in the agenda, as the form had it")
        if row.documents:
            typer.echo("  what officers had typed can be read in:")
            for path in row.documents:
                typer.echo(f"  {path}")
        else:
            typer.echo("  no telaahan was issued: what officers had typed is not kept anywhere")
    for entry in restoration.outgoing:
        typer.echo(f"{entry.path}: back in the outgoing book")
    for ledger_entry in restoration.without_response:
        typer.echo(f"{ledger_entry.number}: its response is not in the tab of responses as it was registered")
    if restoration.rows or restoration.outgoing:
        typer.echo("`agenda run` writes status, findings and links")
    elif not restoration.without_response:
        typer.echo("no row is missing")


def _show(found: Renumbering, as_json: bool) -> None:
    """Tell rows and moments, never what a response says."""
    if as_json:
        typer.echo(json.dumps(_pairs_json(found)))
        return
    if found.unsure or found.lost:
        table = Listing("number", "responses that may be its own (row: moment)")
        for item in found.unsure:
            table.add_row(item.number, "\n".join(map(_place, item.candidates)))
        for number in found.lost:
            table.add_row(number, "none")
        table.show()
    if found.left and (found.unsure or found.lost):
        table = Listing("responses that no number fits (row: moment)")
        for response in found.left:
            table.add_row(_place(response))
        table.show()
    typer.echo(
        f"{len(found.given)} numbers have their response, {len(found.unsure)} are unsure, {len(found.lost)} have none; "
        f"{len(found.left)} responses have no number yet"
    )


def _pairs_json(found: Renumbering) -> dict[str, object]:
    return {
        "given": {number: response.position + 2 for number, response in found.given.items()},
        "unsure": {item.number: [response.position + 2 for response in item.candidates] for item in found.unsure},
        "lost": list(found.lost),
        "left": [response.position + 2 for response in found.left],
    }


def _place(response: Response) -> str:
    moment = response.moment.isoformat(sep=" ", timespec="seconds") if response.moment else "no readable moment"
    return f"{response.position + 2}: {moment}"


def _say_what_follows(settings: Config, dry_run: bool) -> None:
    register = settings.rules.columns.register.tab
    typer.echo("nothing was written" if dry_run else f"tab {register!r} is whole again; now `agenda run`")
