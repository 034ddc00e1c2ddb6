"""Where a run touches the world: every effect passes through here, is counted, and may go wrong on purpose."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeVar

ResultT = TypeVar("ResultT")


class CutOff(BaseException):
    """The process died here. Not an ``Exception``: nothing in the job may catch it."""


class Fault(Enum):
    """What can become of one effect."""

    CRASH_BEFORE = "crash-before"
    CRASH_AFTER = "crash-after"
    REPLY_LOST = "reply-lost"
    """It took effect, but whoever asked is told that it failed."""
    REFUSED = "refused"
    """It did not take effect, and whoever asked is told so (on Google: 503)."""
    QUOTA = "quota"
    """As refused, by a 429."""
    OUTAGE = "outage"
    """Refused, and everything after it too, until the process gives up."""
    DELAYED = "delayed"
    """Whoever asked is told that it failed; it takes effect later, after the repetition."""
    TORN = "torn"
    """Half of the bytes are written, then the process dies."""
    POWER_LOST = "power-lost"
    """It took effect, then the machine died: of files that were not flushed, half is left."""


DEADLY = frozenset({Fault.CRASH_BEFORE, Fault.CRASH_AFTER, Fault.OUTAGE, Fault.TORN, Fault.POWER_LOST})
"""Faults that a process does not survive."""


@dataclass(frozen=True, slots=True)
class Effect:
    """One touch of the world. ``writes`` tells those that change it."""

    name: str
    writes: bool


@dataclass(frozen=True, slots=True)
class Ways:
    """How an effect goes wrong at its place: what whoever asked is told, and what half of it would be."""

    lost: Callable[[], BaseException]
    refused: Callable[[], BaseException]
    quota: Callable[[], BaseException] | None = None
    torn: Callable[[], object] | None = None
    power: Callable[[], object] | None = None


def _nothing(effect: int, name: str) -> None:
    """Nobody does anything."""


@dataclass
class Seam:
    """Counts effects over all processes of one schedule, and cuts those that ``cuts`` names (from 1)."""

    cuts: Mapping[int, Fault] = field(default_factory=dict)
    between: Callable[[int, str], None] = _nothing
    """Runs before every effect, with its number and name: what people and other runners do meanwhile."""
    journal: list[Effect] = field(default_factory=list)
    fired: set[int] = field(default_factory=set)
    _dead: bool = False
    _out: bool = False
    _limbo: list[tuple[str, Callable[[], object]]] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.journal)

    def writes(self, since: int = 0) -> list[str]:
        """Names of the effects that changed something."""
        return [effect.name for effect in self.journal[since:] if effect.writes]

    def new_process(self) -> None:
        """The process before is gone; what it had sent and nobody waited for arrives now."""
        self._dead = self._out = False
        self.flush()

    def flush(self) -> None:
        while self._limbo:
            _late(self._limbo.pop(0)[1])

    def effect(self, name: str, carry_out: Callable[[], ResultT], ways: Ways, *, writes: bool = True) -> ResultT:
        """Carry out one effect, or let happen what was ordered for its number."""
        if self._dead:
            raise CutOff
        self.between(self.count + 1, name)
        self.journal.append(Effect(name, writes))
        fault = self.cuts.get(self.count)
        if fault is None and self._out:
            raise ways.refused()
        if fault is None:
            return self._done(name, carry_out)
        self.fired.add(self.count)
        return self._faulty(fault, name, carry_out, ways)

    def _done(self, name: str, carry_out: Callable[[], ResultT]) -> ResultT:
        result = carry_out()
        for late in [item for item in self._limbo if item[0] == name]:
            self._limbo.remove(late)
            _late(late[1])
        return result

    def _faulty(self, fault: Fault, name: str, carry_out: Callable[[], ResultT], ways: Ways) -> ResultT:
        if fault is Fault.CRASH_BEFORE:
            raise self._death()
        if fault is Fault.TORN:
            (ways.torn or _no_tear)()
            raise self._death()
        if fault in (Fault.REFUSED, Fault.OUTAGE):
            self._out = fault is Fault.OUTAGE
            raise ways.refused()
        if fault is Fault.QUOTA:
            raise (ways.quota or ways.refused)()
        if fault is Fault.DELAYED:
            self._limbo.append((name, carry_out))
            raise ways.lost()
        carry_out()
        if fault is Fault.REPLY_LOST:
            raise ways.lost()
        if fault is Fault.POWER_LOST:
            (ways.power or _no_tear)()
        raise self._death()

    def _death(self) -> CutOff:
        self._dead = True
        return CutOff()


def _no_tear() -> None:
    """Nothing can be half done here."""


def _late(carry_out: Callable[[], object]) -> None:
    """What arrives late is refused or not; nobody is there to hear of it."""
    try:
        carry_out()
    except Exception:
        return
