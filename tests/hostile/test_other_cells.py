"""The corpus where it is less expected: the other tabs of staff, headers of their own, the moment of a response."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from sync.domain.table import AppendRows, Cell, NewCell
from tests import build
from tests.hostile.checks import check_log, check_names, formulas, strings
from tests.hostile.corpus import Value, is_clean, is_sendable, is_storable, values
from tests.hostile.offices import NOW, OPENED, logged, opened
from tests.prove.cloud_world import CloudWorld
from tests.prove.disk_world import DiskWorld
from tests.prove.memory_world import GridHands, MemoryWorld
from tests.prove.shadow import Shadow
from tests.prove.world import AGENDA, OUTGOING, REGISTER, RESPONSES, World

_BY_OPENPYXL = re.compile("^=|x005F_")
FITS = {"memory": lambda text: True, "local": is_storable, "google": is_sendable}


@pytest.fixture(params=[MemoryWorld, DiskWorld, CloudWorld])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    made: World = request.param() if request.param is MemoryWorld else request.param(tmp_path)
    yield made
    made.close()


def corpus(world: World) -> list[Value]:
    return [value for value in values() if FITS[world.name](value.text)]


def a_finished_visit(world: World) -> None:
    """A visit, served and documented, so that there are documents and a row in the outgoing book."""
    world.respond(timestamp=OPENED, arrived=None, name="Pemohon")
    world.run(NOW)
    world.type_into("KONS-2026-0001", build.FINISHED)
    world.run(NOW)
    assert len(world.grid(OUTGOING)) == 2


def another_visitor(world: World) -> None:
    world.respond(timestamp=OPENED + timedelta(minutes=9), arrived=None, name="Pemohon baru", summary="baru")


def append(world: World, tab: str, rows: Sequence[Mapping[str, NewCell]]) -> None:
    workspace, revision = opened(world)
    workspace.commit([AppendRows(tab, tuple(rows))], revision)


def check_quiet(world: World, shadow: Shadow) -> None:
    """The job went on, changed nothing of staff's, and has nothing left to do."""
    shadow.job_did()
    assert shadow.violations == []
    again = world.run(NOW)
    assert (again.registered, again.documents_filed, again.rows_updated) == (0, 0, 0)
    check_names(world)


def test_officers_lists_and_the_outgoing_book_may_hold_anything(world: World) -> None:
    """Every cell that staff and the clerk fill there; the job goes on, and leaves them as they are."""
    a_finished_visit(world)
    chosen = corpus(world)
    columns = world.rules.columns
    outgoing = [header for field, header in columns.outgoing.headers.items() if field != "document"]
    lists = [str(cell) for cell in world.grid("Referensi")[0]]
    append(world, "Petugas", [dict.fromkeys(columns.officers.headers.values(), value.text) for value in chosen])
    append(world, OUTGOING, [dict.fromkeys(outgoing, value.text) for value in chosen])
    append(world, "Referensi", [dict.fromkeys(lists, value.text) for value in chosen])
    another_visitor(world)
    shadow = Shadow(world)

    with logged() as lines:
        assert world.run(NOW).registered == 1

    check_quiet(world, shadow)
    if isinstance(world, DiskWorld):
        assert formulas(world.book) == []
    check_log(lines, chosen)


def test_headers_of_staffs_own_may_say_anything(world: World) -> None:
    """Columns right of the job's, headed by the corpus: not one is taken for a column of the book."""
    a_finished_visit(world)
    headers: list[Cell] = [value.text for value in corpus(world) if is_clean(value.text) and len(value.text) < 200]
    if isinstance(world, CloudWorld):
        world.staff.write(AGENDA, "AL1", [headers], typed=False)
    elif isinstance(world, GridHands):
        grid = world.load(AGENDA)
        # openpyxl, whose hand is staff's here, makes formulas of the ones and drops the others when it reads.
        grid[0] += [header for header in headers if world.name == "memory" or not _BY_OPENPYXL.search(str(header))]
        world.save(AGENDA, grid)
    another_visitor(world)
    shadow = Shadow(world)

    assert world.run(NOW).registered == 1

    check_quiet(world, shadow)


def test_a_text_of_staffs_own_stays_whatever_program_saved_it(tmp_path: Path) -> None:
    """``_x005F_x000D_`` in the file is a visitor's ``_x000D_``; without its guard it would be a line break."""
    world = DiskWorld(tmp_path)
    world.add_tab("Milik staf")
    world.save("Milik staf", [*world.load("Milik staf"), ["_x005F_x000D_", "nilai x005F_ penting"]])
    before = strings(world.book)
    another_visitor(world)

    assert world.run(NOW).registered == 1

    assert before - strings(world.book) == set()


def _by_moment(chosen: Sequence[Value]) -> World:
    """A memory office with one response a value, whose Timestamp it is."""
    world = MemoryWorld()
    headers = world.rules.columns.responses.headers
    rows: list[dict[str, NewCell]] = [
        {headers["timestamp"]: value.text, headers["name"]: f"Pemohon {order}", headers["summary"]: f"tanya {order}"}
        for order, value in enumerate(chosen)
    ]
    append(world, RESPONSES, rows)
    return world


def check_all_numbered(chosen: list[Value]) -> None:
    """Each response has a number of its own, and a second run has nothing to add."""
    world = _by_moment(chosen)
    with logged() as lines:
        assert world.run(NOW).registered == len(chosen)
    assert len({row[1] for row in world.grid(REGISTER)[1:]}) == len(chosen)
    check_quiet(world, Shadow(world))
    check_log(lines, chosen)


def test_a_response_of_any_moment_gets_its_number() -> None:
    """A Timestamp that cannot be read is no reason to leave a visitor without a number."""
    check_all_numbered([value for value in values() if is_clean(value.text)])


def test_a_response_whose_moment_no_file_can_hold_gets_its_number() -> None:
    """The same with control characters and surrogates: what has to be left out of it is not in the agenda anyway."""
    check_all_numbered([value for value in values() if not is_clean(value.text)])
