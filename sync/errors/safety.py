"""Exit 5: stopped for safety; somebody has to look before it goes on."""

from __future__ import annotations

from collections.abc import Sequence

from sync.errors.base import EXIT_SAFETY, AgendaError


class SafetyStop(AgendaError):
    """Going on could cost somebody's data (exit 5)."""

    exit_code = EXIT_SAFETY


class BookMissing(SafetyStop):
    def __init__(self, book: str, archive: str) -> None:
        super().__init__(
            f"{book}: the agenda book is gone, but {archive} holds documents: a new book would give numbers again. "
            "Put the book (or its newest copy) back, then run again."
        )


class BookUnreadable(SafetyStop):
    def __init__(self, book: str, why: str) -> None:
        super().__init__(
            f"{book}: not a whole Excel workbook ({why}). If it is being saved or copied just now, wait and run again; "
            "else put the newest good copy back. The file was left as it is."
        )


class TabMissing(SafetyStop):
    """``tabs`` are those that there are; ``guess`` is the one of them that bears the headers of the missing one."""

    def __init__(self, tab: str, tabs: Sequence[str], guess: str = "") -> None:
        self.guess = guess
        there = ", ".join(repr(name) for name in tabs) or "no tabs"
        if guess:
            mend = (
                f"Tab {guess!r} bears its headers, so it was probably renamed: name it {tab!r} again, or write its new "
                "name into config.yaml under `tab`. No empty one is made meanwhile."
            )
        else:
            mend = (
                "Give the tab its name back, or name it in config.yaml under `tab`; if it was deleted, undo that or "
                "put a copy of the book back. Only what never held anything is made anew: `agenda setup`."
            )
        super().__init__(f"tab {tab!r} is missing; the workbook has {there}. {mend}")


class HeaderMissing(SafetyStop):
    def __init__(self, tab: str, header: str, headers: Sequence[str]) -> None:
        self.header = header
        # Not the headers themselves: where a sort took the header row along, a visitor's answers stand there.
        super().__init__(
            f"tab {tab!r}, row 1: no column is headed {header!r} ({len(headers)} other cells are filled). "
            "Give the column its header back, or name it in config.yaml under `kolom`."
        )


class HeaderDoubled(SafetyStop):
    def __init__(self, tab: str, header: str, columns: Sequence[int]) -> None:
        self.header = header
        super().__init__(
            f"tab {tab!r}, row 1: {len(columns)} columns are headed {header!r} "
            f"(columns {', '.join(map(str, columns))}). Rename all but one, then run again."
        )


class MergedCells(SafetyStop):
    def __init__(self, tab: str, where: str) -> None:
        super().__init__(
            f"tab {tab!r}, cells {where}: merged, so the job cannot write there. Unmerge them, then run again."
        )


class UnsupportedContent(SafetyStop):
    """The book holds what a change by the job would void or tear; each place is already a phrase."""

    def __init__(self, book: str, places: Sequence[str]) -> None:
        super().__init__(
            f"{book}: holds what cannot be kept when the job saves it: {'; '.join(places)}. Nothing was written. "
            "Take it out (or move it to another workbook), then run again."
        )


class AgendaEmptied(SafetyStop):
    def __init__(self, tab: str, gone: int, known: int) -> None:
        super().__init__(
            f"tab {tab!r}: {gone} of {known} registered rows are gone since the last run; nothing was written. "
            "Undo the deletion (or put an older copy back); `agenda restore --all` puts back what the form answered; "
            "if it was meant, run once with --accept-missing-rows."
        )


class ClockWentBack(SafetyStop):
    def __init__(self, now: str, last: str) -> None:
        super().__init__(
            f"the clock says {now}, but the ledger has an entry of {last}. Set the clock (or --now) right; "
            "if the ledger is wrong, run once with --accept-clock."
        )


class ResponsesElsewhere(SafetyStop):
    """Said after everything else was done: those responses have no number, and no run reads their tab."""

    def __init__(self, tab: str, unread: int, read: str) -> None:
        what = f"{unread} newer response(s) stand" if unread else "a form's new, empty tab stands"
        super().__init__(
            f"tab {tab!r}: {what} there, but only tab {read!r} is read: the form was linked anew. "
            f"Rename {read!r} to something else and {tab!r} to {read!r}, then run again; nothing is registered twice. "
            f"If no form writes to {tab!r}, delete it or give it other headers."
        )


class LedgerBroken(SafetyStop):
    def __init__(self, tab: str, row: int, why: str) -> None:
        super().__init__(
            f"tab {tab!r}, row {row}: {why}. That tab is the job's own and was edited by hand; "
            "undo the edit (or put an older copy back), then run again."
        )


class DocumentStop(SafetyStop):
    """Stops one document; the others are filed all the same, and then the run fails with it."""


class PathOccupied(DocumentStop):
    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path}: another file lies where a document has to go; it was left alone. "
            "Move it out of the archive, then run again."
        )


class PathRefused(DocumentStop):
    def __init__(self, path: str, why: str) -> None:
        super().__init__(
            f"{path!r}: no document can be filed there ({why}). "
            "Mend the classification code in config.yaml, or the row of the archive list, then run again."
        )


class DocumentUnreadable(DocumentStop):
    def __init__(self, path: str, why: str) -> None:
        super().__init__(
            f"{path}: lies in the archive, but cannot be read ({why}). "
            "Give the account that runs the job the right to read it, or close it where it is open, then run again."
        )


class ArchiveRowBroken(DocumentStop):
    """A row of the archive list that says which document it is of, and else is not the job's any more."""

    def __init__(self, tab: str, row: int, why: str, more: int) -> None:
        others = f" (and {more} more; `agenda verify` names each)" if more else ""
        super().__init__(
            f"tab {tab!r}, row {row}: {why}{others}. Nothing is issued of that document until the row is mended; all "
            "else was done. That tab is the job's own: undo the edit, or delete the row and run "
            "`agenda verify --rebuild`."
        )


class DocumentMissing(SafetyStop):
    def __init__(self, path: str) -> None:
        super().__init__(f"{path}: not in the archive. Put it back from a copy; `agenda verify` lists all that is off.")


class ArchiveOff(SafetyStop):
    def __init__(self, count: int) -> None:
        super().__init__(f"book and archive differ in {count} place(s), listed above; nothing was changed.")
