"""How often and how long a call is repeated: exponential waits with jitter, Google's own wish first, one deadline.

Only what is safe to repeat is: reading, writing by id, creating under an id that was allocated beforehand. Any other
call is repeated only where it surely did nothing (no connection, or refused for its quota).
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from tenacity import RetryCallState, Retrying, retry_if_exception

from sync.workspace.google.failures import CallFailed, Outcome

ResultT = TypeVar("ResultT")


class Repeat(Enum):
    """Whether a call that may have taken effect can be sent again."""

    SAFE = "the same call twice is the same as once"
    UNLESS_DONE = "only if it surely did nothing"


@dataclass(frozen=True, slots=True)
class RetryRule:
    """Seconds throughout. The deadline outlasts a minute, after which a per-minute quota is full again."""

    attempts: int = 8
    deadline: float = 150
    first_wait: float = 1
    longest_wait: float = 32
    longest_asked: float = 120
    """A longer ``Retry-After`` than this is left to the next run."""


class Retrier:
    """Carries out calls under a rule. ``clock``, ``sleep`` and ``jitter`` (0 … 1) are the tests' to replace."""

    def __init__(
        self,
        clock: Callable[[], float],
        sleep: Callable[[float], None],
        jitter: Callable[[], float] = random.random,
        rule: RetryRule | None = None,
    ) -> None:
        self._clock, self._sleep, self._jitter = clock, sleep, jitter
        self._rule = rule or RetryRule()

    def call(self, once: Callable[[], ResultT], repeat: Repeat) -> ResultT:
        """Return the result of ``once``, repeated where ``repeat`` allows.

        Raises:
            CallFailed: with the last failure.
        """
        started = self._clock()

        def worth_it(error: BaseException) -> bool:
            if not isinstance(error, CallFailed):
                return False
            outcome = error.failure.outcome
            return outcome is Outcome.NOT_DONE or (outcome is Outcome.UNKNOWN and repeat is Repeat.SAFE)

        def enough(state: RetryCallState) -> bool:
            late = self._clock() - started + state.upcoming_sleep > self._rule.deadline
            asked = _asked(state)
            too_long = asked is not None and asked > self._rule.longest_asked
            return late or too_long or state.attempt_number >= self._rule.attempts

        return Retrying(
            retry=retry_if_exception(worth_it), stop=enough, wait=self._wait, sleep=self._sleep, reraise=True
        )(once)

    def pause(self, attempt: int) -> None:
        """Wait before the ``attempt``-th repeat (from 1) of something larger than a call."""
        self._sleep(self._spread(attempt))

    def _wait(self, state: RetryCallState) -> float:
        asked = _asked(state)
        return asked + self._jitter() if asked is not None else self._spread(state.attempt_number)

    def _spread(self, attempt: int) -> float:
        """Between half of the exponential wait and all of it, so that two runs do not march in step."""
        full = min(self._rule.longest_wait, self._rule.first_wait * 2 ** (attempt - 1))
        return float(full * (0.5 + 0.5 * self._jitter()))


def _asked(state: RetryCallState) -> float | None:
    error = state.outcome.exception() if state.outcome else None
    return error.failure.retry_after if isinstance(error, CallFailed) else None
