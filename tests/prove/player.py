"""One schedule, played to its end: cuts where it says, people where it says, then started again until all is quiet."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from sync.errors import AgendaError, SafetyStop
from sync.job import RunReport
from tests.prove.clerk import Clerk
from tests.prove.oracles import violations, what_waits
from tests.prove.scenarios import Scenario
from tests.prove.seam import DEADLY, CutOff, Fault, Seam
from tests.prove.shadow import Shadow
from tests.prove.world import World

RUNS = 30
"""So many runs have to bring any office to rest."""
_TEMPORARY = re.compile(r"(^|/)\.[^/]*\.tmp$")


@dataclass(frozen=True, slots=True)
class Schedule:
    """What goes wrong: faults by the number of the effect (over all processes), and a clerk's seed (0: nobody)."""

    cuts: Mapping[int, Fault] = field(default_factory=dict)
    clerk: int = 0

    def __str__(self) -> str:
        cuts = ",".join(f"{at}:{fault.value}" for at, fault in self.cuts.items())
        return f'--replay "{cuts}"' + (f" --clerk {self.clerk}" if self.clerk else "")


@dataclass(slots=True)
class Outcome:
    """How a schedule ended. ``effects`` were counted until all was quiet."""

    violations: list[str]
    effects: int
    fired: int


def play(world: World, scenario: Scenario, start: object, schedule: Schedule) -> Outcome:
    """Play ``schedule`` in ``scenario`` from the state ``start``."""
    world.restore(start)
    now = scenario.now
    shadow = Shadow(world)
    clerk = (
        Clerk(
            world,
            shadow,
            schedule.clerk,
            lambda: _second_runner(world, shown() + timedelta(seconds=30)),
            [at for at, fault in schedule.cuts.items() if fault in DEADLY],
        )
        if schedule.clerk
        else None
    )

    def shown() -> datetime:
        """What the machine's clock shows."""
        return now + (clerk.clock_error if clerk else timedelta())

    seam = Seam(schedule.cuts)
    if clerk is not None:
        seam.between = clerk.look
    found: list[str] = []
    effects = 0
    for _ in range(RUNS):
        acts = len(clerk.acts) if clerk else 0
        seam.new_process()
        report = _one_run(world, lambda: world.run(shown(), seam), clerk, found)
        rested = clerk is None or (clerk.is_done and len(clerk.acts) == acts)
        if report is not None and _idle(report) and rested:
            break
        effects = seam.count
        now += timedelta(minutes=1)
        if clerk is not None:
            clerk.between_runs()
    else:
        found.append(f"rest: not quiet after {RUNS} runs")
    seam.flush()
    shadow.job_did()
    found += shadow.violations
    found += violations(world, shown())
    found += _further_run(world, shown())
    if clerk is not None and not found:
        now = _next_morning(shown())
        clerk.clock_error = timedelta()
        found += _the_next_day(world, now)
        shadow.job_did()
        found += shadow.violations
    found += [f"order: {fault}" for fault in out_of_order(seam)]
    if found and clerk is not None:
        found.append(f"(the clerk: {'; '.join(clerk.acts)})")
    return Outcome(found, effects, len(seam.fired))


def _next_morning(now: datetime) -> datetime:
    """Half past nine on the next day that is a working day."""
    day = now.date() + timedelta(days=1)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return datetime.combine(day, time(9, 30))


def _the_next_day(world: World, now: datetime) -> list[str]:
    """What waited is issued, in the same few runs as ever, and no more than that."""
    try:
        for _ in range(3):
            if _idle(world.run(now)):
                break
    except AgendaError as error:
        return [f"next day: {type(error).__name__}: {error}"]
    return violations(world, now) + what_waits(world)


def _one_run(
    world: World, carry_out: Callable[[], RunReport], clerk: Clerk | None, found: list[str]
) -> RunReport | None:
    try:
        return carry_out()
    except CutOff:
        world.crashed()
    except SafetyStop as stop:
        if clerk is None or not clerk.mend():
            found.append(f"stop: {type(stop).__name__}: {stop}")
    except AgendaError:
        if clerk is not None:
            clerk.mend()
    except Exception:
        found.append(f"fault: {traceback.format_exc(limit=-3)}")
    return None


def _second_runner(world: World, now: datetime) -> None:
    """Somebody starts the job by hand while it runs by schedule. It may find the place busy."""
    try:
        world.run(now)
    except AgendaError:
        return


def _idle(report: RunReport) -> bool:
    return (report.registered, report.documents_filed, report.rows_updated) == (0, 0, 0)


def _further_run(world: World, now: datetime) -> list[str]:
    """Nothing is new, so nothing is written."""
    seam = Seam()
    before = _seen(world)
    try:
        report = world.run(now, seam)
    except Exception as error:
        return [f"further run: {type(error).__name__}: {error}"]
    found = []
    if not _idle(report) or seam.writes():
        found.append(f"further run: wrote {seam.writes()}, reported {report}")
    if _seen(world) != before:
        found.append("further run: the office is not what it was")
    return found


def _seen(world: World) -> object:
    return {tab: world.grid(tab) for tab in world.tabs()}, world.documents(), world.litter()


def out_of_order(seam: Seam) -> list[str]:
    """On a disk: no name is given to bytes that were not flushed, nothing is written in place, names are flushed."""
    found = []
    flushed: set[str] = set()
    named: set[str] = set()
    for effect in seam.journal:
        step, _, path = effect.name.partition(" ")
        name = path.rpartition("/")[2]
        if step == "fsync":
            flushed.add(name)
        elif step == "fsync_folder":
            named = {other for other in named if other.rpartition("/")[0] != path.removeprefix(".")}
        elif step == "write":
            flushed.discard(name)
            if not _TEMPORARY.search(path):
                found.append(f"{path} is written in place")
        elif step in ("replace", "link", "rename"):
            source, _, target = path.partition(" > ")
            named.add(target)
            if source not in flushed:
                found.append(f"{target} got its name before its bytes were flushed")
    if not seam.fired:
        found += [f"the name {path} was never flushed" for path in named]
    return found
