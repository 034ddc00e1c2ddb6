"""The Google backend: the agenda book in Sheets, the archive in Drive, the responses in the form's tab or from Forms.

From the outside in::

    workspace     the port, over …
    snapshot      reading the book in one call          commit     one atomic batch, once
    responses     responses from the Forms API          draft      changes → requests;  blocks, cells: how they are sent
    filing        documents under allocated ids         revision   what makes a batch take effect once
    folders, ids, uploads, walking                      verification, repair   rows that moved meanwhile
    transport     HTTP: pacing, retry, failures, hosts  credentials, identity, login   who the job is
"""

from __future__ import annotations

import time
from collections.abc import Callable

from sync.config import Config
from sync.workspace.google.credentials import open_identity
from sync.workspace.google.errors import SettingMissing
from sync.workspace.google.hosts import emulator_host
from sync.workspace.google.identity import Identity
from sync.workspace.google.pacing import Pacer
from sync.workspace.google.place import Others, Place
from sync.workspace.google.retry import Retrier
from sync.workspace.google.transport import Transport
from sync.workspace.google.workspace import GoogleWorkspace

__all__ = ["GoogleWorkspace", "open_google", "open_transport"]


def open_google(
    config: Config,
    *,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
    others: Others = "unseen",
) -> GoogleWorkspace:
    """Return the workspace that ``config`` names. Nothing is sent to Google yet.

    Args:
        config: with ``workspace.backend: google``.
        clock: seconds, for pacing and deadlines.
        sleep: waits that many seconds.
        others: which other tabs to look at for responses, at the price of two calls where there are any.

    Raises:
        ConfigurationError: an id or a credentials file is missing or not what it should be.
    """
    section = config.google
    if not section.spreadsheet_id:
        raise SettingMissing(
            "spreadsheet_id",
            "Put the part of the spreadsheet's address between /d/ and /edit there, or run `agenda setup`.",
        )
    if section.responses == "forms-api" and not section.form_id:
        raise SettingMissing("form_id", "Put the part of the form's address between /d/ and /edit there.")
    identity, transport = _connect(config, clock, sleep, None)
    return GoogleWorkspace(Place(section, config.rules, config.zone, others), identity, transport)


def open_transport(
    config: Config,
    scopes: tuple[str, ...] | None = None,
    *,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Transport:
    """Return the bare way to Google, for setting up and diagnosing; ``scopes`` instead of the job's own.

    Raises:
        ConfigurationError.
    """
    return _connect(config, clock, sleep, scopes)[1]


def _connect(
    config: Config, clock: Callable[[], float], sleep: Callable[[float], None], scopes: tuple[str, ...] | None
) -> tuple[Identity, Transport]:
    emulator = emulator_host()
    identity = open_identity(config.google, config.path.parent, emulator, scopes)
    return identity, Transport(identity, emulator, Pacer(clock, sleep), Retrier(clock, sleep))
