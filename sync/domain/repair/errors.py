"""What stops a repair: one class a thing to do.

The same rules as in :mod:`sync.errors`: each class owns its sentence, and no sentence holds what somebody typed.
"""

from __future__ import annotations

from collections.abc import Sequence

from sync.errors import ConfigurationError, SafetyStop


class PeriodMixed(SafetyStop):
    """``numbers`` are the rows that hold each other's cells."""

    def __init__(self, period: str, tab: str, numbers: Sequence[str]) -> None:
        few = ", ".join(numbers[:5]) + (" …" if len(numbers) > 5 else "")
        super().__init__(
            f"{period}: no document was made of this period, since {len(numbers)} row(s) of tab {tab!r} hold cells of "
            f"others or lost theirs ({few}); all else was done. `agenda restore --unmix --dry-run` shows what moved; "
            "put it back with `agenda restore --unmix`, or take rows as they stand with "
            "`agenda run --accept-mixed NUMBER`, then ask again."
        )


class NumberNotStanding(SafetyStop):
    def __init__(self, tab: str, numbers: Sequence[str]) -> None:
        super().__init__(
            f"tab {tab!r} has no one row of {', '.join(numbers)}, so there is nothing to accept; nothing was written. "
            "`agenda verify` lists the rows that are told as mixed (rows-mixed), by number."
        )


class UnmixIncomplete(SafetyStop):
    def __init__(self, count: int) -> None:
        super().__init__(f"{count} cell(s) have no way back; each is named above with what to do. All others have.")


class ListStillShort(SafetyStop):
    def __init__(self, tab: str, count: int) -> None:
        super().__init__(
            f"tab {tab!r} still lacks {count} document(s) that other tabs speak of: they were not found in the "
            "archive. Google Drive can take some minutes to list new files, so run it again a little later; what stays "
            "lacking is not there: put it back from a copy (on Drive look into the bin first)."
        )


class BookStands(SafetyStop):
    def __init__(self, book: str) -> None:
        super().__init__(f"{book}: the agenda book is there, so no new one is made. Leave out --new-book.")


class RebuildIncomplete(SafetyStop):
    def __init__(self, count: int) -> None:
        super().__init__(
            f"{count} document(s) of the job's could not be listed; each is named above with what to do. "
            "What could be listed is; run it again afterwards."
        )


class NumberNeverGiven(SafetyStop):
    def __init__(self, tab: str) -> None:
        super().__init__(
            f"tab {tab!r} does not have that number: it was never given, so there is nothing to put back. "
            "`agenda verify` lists the numbers without a row."
        )


class RowStands(SafetyStop):
    def __init__(self, tab: str, number: str, row: int) -> None:
        super().__init__(f"tab {tab!r}, row {row}: {number} stands there; nothing was written.")


class ResponseGone(SafetyStop):
    def __init__(self, tab: str, number: str, registered: str) -> None:
        super().__init__(
            f"{number}: its response of {registered} is not in tab {tab!r} as it was registered; nothing was written. "
            "Undo the edit there (or import the form's export again), then restore."
        )


class NotAllRestored(SafetyStop):
    def __init__(self, count: int) -> None:
        super().__init__(
            f"{count} row(s), listed above, could not be put back: their responses are gone. "
            "Undo the edit in the tab of responses (or import the form's export again), then restore."
        )


class NothingToRestore(ConfigurationError):
    """The command line names no, or more than one, thing to restore."""

    def __init__(self) -> None:
        super().__init__("say what to restore: a NUMBER, --all, --unmix or --from-archive, and only one of them.")


class LedgerStands(SafetyStop):
    def __init__(self, tab: str, count: int) -> None:
        super().__init__(
            f"tab {tab!r} holds {count} numbers: it is only ever made again when it is empty; nothing was written. "
            "`agenda restore --all` puts deleted rows of the agenda back."
        )


class ListIncomplete(SafetyStop):
    def __init__(self, tab: str, count: int) -> None:
        super().__init__(
            f"tab {tab!r}: {count} document(s) of the job's lie in the archive and are not on the list, and their "
            "numbers would be missed; nothing was written. Run `agenda verify --rebuild` first."
        )


class NumbersUnsettled(SafetyStop):
    def __init__(self, ambiguous: int, lost: int) -> None:
        parts = []
        if ambiguous:
            parts.append(
                f"{ambiguous} number(s) do not fit one response alone: settle each with --assign NUMBER=ROW "
                "(the response's row) or --assign NUMBER=none"
            )
        if lost:
            parts.append(
                f"{lost} number(s) have no response: --assign those you can; --accept-unmatched keeps the others as "
                "given, to nobody"
            )
        super().__init__(f"{'; '.join(parts)}. They are listed above; nothing was written.")


class AssignmentRefused(ConfigurationError):
    """``order`` is where the assignment stands on the command line, counted from 1."""

    def __init__(self, order: int, why: str) -> None:
        super().__init__(f"--assign no. {order}: {why}. Write for example --assign KONS-2026-0001=17.")
