"""What stops a run: one class for each thing the operator has to do.

Each class owns its sentence (what happened, where, what to do next) and its exit code. A fault of one row is not here:
it is a finding (:mod:`sync.domain.finding`) and stops nothing. No sentence holds what a visitor or an officer typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

EXIT_CONFIGURATION = 2
EXIT_ACCESS = 3
EXIT_TRY_LATER = 4
EXIT_SAFETY = 5


class AgendaError(Exception):
    """A run cannot go on."""

    exit_code: ClassVar[int]


class ConfigurationError(AgendaError):
    """Something in config.yaml, a template or the command line has to be mended (exit 2)."""

    exit_code = EXIT_CONFIGURATION


class ConfigMissing(ConfigurationError):
    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path}: no configuration here. Name one with --config, or copy config.yaml from the project."
        )


class ConfigInvalid(ConfigurationError):
    """Every fault of the configuration at once, each already a full line."""

    def __init__(self, path: str, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        lines = "\n".join(f"  {fault}" for fault in faults)
        super().__init__(f"{path}: {len(faults)} fault(s). Mend them and run again:\n{lines}")


class TemplateInvalid(ConfigurationError):
    """Every fault of the templates at once, each already a full line that names its file."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        lines = "\n".join(f"  {fault}" for fault in faults)
        super().__init__(
            f"the Word templates have {len(faults)} fault(s); nothing was written. Mend them in Word:\n{lines}"
        )


class PdfUnavailable(ConfigurationError):
    """The Word document is there; only its PDF cannot be made."""

    def __init__(self, why: str) -> None:
        super().__init__(
            f"{why}. The Word documents are made all the same; for PDF beside them install LibreOffice "
            "(libreoffice.org, or the package libreoffice-writer) and run again, or leave out --pdf."
        )


class PeriodUnreadable(ConfigurationError):
    def __init__(self, text: str) -> None:
        super().__init__(
            f"{text[:60]!r} is no period. Write 2026-11 (month), 2026-Q4 (quarter), 2026-S2 (half-year) or 2026."
        )


class PeriodRefused(ConfigurationError):
    def __init__(self, period: str, kind: str, why: str) -> None:
        super().__init__(f"no {kind} of {period}: {why}. Ask for a period in which the office has visits.")


class ReissueUnknown(ConfigurationError):
    def __init__(self, name: str) -> None:
        super().__init__(
            f"--reissue {name}: neither a registration number with a filed document, nor a period with one, nor a kind "
            "of document. Write for example KONS-2026-0001, 2026-11 or telaahan; `agenda verify` lists what is filed."
        )


class MomentUnreadable(ConfigurationError):
    def __init__(self, option: str, text: str) -> None:
        super().__init__(f"{option}: {text!r} is no ISO 8601 moment. Write for example 2026-11-24T10:00.")


class ImportUnreadable(ConfigurationError):
    def __init__(self, path: str, why: str, next_step: str = "") -> None:
        step = next_step or "Export the responses again from the form (CSV) and import that file."
        super().__init__(f"{path}: {why}; nothing was imported. {step}")


class DateOrderMixed(ConfigurationError):
    def __init__(self, path: str, day_first: int, month_first: int) -> None:
        super().__init__(
            f"{path}: in line {day_first} the day comes first, in line {month_first} the month, so the file was put "
            "together from two; nothing was imported. Import each export by itself, as the form or the sheet gave it."
        )


class DateOrderUnsure(ConfigurationError):
    """``day_first`` and ``month_first`` are the span of days that each reading gives."""

    def __init__(self, path: str, count: int, day_first: str, month_first: str) -> None:
        super().__init__(
            f"{path}: nothing tells whether its {count} date(s) are written day or month first; nothing was imported. "
            f"Say so: --date-order dmy reads {day_first}, --date-order mdy reads {month_first} "
            "(--dry-run shows it without writing)."
        )


class ListRefused(ConfigurationError):
    """A list for the archivist that cannot be written where it was asked for."""

    def __init__(self, place: str, why: str) -> None:
        super().__init__(f"{place}: {why}. Nothing was written.")


class NotSupported(ConfigurationError):
    """A command that the chosen workspace does not have."""

    def __init__(self, command: str, backend: str, instead: str) -> None:
        super().__init__(f"`{command}` does not exist for workspace.backend {backend}. {instead}")


class AccessRefused(AgendaError):
    """The place is there and says no (exit 3)."""

    exit_code = EXIT_ACCESS

    def __init__(self, place: str, why: str, next_step: str) -> None:
        super().__init__(f"{place}: {why}. {next_step}")


class BookNotMade(ConfigurationError):
    """Only said by commands that look and do not make."""

    def __init__(self, book: str) -> None:
        super().__init__(
            f"{book}: no agenda book here yet. `agenda setup` makes it, and so does the first `agenda run`."
        )


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
