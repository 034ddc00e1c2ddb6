"""``demo``: a sample office in a folder of its own, and the job run on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from sync.cli.options import DEFAULT_CONFIG, ConfigOption, LogOption, LogStyle, NowOption, moment
from sync.cli.progress import shown_progress
from sync.cli.terminal import Listing
from sync.cli.wiring import open_config, open_office
from sync.config import Config
from sync.demo.office import (
    add_responses,
    copy_settings,
    is_untouched,
    last_month_end,
    type_as_officers,
    write_past_the_form,
)
from sync.demo.visits import invent_visits
from sync.domain.plan import Request
from sync.domain.safety import Accepted
from sync.events import set_up_log
from sync.job import RunReport
from sync.job import run as run_job
from sync.office import Office


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
    table = Listing("when", "what happened", title=f"Sample office in {folder}")
    with shown_progress() as progress:
        office = open_office(settings, progress)
        if is_untouched(office.workspace, settings):
            for moment_of_run, what in _tell(office, settings, at):
                table.add_row(f"{moment_of_run:%d/%m/%Y %H.%M}", what)
        last = run_job(office, at, Request(), Accepted())
    table.add_row(f"{at:%d/%m/%Y %H.%M}", f"run: {_said(last)}")
    for code, count in last.findings.items():
        table.add_row("finding", f"{code}: {count}")
    table.show()
    _say_where(settings, folder)


def _tell(office: Office, settings: Config, now: datetime) -> Iterator[tuple[datetime, str]]:
    """Let the month and a half happen: responses arrive, the job runs, officers type, a month ends."""
    visits = invent_visits(settings.rules, now)
    month_end = last_month_end(now)
    stages = (
        (month_end, [visit for visit in visits if visit.moment <= month_end]),
        (now - timedelta(minutes=5), [visit for visit in visits if visit.moment > month_end]),
    )
    for moment_of_run, arrived in stages:
        yield moment_of_run, f"form: {add_responses(office.workspace, settings, arrived)} responses arrived"
        yield moment_of_run, f"run: {_said(run_job(office, moment_of_run, Request(), Accepted()))}"
        yield moment_of_run, f"officers: typed into {type_as_officers(office.workspace, settings, arrived)} rows"
    write_past_the_form(office.workspace, settings)
    yield now, "somebody wrote a visitor into the book by hand"


def _said(report: RunReport) -> str:
    filed = f"{report.documents_filed} documents filed"
    return f"{report.registered} registered, {filed}, {report.rows_updated} rows updated"


def _say_where(settings: Config, folder: Path) -> None:
    typer.echo(f"the agenda book   {settings.local_folder / 'agenda.xlsx'}")
    typer.echo(f"the archive       {settings.local_folder / 'arsip'}")
    typer.echo(f"check it          agenda check --config {folder / 'config.yaml'}")
    typer.echo(f"verify it         agenda verify --config {folder / 'config.yaml'}")
