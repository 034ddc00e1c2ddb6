"""``run`` and ``recap``: the job once, and for one period."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Annotated

import typer

from sync.cli.options import (
    DEFAULT_CONFIG,
    AcceptMixedOption,
    ClockOption,
    ConfigOption,
    JsonOption,
    LimitOption,
    LogOption,
    LogStyle,
    MissingDocumentsOption,
    MissingRowsOption,
    NewPrefixOption,
    NowOption,
    OtherBookOption,
    moment,
)
from sync.cli.pdf_copies import make_copies
from sync.cli.progress import shown_progress
from sync.cli.render import print_plan, print_report, report_json
from sync.cli.stopping import heeded_signals
from sync.cli.wiring import open_config, open_office
from sync.config import Config
from sync.domain.documents import OF_PERIOD, DocumentKind
from sync.domain.period import parse_period
from sync.domain.plan import Request
from sync.domain.response_tab import Elsewhere
from sync.domain.safety import Accepted
from sync.domain.tabs import Tab
from sync.errors import ResponsesElsewhere
from sync.events import set_up_log
from sync.job import RunReport, plan_run
from sync.job import run as run_job
from sync.pace import Limits

ReissueOption = Annotated[
    list[str] | None,
    typer.Option(
        "--reissue",
        metavar="NUMBER|PERIOD|KIND",
        help="Issue filed documents again as they would be now; --dry-run shows them. May be given several times.",
    ),
]


class PeriodDocument(StrEnum):
    """What ``recap --jenis`` can ask for."""

    _ignore_ = "_kind"
    for _kind in OF_PERIOD:
        vars()[_kind.name] = _kind.value
    ALL = "semua"

    def kinds(self) -> tuple[DocumentKind, ...]:
        return OF_PERIOD if self is PeriodDocument.ALL else (DocumentKind(self.value),)


USUAL = PeriodDocument(DocumentKind.RECAP.value)


def add_commands(app: typer.Typer) -> None:
    app.command()(run)
    app.command()(recap)


def run(
    config: ConfigOption = DEFAULT_CONFIG,
    now: NowOption = None,
    as_json: JsonOption = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the plan; change nothing.")] = False,
    reissue: ReissueOption = None,
    accept_missing_rows: MissingRowsOption = False,
    accept_clock: ClockOption = False,
    accept_new_prefix: NewPrefixOption = False,
    accept_missing_documents: MissingDocumentsOption = False,
    accept_mixed: AcceptMixedOption = None,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME]...", help="More names for --accept-mixed or --reissue.")
    ] = None,
    accept_other_book: OtherBookOption = False,
    limit: LimitOption = None,
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
        other_book=accept_other_book,
    )
    if names and bool(accept_mixed) == bool(reissue):
        raise typer.BadParameter("names are for either --accept-mixed or --reissue", param_hint="NAME")
    request = Request(
        reissue=(*(reissue or ()), *((names or ()) if reissue else ())),
        accept_mixed=frozenset([*(accept_mixed or ()), *((names or ()) if accept_mixed else ())]),
    )
    if dry_run:
        plan, _ = plan_run(open_office(settings, looks_only=True), at, request, accepted)
        print_plan(plan, as_json)
        return
    report = _run_once(settings, at, request, accepted, as_json, limit)
    stop_for_unread(report.elsewhere, settings)


def recap(
    period: Annotated[str, typer.Argument(help="2026-11, 2026-Q4, 2026-S2 or 2026.")],
    jenis: Annotated[PeriodDocument, typer.Option("--jenis", help="Which document of the period.")] = USUAL,
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
    stop_for_unread(report.elsewhere, settings)


def stop_for_unread(found: Sequence[Elsewhere], settings: Config) -> None:
    """Fail where responses stand in a tab that no run reads, after all else was done.

    Raises:
        ResponsesElsewhere.
    """
    for place in found:
        if place.unread:
            raise ResponsesElsewhere(place.tab, place.unread, settings.rules.tab_names[Tab.RESPONSES])


def _run_once(
    settings: Config, at: datetime, request: Request, accepted: Accepted, as_json: bool, limit: float | None = None
) -> RunReport:
    started = time.perf_counter()
    with shown_progress() as progress, heeded_signals() as told:
        office = replace(open_office(settings, progress), limits=Limits(run_seconds=limit), told_to_leave=told)
        report = run_job(office, at, request, accepted)
    seconds = time.perf_counter() - started
    if as_json:
        typer.echo(json.dumps(report_json(report, office.workspace.api_calls(), seconds)))
    else:
        print_report(report, seconds)
    return report
