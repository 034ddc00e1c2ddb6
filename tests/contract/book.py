"""The agenda tab of a workspace under contract: its headers, and what every test reads from it and commits to it."""

from __future__ import annotations

from sync.domain.table import AppendRows, Cell, Change, NewCell, Revision, RowUpdate, Table, UpdateRows
from tests.contract.harness import WorkspaceHarness

NUMBER, NAME, PHONE, STATUS, ARRIVED = (
    "No. Registrasi",
    "Nama Lengkap",
    "Nomor HP/WhatsApp",
    "Status",
    "Waktu Datang",
)


def agenda(harness: WorkspaceHarness) -> Table:
    return harness.workspace.read(["Agenda"]).table("Agenda")


def revision(harness: WorkspaceHarness) -> Revision:
    return harness.workspace.read([]).revision


def column(harness: WorkspaceHarness, header: str) -> list[Cell]:
    table = agenda(harness)
    return [row.cells[table.column(header)] for row in table.rows]


def commit(harness: WorkspaceHarness, *changes: Change) -> Revision:
    return harness.workspace.commit(changes, revision(harness))


def register(harness: WorkspaceHarness, *names: str) -> None:
    rows: tuple[dict[str, NewCell], ...] = tuple(
        {NUMBER: f"KONS-2026-{number:04}", NAME: name} for number, name in enumerate(names, 1)
    )
    commit(harness, AppendRows("Agenda", rows))


def update(position: int, key: str, **values: NewCell) -> UpdateRows:
    return UpdateRows("Agenda", NUMBER, (RowUpdate(position, key, values),))
