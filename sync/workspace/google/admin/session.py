"""One sign-in to Google for a command that sets up or looks, with the clock it waits by."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from sync.config import Config
from sync.workspace.google.credentials import open_identity
from sync.workspace.google.hosts import emulator_host
from sync.workspace.google.identity import Identity
from sync.workspace.google.pacing import Pacer
from sync.workspace.google.retry import Retrier
from sync.workspace.google.transport import Transport


@dataclass(frozen=True, slots=True)
class Session:
    """Who the command is to Google, and the way there. ``clock`` in seconds."""

    identity: Identity
    transport: Transport
    emulator: str | None
    clock: Callable[[], float]
    sleep: Callable[[float], None]


def open_session(
    config: Config,
    *,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Session:
    """Return a session with the scopes of the daily job, which cover setting up too. Nothing is sent yet.

    The scope of Drive is accepted by every method of Forms and Sheets used here (their discovery documents list it).

    Raises:
        ConfigurationError.
    """
    emulator = emulator_host()
    identity = open_identity(config.google, config.path.parent, emulator)
    transport = Transport(identity, emulator, Pacer(clock, sleep), Retrier(clock, sleep))
    return Session(identity, transport, emulator, clock, sleep)
