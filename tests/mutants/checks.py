"""The checks that a planted fault has to get past. Each returns what it saw, and where to see it again."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from tests.mutants.planting import ROOT

SEED = 7


@dataclass(frozen=True, slots=True)
class Catch:
    """What saw the fault; ``replay`` are the arguments of ``python -m tests.prove`` that show it again."""

    by: str
    replay: tuple[str, ...] = ()


def caught_by(check: str) -> Catch | None:
    """Run one check: ``prove`` (schedules of the explorer), ``clerks`` (many more with people), or ``pytest``."""
    logging.getLogger("agenda").setLevel(logging.CRITICAL)
    word, _, rest = check.partition(" ")
    kinds: dict[str, Callable[[str], Catch | None]] = {"prove": _explored, "clerks": _with_clerks, "pytest": _tested}
    return kinds[word](rest)


def _explored(place: str) -> Catch | None:
    from tests.prove.explorer import Size

    return _schedules(place, Size(None, 12, 12))


def _with_clerks(place: str) -> Catch | None:
    from tests.prove.explorer import Size

    return _schedules(place, Size(0, 0, 400))


def _schedules(place: str, size: object) -> Catch | None:
    from tests.prove.explorer import Size, explore, scenario_named

    assert isinstance(size, Size)
    backend, scenario = place.split()
    try:
        tallies = explore(backend, scenario_named(scenario), size, SEED, first_only=True)
    except Exception as error:
        return Catch(f"the scenario cannot even be prepared: {type(error).__name__}")
    for tally in tallies:
        for schedule, violations in tally.failures:
            oracle = violations[0].partition(":")[0]
            cuts = ",".join(f"{at}:{fault.value}" for at, fault in schedule.cuts.items())
            where = ("--backend", backend, "--scenario", scenario, "--replay", cuts, "--clerk", str(schedule.clerk))
            return Catch(f"oracle “{oracle}” ({backend}, {scenario}, {tally.kind})", where)
    return None


def _tested(what: str) -> Catch | None:
    """Tests by path and name; they run in this process, where the fault is planted."""
    import pytest

    class Failures:
        first = ""

        def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
            if report.failed and not self.first:
                self.first = report.nodeid

        def pytest_collectreport(self, report: pytest.CollectReport) -> None:
            if report.failed and not self.first:
                self.first = report.nodeid

    failures = Failures()
    pytest.main(["-q", "-x", "-p", "no:cacheprovider", f"--rootdir={ROOT}", *what.split()], plugins=[failures])
    return Catch(f"test {failures.first.rpartition('/')[2]}") if failures.first else None
