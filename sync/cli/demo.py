"""``demo``: a sample office in a folder of its own, and the job run on it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from sync.cli.options import DEFAULT_CONFIG, ConfigOption, LogOption, LogStyle, NowOption, moment
from sync.cli.progress import shown_progress
from sync.cli.wiring import open_config, open_office
from sync.config import Config
from sync.demo.office import add_responses, before, copy_settings, type_as_officers
from sync.demo.visits import invent_visits
from sync.domain.plan import Request
from sync.domain.safety import Accepted
from sync.events import set_up_log
from sync.job import RunReport
from sync.job import run as run_job


def add_commands(app: typer.Typer) -> None:
    app.command()(demo)


def demo(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Where the sample office goes.")] = Path("demo"),
    config: ConfigOption = DEFAULT_CONFIG,
    now: NowOption = None,
    log: LogOption = LogStyle.TEXT,
) -> None:
    """Build a sample office of a month and a half, run the job on it, and say where to look. Safe to repeat."""
    set_up_log(log.value, quiet=True)
    settings = open_config(copy_settings(open_config(config), folder))
    at = moment(now, settings)
    visits = invent_visits(settings.rules, at)
    with shown_progress() as progress:
        office = open_office(settings, progress)
        added = add_responses(office.workspace, settings, visits)
        first = run_job(office, before(at), Request(), Accepted()) if added else RunReport()
        typed = type_as_officers(office.workspace, settings, visits) if added else 0
        second = run_job(office, at, Request(), Accepted())
    table = Table("step", "what happened", title=f"Sample office in {folder}")
    table.add_row("form", f"{added} responses arrived")
    table.add_row("first run", _said(first))
    table.add_row("officers", f"typed into {typed} rows of the agenda")
    table.add_row("second run", _said(second))
    for code, count in second.findings.items():
        table.add_row("finding", f"{code}: {count}")
    Console().print(table)
    _say_where(settings, folder)


def _said(report: RunReport) -> str:
    return (
        f"{report.registered} registered, {report.documents_filed} documents filed, {report.rows_updated} rows updated"
    )


def _say_where(settings: Config, folder: Path) -> None:
    typer.echo(f"the agenda book   {settings.local_folder / 'agenda.xlsx'}")
    typer.echo(f"the archive       {settings.local_folder / 'arsip'}")
    typer.echo(f"check it          agenda check --config {folder / 'config.yaml'}")
    typer.echo(f"verify it         agenda verify --config {folder / 'config.yaml'}")
