"""What every error of ours has: a sentence and an exit code."""

from __future__ import annotations

from typing import ClassVar

EXIT_CONFIGURATION = 2
EXIT_ACCESS = 3
EXIT_TRY_LATER = 4
EXIT_SAFETY = 5


class AgendaError(Exception):
    """A run cannot go on."""

    exit_code: ClassVar[int]
