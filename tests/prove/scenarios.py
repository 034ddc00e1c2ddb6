"""What there is to do: an office is brought to a moment, and the run under test starts from there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time

from tests import build
from tests.prove.world import AGENDA, NUMBER, OUTGOING, World

FIRST = datetime(2026, 11, 2, 9, 0)
DAY = datetime(2026, 11, 24, 10, 0)
MONTH_OVER = datetime(2026, 12, 4, 8, 0)
"""The first morning after the books of November closed (three working days); one visit of it is still open."""
OFFICIAL = "500.3.2.1/0042/DISKOPUKM.B/2026"


@dataclass(frozen=True, slots=True)
class Scenario:
    """``prepare`` brings an empty office to where the run at ``now`` has something to do."""

    name: str
    prepare: Callable[[World], None]
    now: datetime = DAY


def visit(world: World, order: int, moment: datetime, name: str) -> None:
    """A visitor sends the form. The summary is the visit's mark: nobody edits it."""
    phone = f"08129818{7000 + order}"
    world.respond(timestamp=moment, arrived=moment.time(), name=name, phone=phone, summary=mark(order))


def mark(order: int) -> str:
    return f"perkara {order:02}"


def _opened(world: World) -> None:
    """Two visits registered and filed on the second of November; the first is being served."""
    visit(world, 1, datetime(2026, 11, 2, 8, 26, 5), "Petrus Santoso")
    visit(world, 2, datetime(2026, 11, 2, 8, 40), "Siti Aminah")
    world.run(FIRST)


def _new(world: World) -> None:
    """Three more, the last row being the earliest of them."""
    visit(world, 3, datetime(2026, 11, 24, 9, 12), "Dayang Alkadrie")
    visit(world, 4, datetime(2026, 11, 24, 9, 20), "O'Brien Lim")
    visit(world, 5, datetime(2026, 11, 24, 9, 5), "Yakobus Ngabang")


def _finish(world: World, number: str = "KONS-2026-0001") -> None:
    world.type_into(number, build.FINISHED)


def _new_responses(world: World) -> None:
    _opened(world)
    _new(world)


def _finished(world: World) -> None:
    _opened(world)
    _finish(world)


def _served(world: World) -> None:
    """As finished, and recorded: the telaahan lies in the archive."""
    _finished(world)
    world.run(datetime(2026, 11, 2, 11, 0))


def _edits(world: World) -> None:
    _served(world)
    world.type_into("KONS-2026-0001", {"facts": "Fakta yang diperbaiki", "name": "Petrus Santoso, S.H."})
    world.type_into("KONS-2026-0002", {"directed": time(8, 43), "consultation_start": time(9, 0)})


def _official(world: World) -> None:
    _served(world)
    world.edit(OUTGOING, 1, "Nomor Naskah", OFFICIAL)


def _everything(world: World) -> None:
    _served(world)
    world.type_into("KONS-2026-0001", {"advice": "Saran yang diperbaiki"})
    _finish(world, "KONS-2026-0002")
    world.edit(OUTGOING, 1, "Nomor Naskah", OFFICIAL)
    _new(world)


def _odd_book(world: World) -> None:
    """The last registered row was deleted, a response stands there twice, a row was typed by hand."""
    _opened(world)
    world.delete_row(AGENDA, world.row_of(AGENDA, NUMBER, "KONS-2026-0002"))
    headers = [str(header) for header in world.grid(AGENDA)[0]]
    world.append(AGENDA, ["Diketik Sendiri" if header == "Nama Lengkap" else None for header in headers])
    for _ in range(2):
        visit(world, 3, datetime(2026, 11, 24, 9, 12), "Dayang Alkadrie")


SCENARIOS = (
    Scenario("new-responses", _new_responses),
    Scenario("edits", _edits),
    Scenario("finished", _finished),
    Scenario("month-end", _served, MONTH_OVER),
    Scenario("official-number", _official),
    Scenario("odd-book", _odd_book),
    Scenario("everything", _everything, MONTH_OVER),
)
