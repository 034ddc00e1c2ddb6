"""``setup`` and ``doctor``: make the office's workbook and archive, and tell what keeps them from working."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from sync.cli.options import DEFAULT_CONFIG, ConfigOption, LogOption, LogStyle, moment
from sync.cli.wiring import open_config, open_local
from sync.config import Config
from sync.doctor.check import Check, failed
from sync.doctor.local import examine_local
from sync.doctor.office import examine_calendar, examine_templates
from sync.domain.reading import lacking_columns, tabs_to_read
from sync.domain.table import AddColumns
from sync.errors import AgendaError, ConfigurationError, NotSupported
from sync.events import set_up_log
from sync.workspace.port import Workspace


def add_commands(app: typer.Typer) -> None:
    app.command()(setup)
    app.command()(doctor)


def setup(config: ConfigOption = DEFAULT_CONFIG, log: LogOption = LogStyle.TEXT) -> None:
    """Make the workbook and the archive (on Google the form too), or complete them. Never touches what people made."""
    set_up_log(log.value, quiet=False)
    settings = open_config(config)
    if settings.backend == "google":
        _set_up_google(settings)
        return
    workspace = open_local(settings)
    done = [*workspace.prepare(), *_add_columns(workspace, settings)]
    for line in done or ["everything is there already"]:
        typer.echo(line)
    typer.echo(f"the agenda book: {settings.local_folder / 'agenda.xlsx'}")


def _add_columns(workspace: Workspace, settings: Config) -> list[str]:
    """Give the tabs of staff the columns that a version after the book's own brought; the job's get theirs in a run."""
    rules = settings.rules
    snapshot = workspace.read(tabs_to_read(rules))
    lacking = lacking_columns(snapshot, rules, job=False)
    workspace.commit([AddColumns(tab, headers) for tab, headers in lacking.items()], snapshot.revision)
    return [f"added the column {header!r} to the tab {tab!r}" for tab, headers in lacking.items() for header in headers]


def doctor(
    config: ConfigOption = DEFAULT_CONFIG,
    probe: Annotated[
        bool, typer.Option("--probe", help="Google: try out on scratch objects how it behaves, then clean up.")
    ] = False,
    log: LogOption = LogStyle.TEXT,
) -> None:
    """Check everything a run needs, and say what to do. The exit code is that of the first thing that stops a run."""
    set_up_log(log.value, quiet=True)
    settings = open_config(config)
    if probe and settings.backend != "google":
        raise NotSupported("doctor --probe", settings.backend, "There is nothing to try out on a folder.")
    now = moment(None, settings)
    checks = [Check("configuration", True, str(settings.path)), *_checks(settings, now)]
    table = Table("what", "state", "found / what to do")
    for check in checks:
        # Not as markup: what was found may hold brackets.
        table.add_row(check.what, "ok" if check.passed else "FAILED" if check.error else "look", _plain(check.found))
    Console().print(table)
    stops = [check.error for check in checks if check.error is not None]
    if stops:
        raise typer.Exit(stops[0].exit_code if isinstance(stops[0], AgendaError) else ConfigurationError.exit_code)
    if probe:
        _probe(settings)


def _checks(settings: Config, now: datetime) -> list[Check]:
    office = [*examine_calendar(settings.rules, now), *examine_templates(settings)]
    if settings.backend != "google":
        return [*office, *examine_local(settings, open_local(settings, looks_only=True))]
    from sync.doctor.google import examine_google  # an office that is offline loads nothing of Google
    from sync.workspace.google.admin.session import open_session

    try:
        session = open_session(settings)
    except AgendaError as error:
        return [*office, failed("credentials", error)]
    return [*office, *examine_google(settings, session)]


def _set_up_google(settings: Config) -> None:
    from sync.workspace.google.admin.session import open_session  # as above
    from sync.workspace.google.admin.setup import Setup

    today = moment(None, settings).date()
    report = Setup(settings, open_session(settings), today, typer.echo).run()
    if not report.done:
        typer.echo("everything is there already")
    for line in report.left:
        typer.echo(f"look: {line}")
    for what, link in report.links.items():
        typer.echo(f"the {what}: {link}")
    if report.linked:
        typer.echo("the form is linked: responses go into the spreadsheet")
    _say(report.step)


def _probe(settings: Config) -> None:
    from sync.workspace.google.admin.probe import Probe  # as above
    from sync.workspace.google.admin.session import open_session

    ask = typer.confirm if sys.stdin.isatty() else None
    outcome = Probe(settings, open_session(settings), typer.echo, ask).run()
    table = Table("question", "expected", "found", "state")
    for result in outcome.results:
        table.add_row(_plain(result.question), _plain(result.expected), _plain(result.found), result.state)
    Console().print(table)
    _say(outcome.left_behind)


def _say(lines: Sequence[str]) -> None:
    for line in lines:
        typer.echo(line)


def _plain(text: str) -> str:
    return text.replace("[", r"\[")
