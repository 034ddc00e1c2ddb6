"""kill -9: ``python -m sync run`` as a real process, killed at random moments, then run again until quiet."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sync.cli.wiring import open_config, open_templates
from sync.workspace.google.hosts import VARIABLE
from tests import build
from tests.prove.explorer import Tally, scenario_named
from tests.prove.oracles import violations
from tests.prove.player import Schedule
from tests.prove.shadow import Shadow
from tests.prove.world import World

SCENARIO = "everything"
_LOOKS = 0.002
"""Seconds between two looks at a process."""
_PATIENCE = 60.0


@dataclass(slots=True)
class Place:
    """An office that a process of its own can work in. ``sign`` changes once the process has touched it."""

    world: World
    config: Path
    environment: dict[str, str]
    sign: Callable[[], object]


@contextmanager
def place_on(backend: str) -> Iterator[Place]:
    """An office with the real templates, its scenario prepared with them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(build.ROOT / "templates", folder / "templates")
        place = _on_disk(folder) if backend == "local" else _on_google(folder)
        place.world.papers = open_templates(open_config(place.config))
        try:
            yield place
        finally:
            place.world.close()


def _on_disk(folder: Path) -> Place:
    from tests.prove.disk_world import DiskWorld

    shutil.copyfile(build.ROOT / "config.yaml", folder / "config.yaml")
    world = DiskWorld(folder)
    return Place(world, folder / "config.yaml", {}, lambda: [entry.name for entry in os.scandir(world.folder)])


def _on_google(folder: Path) -> Place:
    from tests.prove.cloud_world import CloudWorld

    world = CloudWorld(folder)
    host = {VARIABLE: world.office.server.host}
    return Place(world, folder / "config.yaml", host, lambda: world.google.counters.total)


def kill_often(backend: str, kills: int, seed: int) -> Tally:
    """Kill ``kills`` processes, each somewhere in its work, and see that what is left can be finished."""
    chooser = random.Random(f"{seed} {backend} kill")
    scenario = scenario_named(SCENARIO)
    tally = Tally(backend, SCENARIO, "kill -9", of=kills)
    with place_on(backend) as place:
        scenario.prepare(place.world)
        start = place.world.snapshot()
        working = _worked(place, scenario.now)
        for _ in range(kills):
            place.world.restore(start)
            shadow = Shadow(place.world)
            _kill(place, scenario.now, chooser.uniform(0, working))
            found = _recover(place.world, scenario.now, shadow)
            tally.tried += 1
            if found:
                tally.failures.append((Schedule(), found))
    return tally


def _start(place: Place, now: datetime) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "sync", "run", "--config", str(place.config), "--now", now.isoformat()]
    nowhere = subprocess.DEVNULL
    environment = os.environ | place.environment
    return subprocess.Popen(command, cwd=build.ROOT, env=environment, stdout=nowhere, stderr=nowhere)


def _worked(place: Place, now: datetime) -> float:
    """Let one process finish; return for how long it was at work after its first touch."""
    process = _start(place, now)
    touched = _first_touch(place, process)
    if process.wait(_PATIENCE) != 0:
        raise RuntimeError(f"the run that nobody kills ended with {process.returncode}")
    return time.monotonic() - touched


def _first_touch(place: Place, process: subprocess.Popen[bytes]) -> float:
    before = place.sign()
    while place.sign() == before and not _ended(process, _LOOKS):
        pass
    return time.monotonic()


def _ended(process: subprocess.Popen[bytes], seconds: float) -> bool:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def _kill(place: Place, now: datetime, after: float) -> None:
    process = _start(place, now)
    _first_touch(place, process)
    if not _ended(process, after):
        process.kill()
        process.wait(_PATIENCE)


def _recover(world: World, now: datetime, shadow: Shadow) -> list[str]:
    for minute in range(1, 6):
        report = world.run(now + timedelta(minutes=minute))
        if (report.registered, report.documents_filed, report.rows_updated) == (0, 0, 0):
            break
    else:
        return ["rest: not quiet after 5 runs"]
    shadow.job_did()
    return shadow.violations + violations(world, now + timedelta(minutes=5))
