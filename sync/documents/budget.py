"""How much one template may do: work, output and time, counted while it is filled in.

A template is a file that many hands can reach, and Jinja's own sandbox keeps it from reaching Python, not from taking
for ever: nested loops over the agenda, ``"A" * 10**10``. Nothing here asks the operating system for a limit, since
Windows has none to give: every loop, filter, call and operator of :mod:`sync.documents.environment` is charged here.
What may be spent grows with the data, so that a book of a hundred thousand rows has no smaller share for each of them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from jinja2.exceptions import TemplateRuntimeError

LONGEST_TEXT = 500_000
"""Characters of one text that a template may put together; a cell holds 32,767."""
_STEPS, _STEPS_A_VALUE = 200_000, 50
_CHARACTERS, _CHARACTERS_A_VALUE = 20_000_000, 4_000
_SECONDS, _VALUES_A_SECOND = 3.0, 20_000
_CHARACTERS_A_STEP = 200
"""So many characters are one more step of work."""
_LOOK_EVERY = 32
"""Steps between two looks at the clock."""


class TooCostly(TemplateRuntimeError):
    """The template asks for more than it may have; the message says of what, in English."""


class Budget:
    """What is left for one document.

    Args:
        values: how many single values the document's fields hold.
        clock: seconds of work of this thread, for tests.
    """

    __slots__ = ("_characters", "_clock", "_deadline", "_look", "_steps")

    def __init__(self, values: int, clock: Callable[[], float] = time.thread_time) -> None:
        self._steps = _STEPS + _STEPS_A_VALUE * values
        self._characters = _CHARACTERS + _CHARACTERS_A_VALUE * values
        self._clock = clock
        self._deadline = clock() + _SECONDS + values / _VALUES_A_SECOND
        self._look = _LOOK_EVERY

    def work(self, size: int = 0) -> None:
        """Charge one step, and the handling of ``size`` characters or entries.

        Raises:
            TooCostly.
        """
        self._steps -= 1 + size // _CHARACTERS_A_STEP
        if self._steps < 0:
            raise TooCostly("it repeats itself too often")
        self._look -= 1
        if self._look < 0 or size > LONGEST_TEXT // 100:
            self._look = _LOOK_EVERY
            if self._clock() > self._deadline:
                raise TooCostly("it takes too long")

    def print(self, size: int) -> None:
        """Charge ``size`` characters of the document.

        Raises:
            TooCostly.
        """
        self._characters -= size
        if self._characters < 0:
            raise TooCostly("it makes a document that is too long")


_CURRENT: ContextVar[Budget | None] = ContextVar("budget", default=None)


@contextmanager
def limited(context: Mapping[str, object]) -> Iterator[None]:
    """Let templates spend, within the block, what a document of these fields may cost."""
    token = _CURRENT.set(Budget(_values(context)))
    try:
        yield
    finally:
        _CURRENT.reset(token)


def current() -> Budget | None:
    """Return the budget of the document that is being made, or None (a template is only read)."""
    return _CURRENT.get()


def spend(size: int = 0) -> None:
    """Charge one step of work with ``size`` characters or entries, if a document is being made.

    Raises:
        TooCostly.
    """
    budget = _CURRENT.get()
    if budget is not None:
        budget.work(size)


def _values(value: object) -> int:
    if isinstance(value, Mapping):
        return sum(map(_values, value.values()))
    return 1 + sum(map(_values, value)) if isinstance(value, list | tuple) else 1
