"""``login``: a person lets the job act for them on Google, once, in their own browser."""

from __future__ import annotations

from typing import Annotated

import typer

from sync.cli.options import DEFAULT_CONFIG, ConfigOption, LogOption, LogStyle
from sync.cli.wiring import open_config
from sync.errors import NotSupported
from sync.events import set_up_log


def add_commands(app: typer.Typer) -> None:
    app.command()(login)


def login(
    config: ConfigOption = DEFAULT_CONFIG,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Print the address instead of opening a browser on this machine.")
    ] = False,
    log: LogOption = LogStyle.TEXT,
) -> None:
    """Sign in to Google as a person (workspace.google.identity: user) and keep the login, readable by you alone."""
    set_up_log(log.value, quiet=False)
    settings = open_config(config)
    if settings.backend != "google":
        raise NotSupported("login", settings.backend, "Set workspace.backend to google first.")
    from sync.workspace.google.admin.login import log_in_person  # an office that is offline loads nothing of Google

    saved = log_in_person(settings.google, settings.path.parent, open_browser=not no_browser)
    typer.echo(f"signed in; the login is kept in {saved}, which only you can read")
    if settings.google.identity != "user":
        typer.echo(f"config.yaml says identity: {settings.google.identity}; set it to user to have the login used")
