"""How plans and reports look: a few lines or a table for people, JSON for programs."""

from __future__ import annotations

import json
from typing import Any

import typer

from sync.cli.terminal import Listing
from sync.domain.plan import Plan
from sync.job import RunReport
from sync.workspace.port import ApiCalls


def report_json(report: RunReport, calls: ApiCalls, seconds: float) -> dict[str, Any]:
    """Return what ``run --json`` prints (fixed: design, section 8), with what came later after it."""
    return {
        "registered": report.registered,
        "documents_filed": report.documents_filed,
        "rows_updated": report.rows_updated,
        "findings": report.findings,
        "conflicts": report.conflicts,
        "api_calls": {
            "sheets_read": calls.sheets_read,
            "sheets_write": calls.sheets_write,
            "drive": calls.drive,
            "forms": calls.forms,
        },
        "seconds": round(seconds, 3),
        "held": report.held,
        "documents": report.paths,
        "requested": report.requested,
    }


def print_report(report: RunReport, seconds: float) -> None:
    """Print what a run did, for a person."""
    typer.echo(
        f"registered {report.registered} · documents filed {report.documents_filed} · "
        f"rows updated {report.rows_updated} · conflicts {report.conflicts} · {seconds:.1f} s"
    )
    if report.findings:
        typer.echo("findings: " + ", ".join(f"{code} {count}" for code, count in report.findings.items()))
    for kind, count in report.held.items():
        typer.echo(f"held: {count} filed {kind} have a changed template; `agenda run --reissue` re-issues them")


def print_plan(plan: Plan, as_json: bool) -> None:
    """Print what a run would do."""
    registrations = [registration.number for registration in plan.registrations]
    schedule = [planned.entry.path for planned in plan.schedule]
    resume = [planned.entry.path for planned in plan.resume]
    if as_json:
        typer.echo(json.dumps({"register": registrations, "file": schedule, "resume": resume, "held": dict(plan.held)}))
        return
    table = Listing("action", "what")
    for number in registrations:
        table.add_row("register", number)
    for path in schedule:
        table.add_row("file", path)
    for path in resume:
        table.add_row("finish filing", path)
    for kind, count in plan.held.items():
        table.add_row("hold (template changed)", f"{count} {kind}")
    if table.row_count:
        table.show()
    else:
        typer.echo("nothing to register and nothing to file")
