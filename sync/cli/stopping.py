"""Being told to leave: at a first signal a run finishes what it has in hand and records it, at a second it is gone."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = ("SIGINT", "SIGTERM", "SIGBREAK")
"""SIGBREAK is Windows' Ctrl-Break; SIGTERM is what a service manager, ``timeout`` and a shutdown send."""
_AT_ONCE = ("SIGINT", "SIGBREAK")
"""Only a hand at the keyboard means "at once" by a second one: ``timeout`` sends its SIGTERM twice by itself."""
_EXIT_INTERRUPTED = 130
_SLICE = 0.2
"""Seconds: how soon a pause ends once a signal came (on Windows none cuts a sleep short)."""


class Telling:
    """Who told the program to leave; called, it returns that signal's name, ``""`` while none came."""

    def __init__(self) -> None:
        self._told_by = ""

    def __call__(self) -> str:
        return self._told_by

    def heard(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002  # what a handler is given
        """Handle a signal."""
        name = signal.Signals(number).name
        if self._told_by and name in _AT_ONCE:
            # Not sys.exit: that would wait for the uploads. What they were doing can be found again under its ids.
            os._exit(_EXIT_INTERRUPTED)
        if not self._told_by:
            # Not print: a handler may come in the middle of another one.
            os.write(2, f"agenda: {name}: finishing what is in hand; Ctrl-C leaves at once\n".encode())
        self._told_by = self._told_by or name

    def pause(self, seconds: float) -> None:
        """Sleep, but no longer than until a signal comes."""
        while seconds > 0 and not self._told_by:
            time.sleep(min(seconds, _SLICE))
            seconds -= _SLICE


@contextmanager
def heeded_signals() -> Iterator[Telling]:
    """Heed the signals while the block runs. Outside the main thread Python lets nobody set a handler."""
    telling = Telling()
    if threading.current_thread() is not threading.main_thread():
        yield telling
        return
    numbers = [getattr(signal, name) for name in SIGNALS if hasattr(signal, name)]
    before = {number: signal.signal(number, telling.heard) for number in numbers}
    try:
        yield telling
    finally:
        for number, handler in before.items():
            signal.signal(number, handler if handler is not None else signal.SIG_DFL)
    sys.stderr.flush()
