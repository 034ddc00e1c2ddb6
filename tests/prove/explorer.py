"""All schedules of a size: every cut alone, then pairs of cuts so that recovery is cut too, then people in between."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from tests.prove.player import Outcome, Schedule, play
from tests.prove.scenarios import SCENARIOS, Scenario
from tests.prove.seam import Fault
from tests.prove.world import World

ItemT = TypeVar("ItemT")
PAIRS, STAFF = "pairs of cuts", "staff and a cut"
BACKENDS = ("memory", "local", "google")


@dataclass(frozen=True, slots=True)
class Size:
    """How many schedules of a scenario are tried; None: all there are."""

    singles: int | None
    pairs: int | None
    clerks: int
    kills: int = 0


SIZES: dict[str, dict[str, Size]] = {
    "small": {"memory": Size(None, 15, 15), "local": Size(7, 1, 2, 6), "google": Size(7, 3, 4, 6)},
    "medium": {"memory": Size(None, 400, 300), "local": Size(None, 60, 80, 40), "google": Size(None, 120, 120, 40)},
    "full": {
        "memory": Size(None, None, 3000),
        "local": Size(None, 2000, 1000, 300),
        "google": Size(None, 3000, 1500, 300),
    },
}


@dataclass
class Tally:
    """One line of the table. ``of`` is how many schedules of this kind there are, where that is known."""

    backend: str
    scenario: str
    kind: str
    tried: int = 0
    of: int | None = None
    failures: list[tuple[Schedule, list[str]]] = field(default_factory=list)

    def take(self, schedule: Schedule, outcome: Outcome) -> None:
        self.tried += 1
        if outcome.violations:
            self.failures.append((schedule, outcome.violations))


@contextmanager
def opened(backend: str) -> Iterator[World]:
    """An empty office on ``backend``; a backend's modules are loaded only when it is asked for."""
    with tempfile.TemporaryDirectory() as folder:
        world = _open(backend, Path(folder))
        try:
            yield world
        finally:
            world.close()


def _open(backend: str, folder: Path) -> World:
    if backend == "memory":
        from tests.prove.memory_world import MemoryWorld

        return MemoryWorld()
    if backend == "local":
        from tests.prove.disk_world import DiskWorld

        return DiskWorld(folder)
    from tests.prove.cloud_world import CloudWorld

    return CloudWorld(folder)


Progress = Callable[[Tally], None]


def explore(backend: str, scenario: Scenario, size: Size, seed: int = 1, first_only: bool = False) -> list[Tally]:
    """Try the schedules of ``size`` in ``scenario``. ``first_only`` stops at the first that fails."""
    chooser = random.Random(f"{seed} {backend} {scenario.name}")
    with opened(backend) as world:
        scenario.prepare(world)
        start = world.snapshot()

        def tried(tally: Tally, schedules: Sequence[Schedule]) -> Iterator[Outcome]:
            for schedule in schedules:
                outcome = play(world, scenario, start, schedule)
                tally.take(schedule, outcome)
                yield outcome
                if first_only and tally.failures:
                    return

        whole = Tally(backend, scenario.name, "undisturbed", of=1)
        (undisturbed,) = tried(whole, [Schedule()])
        tallies = [whole]
        if not undisturbed.effects:
            whole.failures.append((Schedule(), ["scenario: there is nothing to do, and so nothing to cut"]))
            return tallies
        if first_only and whole.failures:
            return tallies
        effects: dict[tuple[int, Fault], int] = {}
        singles = [(at, fault) for at in range(1, undisturbed.effects + 1) for fault in world.faults]
        each = None if size.singles is None else max(1, size.singles // len(world.faults))
        for fault in world.faults:
            cuts = sorted(_some([cut for cut in singles if cut[1] is fault], each, chooser), key=lambda cut: cut[0])
            tally = Tally(backend, scenario.name, fault.value, of=undisturbed.effects)
            for cut, outcome in zip(cuts, tried(tally, [Schedule(dict([cut])) for cut in cuts]), strict=False):
                effects[cut] = outcome.effects
            tallies.append(tally)
            if first_only and tally.failures:
                return tallies
        pairs = [
            {first: fault, second: other}
            for (first, fault), count in effects.items()
            for second in range(first + 1, count + 1)
            for other in world.faults
        ]
        tally = Tally(backend, scenario.name, PAIRS, of=len(pairs))
        tallies.append(tally)
        for _ in tried(tally, [Schedule(cuts) for cuts in _some(pairs, size.pairs, chooser)]):
            pass
        staff = Tally(backend, scenario.name, STAFF)
        tallies.append(staff)
        for _ in tried(staff, [_with_clerk(singles, chooser) for _ in range(size.clerks)]):
            pass
    return tallies


def _with_clerk(singles: Sequence[tuple[int, Fault]], chooser: random.Random) -> Schedule:
    """People are at work; in two of three schedules a run is cut as well."""
    cuts = dict([chooser.choice(singles)]) if chooser.random() < 2 / 3 else {}
    return Schedule(cuts, clerk=chooser.randrange(1, 10**6))


def _some(items: Sequence[ItemT], count: int | None, chooser: random.Random) -> list[ItemT]:
    return list(items) if count is None or count >= len(items) else chooser.sample(items, count)


def scenario_named(name: str) -> Scenario:
    return next(scenario for scenario in SCENARIOS if scenario.name == name)
