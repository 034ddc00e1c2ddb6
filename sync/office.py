"""What a run works with: the place, the rules, the templates, and somebody who watches."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from sync.domain.compliance import Clock
from sync.domain.documents import DocumentKind
from sync.domain.fields import Fields
from sync.domain.rules import Rules
from sync.pace import USUAL, Limits, never
from sync.workspace.port import Workspace


class DocumentMaker(Protocol):
    """Turns fields into a finished document; the same inputs give the same bytes."""

    def digests(self) -> Mapping[DocumentKind, str]:
        """Return the digest of each kind's template."""

    def make(
        self,
        kind: DocumentKind,
        fields: Fields,
        *,
        document_id: str,
        fingerprint: str,
        issued_at: datetime,
        revision: int,
        subject: str,
        dated: date | None = None,
        facts: str = "",
    ) -> bytes:
        """Return the document; ``dated`` is the day it bears, where that is not the one it is issued on.

        ``facts`` is the digest of what it takes from its subject, for it to carry.
        """

    def fields_of(self, content: bytes) -> Fields | None:
        """Return the fields that a finished document carries, None if it carries none."""


Progress = Callable[[str, int, int], None]
"""Called with a stage, how much is done and how much there is."""


def no_progress(stage: str, done: int, total: int) -> None:
    """Show nothing."""


@dataclass(frozen=True)
class Office:
    """What a run works with: where, by which rules, with which templates."""

    workspace: Workspace
    rules: Rules
    clock: Clock
    documents: DocumentMaker
    pause: Callable[[float], None]
    progress: Progress = no_progress
    limits: Limits = USUAL
    seconds: Callable[[], float] = time.monotonic
    """A clock that only goes forward."""
    told_to_leave: Callable[[], str] = never
    """Who tells the run to leave (a signal's name), ``""`` while nobody does."""
