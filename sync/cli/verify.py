"""``verify``: workbook and archive against each other; and the archive list made again from the archive."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import Annotated

import typer

from sync.cli.bench import open_bench
from sync.cli.options import DEFAULT_CONFIG, ConfigOption, JsonOption, LogOption, LogStyle, NowOption, moment
from sync.cli.progress import shown_progress
from sync.cli.terminal import Listing
from sync.cli.wiring import open_config, open_templates
from sync.config import Config
from sync.documents.templates import Remade
from sync.domain.layout import book_layout
from sync.domain.repair.errors import ListStillShort, RebuildIncomplete
from sync.domain.repair.rebuild import RebuiltList, rebuild_changes
from sync.domain.repair.verify import Found
from sync.errors import ArchiveOff, NotSupported
from sync.events import set_up_log
from sync.repair import Bench, Comparison, list_of_archive, read_bench
from sync.repair import rebuild as rebuild_list
from sync.repair import verify as compare
from sync.reproduce import Reproduction
from sync.reproduce import reproduce as make_again
from sync.workspace.local.anew import make_book_anew


def add_commands(app: typer.Typer) -> None:
    app.command()(verify)


def verify(
    config: ConfigOption = DEFAULT_CONFIG,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Make the tab `Arsip` again from the archive; rows that stand stay.")
    ] = False,
    new_book: Annotated[
        bool, typer.Option("--new-book", help="With --rebuild: the book is gone and no copy is left; make a new one.")
    ] = False,
    reproduce: Annotated[
        bool, typer.Option("--reproduce", help="Also make every filed document again of what it carries, and compare.")
    ] = False,
    now: NowOption = None,
    as_json: JsonOption = False,
    log: LogOption = LogStyle.TEXT,
) -> None:
    """Compare workbook and archive, and name every difference with its next step. Exit 5 if they contradict.

    Without --rebuild nothing is changed.
    """
    set_up_log(log.value, quiet=True)
    settings = open_config(config)
    at = moment(now, settings)
    if rebuild or new_book:
        _rebuild(settings, at, new_book, as_json)
        return
    with shown_progress() as progress:
        bench = open_bench(settings, progress)
        comparison = compare(bench, at)
        again = _reproduced(settings, bench) if reproduce else None
    if again is not None:
        comparison = replace(comparison, errors=(*comparison.errors, *again.found))
    if as_json:
        typer.echo(json.dumps(_as_json(comparison) | ({"reproduced": again.counts} if again else {})))
    else:
        _print(comparison)
        if again is not None:
            counts = ", ".join(f"{outcome} {count}" for outcome, count in sorted(again.counts.items()))
            typer.echo(f"made again of what they carry: {counts or 'nothing is filed'}")
    if comparison.errors:
        raise ArchiveOff(len(comparison.errors))


def _reproduced(settings: Config, bench: Bench) -> Reproduction:
    maker = Remade(open_templates(settings), settings.rules)
    return make_again(bench.workspace, read_bench(bench).archive, maker, bench.progress)


def _as_json(comparison: Comparison) -> dict[str, object]:
    return {
        "whole": comparison.archive.whole,
        "pending": comparison.archive.pending,
        "differences": [_found_json(item) for item in comparison.errors],
        "notes": [_found_json(item) for item in comparison.notes],
    }


def _found_json(item: Found) -> dict[str, str]:
    return {"kind": item.kind.value, "path": item.path, "next_step": item.next_step}


def _print(comparison: Comparison) -> None:
    for title, found in (("different", comparison.errors), ("to note", comparison.notes)):
        if found:
            table = Listing(title, "where", "next step")
            for item in found:
                table.add_row(item.kind.value, item.path, item.next_step)
            table.show()
    typer.echo(f"{comparison.archive.whole} documents are whole, {comparison.archive.pending} wait to be filed")


def _rebuild(settings: Config, at: datetime, new_book: bool, as_json: bool) -> None:
    if new_book and settings.backend != "local":
        raise NotSupported(
            "verify --rebuild --new-book",
            settings.backend,
            "Make a new spreadsheet, put its id into config.yaml, run `agenda setup`, then `agenda verify --rebuild`.",
        )
    with shown_progress() as progress:
        bench = open_bench(settings, progress)
        if new_book:
            rebuilt = list_of_archive(bench, at)
            changes = rebuild_changes(rebuilt.entries, settings.rules)
            make_book_anew(settings.local_folder, book_layout(settings.rules), changes)
        else:
            rebuilt = rebuild_list(bench, at)
    _tell(rebuilt, as_json)
    if rebuilt.left_out:
        raise RebuildIncomplete(len(rebuilt.left_out))
    if rebuilt.lacking:
        raise ListStillShort(settings.rules.columns.archive.tab, rebuilt.lacking)


def _tell(rebuilt: RebuiltList, as_json: bool) -> None:
    if as_json:
        left_out = [{"path": item.path, "next_step": item.why} for item in rebuilt.left_out]
        listed = [entry.path for entry in rebuilt.entries]
        typer.echo(json.dumps({"listed": listed, "left_out": left_out, "foreign": list(rebuilt.foreign)}))
        return
    if rebuilt.left_out:
        table = Listing("not listed", "next step")
        for item in rebuilt.left_out:
            table.add_row(item.path, item.why)
        table.show()
    if rebuilt.foreign:
        table = Listing("another office's, left alone")
        for path in rebuilt.foreign:
            table.add_row(path)
        table.show()
    typer.echo(f"{len(rebuilt.entries)} documents were put on the list again")
