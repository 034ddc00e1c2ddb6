"""``run``, ``watch`` and ``recap``: the job once, again and again, and for one period."""

from __future__ import annotations

import gc
import json
import time
from contextlib import suppress
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sync.cli.options import (
    DEFAULT_CONFIG,
    ClockOption,
    ConfigOption,
    JsonOption,
    LogOption,
    LogStyle,
    MissingDocumentsOption,
    MissingRowsOption,
    NewPrefixOption,
    NowOption,
    moment,
)
from sync.cli.pdf_copies import make_copies
from sync.cli.progress import shown_progress
from sync.cli.render import print_plan, print_report, report_json
from sync.cli.wiring import open_config, open_office
from sync.config import Config
from sync.config.made import MadeFile
from sync.domain.archive import OF_PERIOD, DocumentKind
from sync.domain.period import parse_period
from sync.domain.plan import Request
from sync.domain.safety import Accepted
from sync.errors import AgendaError, BookOpen, BookOpenLong, ConfigurationError, TryLater
from sync.events import log_event, set_up_log
from sync.job import RunReport, plan_run
from sync.job import run as run_job

ReissueOption = Annotated[
    bool, typer.Option("--reissue", help="Re-issue every filed document whose template changed, however many.")
]


class PeriodDocument(StrEnum):
    """What ``recap --jenis`` can ask for."""

    RECAP = "rekap"
    AGENDA_IN = "agenda-masuk"
    AGENDA_OUT = "agenda-keluar"
    CONTENTS = "daftar-isi-berkas"
    ALL = "semua"

    def kinds(self) -> tuple[DocumentKind, ...]:
        return OF_PERIOD if self is PeriodDocument.ALL else (DocumentKind(self.value),)


def add_commands(app: typer.Typer) -> None:
    app.command()(run)
    app.command()(watch)
    app.command()(recap)


def run(
    config: ConfigOption = DEFAULT_CONFIG,
    now: NowOption = None,
    as_json: JsonOption = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the plan; change nothing.")] = False,
    reissue: ReissueOption = False,
    accept_missing_rows: MissingRowsOption = False,
    accept_clock: ClockOption = False,
    accept_new_prefix: NewPrefixOption = False,
    accept_missing_documents: MissingDocumentsOption = False,
    log: LogOption = LogStyle.TEXT,
) -> None:
    """Do the whole job once: register, check, file, record. Safe to repeat, at any time, from anywhere."""
    set_up_log(log.value, quiet=False)
    settings = open_config(config)
    at = moment(now, settings)
    accepted = Accepted(
        missing_rows=accept_missing_rows,
        clock=accept_clock,
        new_prefix=accept_new_prefix,
        missing_documents=accept_missing_documents,
    )
    if dry_run:
        plan, _ = plan_run(open_office(settings, looks_only=True), at, Request(reissue=reissue), accepted)
        print_plan(plan, as_json)
        return
    _run_once(settings, at, Request(reissue=reissue), accepted, as_json)


def recap(
    period: Annotated[str, typer.Argument(help="2026-11, 2026-Q4, 2026-S2 or 2026.")],
    jenis: Annotated[
        PeriodDocument, typer.Option("--jenis", help="Which document of the period.")
    ] = PeriodDocument.RECAP,
    config: ConfigOption = DEFAULT_CONFIG,
    now: NowOption = None,
    as_json: JsonOption = False,
    pdf: Annotated[bool, typer.Option("--pdf", help="A PDF beside each of these documents (LibreOffice).")] = False,
    log: LogOption = LogStyle.TEXT,
) -> None:
    """Do the job, and file the documents of one period as it stands now."""
    set_up_log(log.value, quiet=False)
    wanted = parse_period(period)
    settings = open_config(config)
    request = Request(periods=tuple((kind, wanted) for kind in jenis.kinds()))
    report = _run_once(settings, moment(now, settings), request, Accepted(), as_json)
    if not as_json:
        for path in report.requested:
            typer.echo(path)
    if pdf:
        # Last: whatever becomes of the copies, the documents are filed and recorded.
        for copy in make_copies(open_office(settings), settings, report.requested):
            if not as_json:
                typer.echo(copy)


def watch(
    config: ConfigOption = DEFAULT_CONFIG,
    every: Annotated[float, typer.Option(help="Seconds between two looks at the workbook.", min=1)] = 15,
    backstop: Annotated[int, typer.Option(help="Run at every so many looks even if nothing changed.", min=1)] = 20,
    rounds: Annotated[int | None, typer.Option(help="Stop after so many looks.", min=1)] = None,
    log: LogOption = LogStyle.TEXT,
) -> None:
    """Run whenever workbook, config.yaml or a template changes, and now and then as time passes. Ctrl-C stops it."""
    set_up_log(log.value, quiet=False)
    watched = _Watched(config)
    look = 0
    while rounds is None or look < rounds:
        if look:
            time.sleep(every)
        watched.look(backstop_due=look % backstop == 0)
        gc.collect()
        look += 1


class _Watched:
    """What ``watch`` knows from look to look: the settings as they are now, and what was seen and said last."""

    def __init__(self, config: Path) -> None:
        self._config = config
        self._settings = open_config(config)
        self._files = seen_files(self._settings)
        self._office = open_office(self._settings)
        self._book = ""
        self._said = ""

    def look(self, *, backstop_due: bool) -> None:
        """Run if the workbook or the settings are not what they were, or if the backstop is due.

        What will pass by itself, and a configuration or a template in mid-edit, is told once and looked at again.
        """
        try:
            if self._settings_changed():
                backstop_due = True
            version = self._office.workspace.version()
            if version == self._book and not backstop_due:
                return
            # The version from before the run: what arrives while it works is looked at next time.
            report = run_job(self._office, moment(None, self._settings), Request(), Accepted())
            if report.registered or report.documents_filed or report.rows_updated:
                log_event("run", registered=report.registered, filed=report.documents_filed, rows=report.rows_updated)
            self._book = version
            self._said = ""
        except (TryLater, ConfigurationError) as error:
            self._book = ""
            self._say(error)

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
        office = open_office(settings)
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


def _run_once(settings: Config, at: datetime, request: Request, accepted: Accepted, as_json: bool) -> RunReport:
    started = time.perf_counter()
    with shown_progress() as progress:
        office = open_office(settings, progress)
        report = run_job(office, at, request, accepted)
    seconds = time.perf_counter() - started
    if as_json:
        typer.echo(json.dumps(report_json(report, office.workspace.api_calls(), seconds)))
    else:
        print_report(report, seconds)
    return report
