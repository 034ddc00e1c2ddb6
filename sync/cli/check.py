"""``check``: the whole book against the SOP. Writes nothing."""

from __future__ import annotations

import json
from collections import Counter

import typer

from sync.cli.options import DEFAULT_CONFIG, ConfigOption, JsonOption, LogOption, LogStyle, NowOption, moment
from sync.cli.terminal import Listing
from sync.cli.wiring import clock_of, open_config, open_workspace
from sync.domain.life import judge_with_documents
from sync.domain.reading import read_book, tabs_to_read
from sync.domain.report import CheckReport, check_report
from sync.events import set_up_log


def add_commands(app: typer.Typer) -> None:
    app.command()(check)


def check(
    config: ConfigOption = DEFAULT_CONFIG,
    now: NowOption = None,
    as_json: JsonOption = False,
    log: LogOption = LogStyle.TEXT,
) -> None:
    """Check every entry against the SOP and print what was found. Writes nothing."""
    set_up_log(log.value, quiet=True)
    settings = open_config(config)
    at = moment(now, settings)
    clock = clock_of(settings)
    snapshot = open_workspace(settings, looks_only=True).read(tabs_to_read(settings.rules))
    book = read_book(snapshot, settings.rules, clock.utc_offset)
    report = check_report(book, judge_with_documents(book, settings.rules, clock, at)[0], settings.rules, at)
    if as_json:
        typer.echo(json.dumps(report))
    else:
        _print(report)


def _print(report: CheckReport) -> None:
    table = Listing("number", "status", "findings")
    for registration in report["registrations"]:
        findings = Counter(finding["code"] for finding in registration["findings"])
        if findings:
            shown = ", ".join(code if count == 1 else f"{code} ×{count}" for code, count in findings.items())
            table.add_row(registration["number"] or "(none)", registration["status"] or "(row gone)", shown)
    if table.row_count:
        table.show()
    total = len(report["registrations"])
    typer.echo(
        f"{total} registrations, {table.row_count} with findings, {report['unregistered']} responses not yet registered"
    )
