"""Exit 3: an access has to be granted, or a book closed. Exit 4: it passes by itself."""

from __future__ import annotations

from sync.errors.base import EXIT_ACCESS, EXIT_TRY_LATER, AgendaError


class AccessRefused(AgendaError):
    """The place is there and says no (exit 3)."""

    exit_code = EXIT_ACCESS

    def __init__(self, place: str, why: str, next_step: str) -> None:
        super().__init__(f"{place}: {why}. {next_step}")


class TryLater(AgendaError):
    """Nothing is broken; the same command later will do (exit 4)."""

    exit_code = EXIT_TRY_LATER


class Unreachable(TryLater):
    def __init__(self, place: str, why: str) -> None:
        super().__init__(f"{place}: {why}. Nothing is lost: the next run goes on where this one stopped.")


class Stopped(TryLater):
    """A signal came, and the run left in good order."""

    def __init__(self, told_by: str, filed: int, left: int) -> None:
        super().__init__(
            f"stopped by {told_by}: {filed} document(s) were filed and recorded, {left} are left. The next run goes on."
        )


class WatchStopped(TryLater):
    def __init__(self, told_by: str) -> None:
        super().__init__(f"stopped by {told_by} while nothing was in hand. Nothing is lost; `agenda watch` goes on.")


class LimitReached(TryLater):
    def __init__(self, filed: int, left: int) -> None:
        super().__init__(
            f"the limit of the run is reached: {filed} document(s) were filed and recorded, {left} are left. "
            "The next run goes on; run again."
        )


class DiskFull(TryLater):
    def __init__(self, place: str) -> None:
        super().__init__(
            f"{place}: the disk is full. Free some space and run again; nothing is lost and nothing is half done."
        )


class Conflict(TryLater):
    """The workspace is no longer what it was when it was read; nothing of the commit was written."""


class BookChanged(Conflict):
    """Somebody committed or saved between read and commit. The job reads and decides again before it gives up."""

    def __init__(self, book: str) -> None:
        super().__init__(f"{book}: saved by somebody else while the run was deciding; nothing was written. Run again.")


class BookOpen(Conflict):
    """``since`` is when the lock was made, in the office's time."""

    def __init__(self, book: str, who: str, lock: str, since: str = "") -> None:
        super().__init__(
            f"{book}: open in a spreadsheet program ({who}{f', since {since}' if since else ''}); nothing was written. "
            f"Ask them to save and close it, then run again. If nobody has it open, delete {lock} and run again."
        )


class BookOpenLong(BookOpen):
    """Open for so long that waiting is no answer any more: somebody has to go and close it (exit 3, not 4).

    A scheduler passes over exit 4, since the next run will do; meanwhile no visitor gets a receipt.
    """

    exit_code = EXIT_ACCESS

    def __init__(self, book: str, who: str, lock: str, since: str, minutes: int, patience: int) -> None:
        AgendaError.__init__(
            self,
            f"{book}: open in a spreadsheet program ({who}) since {since}, for {minutes} minutes, longer than "
            f"workspace.local.lama_terbuka allows ({patience}): no run can write meanwhile, no visitor gets a receipt. "
            f"Ask them to save and close it. If nobody has it open, delete {lock} and run again.",
        )
        self.minutes = minutes
        self.lock = lock


class BookBusy(Conflict):
    def __init__(self, folder: str) -> None:
        super().__init__(f"{folder}: another run is at work there; nothing was written. Run again when it is done.")
