"""A bounded part of the proof; ``make prove`` tries far more."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from sync.errors import AgendaEmptied, HeaderMissing, PathOccupied
from tests.prove.cells import Sheet
from tests.prove.disk_world import DiskWorld
from tests.prove.explorer import SIZES, Tally, explore, opened, scenario_named
from tests.prove.killing import kill_often
from tests.prove.oracles import violations
from tests.prove.player import Schedule, play
from tests.prove.scenarios import SCENARIOS
from tests.prove.seam import CutOff, Fault, Seam
from tests.prove.world import AGENDA, ARCHIVE, NUMBER, World

SEED = 2
NEW_NAMES = {"Dayang Alkadrie", "O'Brien Lim", "Yakobus Ngabang"}
OLD_NAMES = {"Petrus Santoso", "Siti Aminah"}
CASES = [(backend, scenario.name) for backend in SIZES["small"] for scenario in SCENARIOS]


@pytest.fixture(autouse=True)
def quiet_log() -> Iterator[None]:
    """Thousands of runs have nothing to say."""
    logger = logging.getLogger("agenda")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    yield
    logger.setLevel(before)


def told(tallies: list[Tally]) -> list[str]:
    return [f"{schedule}: {found}" for tally in tallies for schedule, found in tally.failures]


@pytest.mark.parametrize(("backend", "scenario"), CASES, ids=lambda case: case)
def test_whatever_goes_wrong_all_ends_well(backend: str, scenario: str) -> None:
    """Faults of every kind, pairs of them, people at work in between: the outcome is as if one run had gone through."""
    tallies = explore(backend, scenario_named(scenario), SIZES["small"][backend], SEED)

    assert told(tallies) == []
    assert all(tally.tried for tally in tallies)


@pytest.mark.parametrize("backend", ["local", "google"])
def test_a_killed_process_leaves_nothing_that_the_next_cannot_finish(backend: str) -> None:
    """kill -9 of ``python -m sync run``, real templates, at random moments of its work."""
    tally = kill_often(backend, SIZES["small"][backend].kills, SEED)

    assert told([tally]) == []


def test_every_fault_is_really_injected() -> None:
    """A cut that never falls would prove nothing."""
    scenario = scenario_named("new-responses")
    for backend in SIZES["small"]:
        with opened(backend) as world:
            scenario.prepare(world)
            start = world.snapshot()
            for fault in world.faults:
                assert play(world, scenario, start, Schedule({2: fault})).fired == 1


def test_the_oracles_see_what_is_off() -> None:
    """An office that was tampered with is not called whole."""
    scenario = scenario_named("everything")
    with opened("memory") as world:
        scenario.prepare(world)
        while world.run(scenario.now).rows_updated:
            pass
        assert violations(world, scenario.now) == []
        start = world.snapshot()
        for tab, header, value, oracle in (
            ("Register", "No. Registrasi", "KONS-2026-0009", "numbers"),
            ("Arsip", "SHA-256", "0" * 64, "documents"),
            (AGENDA, "Status", "konsultasi", "job columns"),
            (AGENDA, "Telaahan", None, "links"),
            ("Agenda Keluar", "Berkas", None, "books"),
        ):
            world.restore(start)
            world.edit(tab, 1, header, value)
            found = {fault.partition(":")[0] for fault in violations(world, scenario.now)}

            assert oracle in found


def test_no_lock_file_outlives_a_crash_after_the_last_commit() -> None:
    """The next run has nothing to write, and still clears up."""
    scenario = scenario_named("finished")
    with opened("local") as world:
        scenario.prepare(world)
        start = world.snapshot()
        last = _effect(world, scenario.name, lambda name: name.startswith("replace "), last=True)

        assert play(world, scenario, start, Schedule({last: Fault.CRASH_AFTER})).violations == []


def test_a_torn_file_of_a_document_nobody_wants_any_more_does_not_stay() -> None:
    """The upload is torn, then the row is deleted: nobody will file that document again."""
    scenario = scenario_named("new-responses")
    with opened("local") as world:
        scenario.prepare(world)
        first = _effect(world, scenario.name, lambda name: name.startswith("write arsip/"))
        with suppress(CutOff):
            world.run(scenario.now, Seam({first: Fault.TORN}))
        world.delete_row(AGENDA, world.row_of(AGENDA, NUMBER, "KONS-2026-0003"))
        for minute in range(1, 4):
            world.run(scenario.now + timedelta(minutes=minute))

        assert world.litter() == []


@pytest.mark.parametrize("fault", [Fault.CRASH_AFTER, Fault.REPLY_LOST])
def test_a_sort_under_the_second_commit_crosses_no_links(fault: Fault) -> None:
    """Rows sorted between reading and recording, and then the process died, or its answer was lost."""
    scenario = scenario_named("new-responses")
    with opened("google") as world:
        scenario.prepare(world)
        last = _effect(world, scenario.name, lambda name: name == "POST batchUpdate", last=True)

        def sort(effect: int, name: str) -> None:
            if effect == last:
                world.sort(AGENDA, "Nama Lengkap", descending=True)

        with suppress(CutOff):
            world.run(scenario.now, Seam({last: fault}, between=sort))
        for minute in range(1, 4):
            world.run(scenario.now + timedelta(minutes=minute))

        assert violations(world, scenario.now + timedelta(minutes=3)) == []


@pytest.mark.parametrize("header", ["Berkas", "Keadaan", "Dijadwalkan", "Jenis", "SHA-256"])
@pytest.mark.parametrize("descending", [False, True])
def test_arsip_sorted_under_the_record_of_a_process_that_dies_is_put_right(header: str, descending: bool) -> None:
    """What is recorded of a document cannot be derived; but a link is only one document's, and the archive has it."""
    scenario = scenario_named("everything")
    with opened("google") as world:
        scenario.prepare(world)
        last = _effect(world, scenario.name, lambda name: name == "POST batchUpdate", last=True)

        def sort(effect: int, name: str) -> None:
            if effect == last:
                world.sort(ARCHIVE, header, descending=descending)

        with suppress(CutOff):
            world.run(scenario.now, Seam({last: Fault.CRASH_AFTER}, between=sort))
        for minute in range(1, 4):
            world.run(scenario.now + timedelta(minutes=minute))

        assert violations(world, scenario.now + timedelta(minutes=3)) == []


@pytest.mark.parametrize("before", ["Nama Lengkap", "Nomor HP/WhatsApp", NUMBER])
def test_answers_registered_under_a_moved_column_are_told_and_put_back(before: str) -> None:
    """The column is moved in the second before the commit, and the process dies in the second after it: nobody was
    there to mend it at once. No document is made of such rows; staff delete them, and the ledger gives them back.
    """
    with opened("google") as world:
        _interrupted(world, lambda: world.move_column(AGENDA, "Keterangan", before), Fault.CRASH_AFTER)
        start = scenario_named("new-responses").now
        seam = Seam()
        with suppress(AgendaEmptied):
            world.run(start, seam)
        agenda = Sheet.of(world.grid(AGENDA))
        broken = [place for place, row in agenda.rows if "perkara" not in str(row["Uraian Singkat"])]

        assert not any("upload" in name for name in seam.writes())
        assert len(broken) == 3
        if before == NUMBER:
            assert not NEW_NAMES & set(agenda.column("Nama Lengkap"))
        else:
            assert all("Jawaban bergeser" in str(row["Temuan"]) for place, row in agenda.rows if place in broken)

        for place in reversed(broken):
            world.delete_row(AGENDA, place)
        world.put_rows_back()
        assert _names_after_a_rest(world) == NEW_NAMES | OLD_NAMES
        assert violations(world, start + timedelta(minutes=3)) == []


def test_a_header_renamed_under_the_first_commit_loses_no_answer() -> None:
    """The title is changed between reading and registering, and given back later: the names still stand in the rows."""
    with opened("google") as world:
        _interrupted(world, lambda: world.rename_header(AGENDA, "Nama Lengkap", "Nama"))
        world.rename_header(AGENDA, "Nama", "Nama Lengkap")

        assert _names_after_a_rest(world) >= NEW_NAMES


def test_a_row_without_a_number_that_moves_leaves_nothing_behind() -> None:
    """An empty row above it is deleted right before its finding, the only news, is written."""
    scenario = scenario_named("new-responses")
    with opened("google") as world:
        scenario.prepare(world)
        world.run(scenario.now)
        headers = [str(header) for header in world.grid(AGENDA)[0]]
        world.append(AGENDA, ["Diketik Sendiri" if header == "Nama Lengkap" else None for header in headers])
        world.insert_row(AGENDA, 1)

        def delete(effect: int, name: str) -> None:
            if name == "POST batchUpdate" and world.grid(AGENDA)[1:2] == [[]]:
                world.delete_row(AGENDA, 1)

        world.run(scenario.now, Seam(between=delete))
        world.run(scenario.now)

        assert violations(world, scenario.now) == []


def test_a_file_that_appears_at_the_last_moment_is_not_overwritten() -> None:
    """Somebody copies a file of the very same name into the archive right before the document gets its own."""
    scenario = scenario_named("new-responses")
    with opened("local") as world:
        assert isinstance(world, DiskWorld)
        scenario.prepare(world)
        strays: list[Path] = []

        def copy_in(effect: int, name: str) -> None:
            if name.startswith("link ") and not strays:
                strays.append(world.folder / name.partition(" > ")[2])
                strays[0].write_bytes(b"theirs")

        with pytest.raises(PathOccupied):
            world.run(scenario.now, Seam(between=copy_in))

        assert strays[0].read_bytes() == b"theirs"


def _interrupted(world: World, deed: Callable[[], None], fault: Fault | None = None) -> None:
    """Run over new responses; ``deed`` comes right before the first commit, ``fault`` upon it."""
    scenario = scenario_named("new-responses")
    scenario.prepare(world)
    first = _effect(world, scenario.name, lambda name: name == "POST batchUpdate")

    def between(effect: int, name: str) -> None:
        if effect == first:
            deed()

    with suppress(HeaderMissing, CutOff):
        world.run(scenario.now, Seam({first: fault} if fault else {}, between=between))


def _names_after_a_rest(world: World) -> set[object]:
    now = scenario_named("new-responses").now
    for minute in range(1, 4):
        world.run(now + timedelta(minutes=minute))
    return set(Sheet.of(world.grid(AGENDA)).column("Nama Lengkap"))


def _effect(world: World, scenario_name: str, is_it: Callable[[str], bool], *, last: bool = False) -> int:
    """Return the number of the first or last such effect of an undisturbed run."""
    start, seam = world.snapshot(), Seam()
    world.run(scenario_named(scenario_name).now, seam)
    world.restore(start)
    found = [at for at, effect in enumerate(seam.journal, 1) if is_it(effect.name)]
    return found[-1 if last else 0]
