"""Repairs on the office in memory, and what its documents say of themselves."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from sync.domain.repair.rebuild import DocumentFacts
from sync.domain.repair.renumber import Renumbering
from sync.domain.table import Cell
from sync.domain.tabs import Tab
from sync.repair import Bench, rebuild, renumber
from sync.workspace.port import Workspace
from tests import build
from tests.run.office import MemoryOffice

BOOK = (Tab.AGENDA, Tab.REGISTER, Tab.ARCHIVE, Tab.OUTGOING, Tab.RECAP)
"""What a new book lacks, once the form's responses are in it again."""


def read_plain(content: bytes) -> DocumentFacts | None:
    """A plain document's facts; anything else says nothing."""
    try:
        _, fields, _, _, issued_at, revision, description, facts, _ = json.loads(content)
    except ValueError:
        return None
    paragraphs = tuple(value for value in fields.values() if isinstance(value, str))
    return DocumentFacts(description, datetime.fromisoformat(issued_at), revision, paragraphs, facts)


def bench(office: MemoryOffice, through: Workspace | None = None) -> Bench:
    """A bench on the office."""
    return Bench(through or office.workspace, build.rules(), build.clock(), read_plain, lambda seconds: None)


def empty(office: MemoryOffice, *tabs: Tab) -> None:
    """Somebody deletes every row below the header."""
    for tab in tabs:
        del office.workspace.tabs[build.rules().tab_names[tab]][1:]


def delete_row(office: MemoryOffice, tab: Tab, text: str) -> None:
    """Somebody deletes the rows in which a cell says ``text``."""
    grid = office.workspace.tabs[build.rules().tab_names[tab]]
    grid[1:] = [row for row in grid[1:] if text not in row]


def visitor(number: int, moment: datetime, **fields: Cell) -> dict[str, Cell]:
    """A response like no other's."""
    return {
        "timestamp": moment,
        "arrived": moment.time(),
        "name": f"Pengunjung {number}",
        "phone": 81298000000 + number,
        "email": f"p{number}@contoh.id",
        **fields,
    }


def an_office(count: int = 4) -> MemoryOffice:
    """So many visitors, one every ten minutes; the first one's consultation is finished."""
    office = MemoryOffice()
    for index in range(count):
        office.respond(**visitor(index + 1, datetime(2026, 11, 2, 8, 5, 11) + timedelta(minutes=10 * index)))
    office.run(datetime(2026, 11, 2, 12, 0))
    office.type_into("KONS-2026-0001", **build.FINISHED)
    office.run()
    return office


def give(office: MemoryOffice, *assignments: str, accept: bool = False, write: bool = True) -> Renumbering:
    return renumber(
        bench(office),
        build.NOW,
        assignments,
        accept_unmatched=accept,
        write=write,
        show=lambda found: None,
    )


def numbers(office: MemoryOffice) -> dict[object, object]:
    """The number by the visitor's name and moment, as the agenda has it."""
    return {(row["name"], row["registered_at"]): row["number"] for row in office.rows(Tab.AGENDA)}


def lose_the_book(office: MemoryOffice) -> None:
    empty(office, *BOOK)
    rebuild(bench(office), build.NOW)


def twins(office: MemoryOffice) -> None:
    """One visitor sends the form twice within a minute: what the receipts say is the same but for the number."""
    moment = datetime(2026, 11, 2, 10, 0, 5)
    for seconds in (0, 30):
        office.respond(**visitor(9, moment, timestamp=moment + timedelta(seconds=seconds)))
    office.run()
