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


def print_plan(plan: Plan, as_json: bool) -> None:
    """Print what a run would do: every document with why it is issued, and how many there are."""
    registrations = [registration.number for registration in plan.registrations]
    if as_json:
        file = [planned.entry.path for planned in plan.schedule]
        why = {planned.entry.path: planned.act.value for planned in plan.schedule}
        resume = [planned.entry.path for planned in plan.resume]
        typer.echo(json.dumps({"register": registrations, "file": file, "resume": resume, "why": why}))
        return
    table = Listing("action", "what", "why")
    for number in registrations:
        table.add_row("register", number, "a response without a number")
    for planned in plan.schedule:
        table.add_row("file", planned.entry.path, planned.act.value)
    for planned in plan.resume:
        table.add_row("finish filing", planned.entry.path, planned.act.value)
    if table.row_count:
        table.show()
        typer.echo(f"{len(registrations)} to register, {len(plan.schedule)} to file, {len(plan.resume)} to finish")
    else:
        typer.echo("nothing to register and nothing to file")
