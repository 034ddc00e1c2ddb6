"""``python -m tests.prove``: try the schedules, print the table, end non-zero if any did not end well."""

from __future__ import annotations

import argparse
import logging
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor

from tests.prove.explorer import BACKENDS, SIZES, Tally, explore, opened, scenario_named
from tests.prove.killing import kill_often
from tests.prove.player import Schedule, play
from tests.prove.scenarios import SCENARIOS
from tests.prove.seam import Fault

_SHOWN = 3


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    logging.getLogger("agenda").setLevel(logging.CRITICAL)
    if options.replay is not None:
        return _replay(options)
    started = time.monotonic()
    tallies: list[Tally] = []
    jobs = [(backend, name) for backend in options.backend for name in options.scenario]
    print(f"{'backend':8} {'scenario':16} {'kind':16} {'tried':>7} {'of':>7}  result", flush=True)
    for found in _explored(jobs, options) if options.kills is None else ():
        for tally in found:
            _print(tally)
        tallies += found
    if not options.no_kill:
        for backend in options.backend:
            kills = SIZES[options.size][backend].kills
            if kills and options.kills is not None:
                kills = options.kills
            if kills:
                tally = kill_often(backend, kills, options.seed)
                _print(tally)
                tallies.append(tally)
    tried, failed = sum(tally.tried for tally in tallies), sum(len(tally.failures) for tally in tallies)
    seconds = time.monotonic() - started
    size = f"size {options.size}" if options.kills is None else "kill -9 only"
    print(f"\n{tried} schedules, {failed} failed ({seconds:.0f} s, {size}, seed {options.seed})")
    return 1 if failed else 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m tests.prove", description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="medium")
    parser.add_argument("--backend", choices=BACKENDS, action="append")
    parser.add_argument("--scenario", choices=[scenario.name for scenario in SCENARIOS], action="append")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1, help="processes at a time")
    parser.add_argument("--no-kill", action="store_true", help="leave out kill -9 of real processes")
    parser.add_argument("--kills", type=int, metavar="N", help="nothing but N times kill -9, on disk and on Google")
    parser.add_argument(
        "--replay", metavar="CUTS", help='one schedule, as the table names it: "12:crash-after,30:torn"'
    )
    parser.add_argument("--clerk", type=int, default=0)
    options = parser.parse_args(arguments)
    options.backend = options.backend or list(BACKENDS)
    options.scenario = options.scenario or [scenario.name for scenario in SCENARIOS]
    return options


def _explored(jobs: Sequence[tuple[str, str]], options: argparse.Namespace) -> Iterator[list[Tally]]:
    sizes = SIZES[options.size]
    if options.jobs == 1:
        for backend, name in jobs:
            yield explore(backend, scenario_named(name), sizes[backend], options.seed)
        return
    with ProcessPoolExecutor(options.jobs) as pool:
        waiting = [pool.submit(explore_named, backend, name, options.size, options.seed) for backend, name in jobs]
        for future in waiting:
            yield future.result()


def explore_named(backend: str, name: str, size: str, seed: int) -> list[Tally]:
    """As :func:`explore`, with names that another process understands."""
    return explore(backend, scenario_named(name), SIZES[size][backend], seed)


def _print(tally: Tally) -> None:
    of = "" if tally.of is None else str(tally.of)
    result = "all well" if not tally.failures else f"{len(tally.failures)} FAILED"
    print(f"{tally.backend:8} {tally.scenario:16} {tally.kind:16} {tally.tried:7} {of:>7}  {result}", flush=True)
    for schedule, violations in tally.failures[:_SHOWN]:
        print(f"    --backend {tally.backend} --scenario {tally.scenario} {schedule}")
        for violation in violations[:_SHOWN]:
            print(f"      {violation[:600]}")


def _replay(options: argparse.Namespace) -> int:
    cuts = {int(at): Fault(word) for at, _, word in (cut.partition(":") for cut in options.replay.split(",") if cut)}
    scenario = scenario_named(options.scenario[0])
    with opened(options.backend[0]) as world:
        scenario.prepare(world)
        outcome = play(world, scenario, world.snapshot(), Schedule(cuts, options.clerk))
    print("\n".join(outcome.violations) or f"all well, {outcome.effects} effects, {outcome.fired} cut")
    return 1 if outcome.violations else 0


if __name__ == "__main__":
    sys.exit(main())
