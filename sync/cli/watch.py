"""``watch``: the job again and again, whenever workbook or settings change, and now and then as time passes."""

from __future__ import annotations

import gc
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from sync.cli.options import DEFAULT_CONFIG, ConfigOption, LimitOption, LogOption, LogStyle, moment
from sync.cli.stopping import Telling, heeded_signals
from sync.cli.wiring import open_config, open_office, open_templates
from sync.config import Config
from sync.config.made import MadeFile
from sync.domain.plan import Request
from sync.domain.safety import Accepted
from sync.errors import (
    AgendaError,
    BookOpen,
    BookOpenLong,
    ConfigurationError,
    DocumentStop,
    Stopped,
    TryLater,
    WatchStopped,
)
from sync.events import log_event, set_up_log
from sync.job import run as run_job
from sync.office import Office
from sync.pace import Limits

WATCH_LIMIT = 60.0
"""Seconds: during a mass import a visitor's receipt waits no longer than for the run that is at work."""


def add_commands(app: typer.Typer) -> None:
    app.command()(watch)


def watch(
    config: ConfigOption = DEFAULT_CONFIG,
    every: Annotated[float, typer.Option(help="Seconds between two looks at the workbook.", min=1)] = 15,
    backstop: Annotated[int, typer.Option(help="Run at every so many looks even if nothing changed.", min=1)] = 20,
    rounds: Annotated[int | None, typer.Option(help="Stop after so many looks.", min=1)] = None,
    limit: LimitOption = WATCH_LIMIT,
    log: LogOption = LogStyle.TEXT,
) -> None:
    """Run whenever workbook, config.yaml or a template changes, and now and then as time passes. Ctrl-C stops it."""
    set_up_log(log.value, quiet=False)
    look = 0
    with heeded_signals() as told:
        watched = _Watched(config, limit, told)
        while rounds is None or look < rounds:
            if look:
                told.pause(every)
            if told():
                raise WatchStopped(told())
            watched.look(backstop_due=look % backstop == 0)
            gc.collect()
            look += 1


class _Watched:
    """What ``watch`` knows from look to look: the settings as they are now, and what was seen and said last."""

    def __init__(self, config: Path, limit: float | None, told: Telling) -> None:
        self._config, self._limit, self._told = config, limit, told
        self._settings = open_config(config)
        self._files = seen_files(self._settings)
        self._office = self._opened(self._settings)
        self._book = ""
        self._said = ""

    def _opened(self, settings: Config) -> Office:
        return replace(open_office(settings), limits=Limits(run_seconds=self._limit), told_to_leave=self._told)

    def look(self, *, backstop_due: bool) -> None:
        """Run if the workbook or the settings are not what they were, or if the backstop is due.

        What will pass by itself, and a configuration or a template in mid-edit, is told once and looked at again.

        Raises:
            Stopped: somebody told the program to leave.
        """
        try:
            if self._settings_changed():
                backstop_due = True
            version = self._office.workspace.version()
            if version == self._book and not backstop_due:
                return
            # The version from before the run: what arrives while it works is looked at next time.
            self._book = self._run(version)
            self._said = ""
        except Stopped:
            raise
        except (TryLater, ConfigurationError, BookOpenLong) as error:
            self._book = ""
            self._say(error)

    def _run(self, version: str) -> str:
        try:
            report = run_job(self._office, moment(None, self._settings), Request(), Accepted())
        except DocumentStop as stop:
            # All else was done, and who comes next must not wait for this document. It is said at every backstop.
            log_event("document-stopped", level="error", kind=type(stop).__name__, next_step="agenda verify")
            return version
        if report.registered or report.documents_filed or report.rows_updated:
            log_event("run", registered=report.registered, filed=report.documents_filed, rows=report.rows_updated)
        return version

    def _settings_changed(self) -> bool:
        """Read config.yaml and the templates again if one of their files is not what it was.

        Raises:
            ConfigurationError: they are in mid-edit; the next look reads them again.
        """
        files = seen_files(self._settings)
        if files == self._files:
            return False
        # Not remembered before it has been read: what is broken now is looked at again at each look.
        settings = open_config(self._config)
        open_templates(settings)
        office = self._opened(settings)
        # Another folder of templates may be named now; the same one was looked at before it was read.
        self._files = files if settings.templates == self._settings.templates else seen_files(settings)
        self._settings, self._office = settings, office
        log_event("settings-read-again")
        return True

    def _say(self, error: AgendaError) -> None:
        if isinstance(error, BookOpenLong):
            log_event("book-open-long", level="error", minutes=error.minutes, lock=error.lock)
        elif isinstance(error, ConfigurationError):
            log_event("settings-refused", level="error", kind=type(error).__name__)
        else:
            log_event("try-later", level="warning", kind=type(error).__name__)
        # The sentence once, not at each look: it says who has the book open, which no event does.
        sentence = f"{type(error).__name__} {'' if isinstance(error, BookOpen) else error}"
        if sentence != self._said:
            self._said = sentence
            typer.echo(f"agenda: {error}", err=True)


def seen_files(settings: Config) -> tuple[tuple[str, int, int], ...]:
    """Return name, size and moment of every file that the settings come from; one that is not there is left out."""
    found = []
    for path in (settings.path, MadeFile(settings.path).path, *sorted(settings.templates.glob("*.docx"))):
        with suppress(OSError):
            state = path.stat()
            found.append((path.name, state.st_size, state.st_mtime_ns))
    return tuple(found)
