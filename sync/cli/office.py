"""``setup`` and ``doctor``: make the office's workbook and archive, and tell what keeps them from working."""

from __future__ import annotations

from datetime import datetime

import typer
from rich.console import Console
from rich.table import Table

from sync.cli.options import DEFAULT_CONFIG, ConfigOption, LogOption, LogStyle, moment
from sync.cli.wiring import open_config, open_local
from sync.config import Config
from sync.doctor import Check, examine_calendar, examine_local, examine_templates
from sync.errors import AgendaError, ConfigurationError, NotSupported
from sync.events import set_up_log


def add_commands(app: typer.Typer) -> None:
    app.command()(setup)
    app.command()(doctor)


def setup(config: ConfigOption = DEFAULT_CONFIG, log: LogOption = LogStyle.TEXT) -> None:
    """Make the workbook and the archive, or complete what is missing. Never touches what people made."""
    set_up_log(log.value, quiet=False)
    settings = open_config(config)
    _local_only("setup", settings)
    done = open_local(settings).prepare()
    for line in done or ["everything is there already"]:
        typer.echo(line)
    typer.echo(f"the agenda book: {settings.local_folder / 'agenda.xlsx'}")


def doctor(config: ConfigOption = DEFAULT_CONFIG, log: LogOption = LogStyle.TEXT) -> None:
    """Check everything a run needs, and say what to do. The exit code is that of the first thing that stops a run."""
    set_up_log(log.value, quiet=True)
    settings = open_config(config)
    _local_only("doctor", settings)
    now = moment(None, settings)
    checks = [Check("configuration", True, str(settings.path)), *_checks(settings, now)]
    table = Table("what", "state", "found / what to do")
    for check in checks:
        table.add_row(check.what, "ok" if check.passed else "FAILED" if check.error else "look", check.found)
    Console().print(table)
    failed = [check.error for check in checks if check.error is not None]
    if failed:
        raise typer.Exit(failed[0].exit_code if isinstance(failed[0], AgendaError) else ConfigurationError.exit_code)


def _checks(settings: Config, now: datetime) -> list[Check]:
    return [
        *examine_calendar(settings.rules, now),
        *examine_templates(settings),
        *examine_local(settings, open_local(settings, looks_only=True)),
    ]


def _local_only(command: str, settings: Config) -> None:
    if settings.backend != "local":
        raise NotSupported(command, settings.backend, "This version has the local backend only.")
