"""What stops a run for safety: what was seen, and the way on. Raised by :mod:`sync.domain.safety`."""

from __future__ import annotations

from collections.abc import Sequence

from sync.errors import SafetyStop


class BookOfAnotherOffice(SafetyStop):
    def __init__(self, tab: str, prefix: str, seen: str, foreign: int, total: int) -> None:
        super().__init__(
            f"tab {tab!r}: {foreign} of {total} numbers, the latest too, begin with {seen!r}, but config.yaml says "
            f"{prefix!r} (nomor.awalan): this looks like another office's book; nothing was written. Point `workspace` "
            "to your own book, or give the prefix back; if the prefix was changed on purpose, run once with "
            "--accept-new-prefix."
        )


class LedgerLost(SafetyStop):
    """``missing`` are numbers that only the job can have given, in order; the ledger still has ``known``.

    ``foreign`` of them bear a prefix that this office never gave a number under, as far as the ledger tells.
    """

    def __init__(self, tab: str, seen_in: str, missing: Sequence[str], known: int, foreign: int = 0) -> None:
        self.missing = tuple(missing)
        few = ", ".join(missing[:5]) + (" …" if len(missing) > 5 else "")
        mend = (
            "without a copy, delete its other rows too, and `agenda restore --from-archive` makes them all again."
            if known
            else "`agenda restore --from-archive` gives the responses their numbers again."
        )
        super().__init__(
            f"tab {tab!r} {f'has {known} numbers' if known else 'is empty'}, but tab {seen_in!r} has "
            f"{len(missing)} that it lacks ({few}): rows of the ledger are lost, and a run would give numbers twice; "
            f"nothing was written. Undo the deletion, or put back a copy of the book that has them; {mend}"
            + (
                f" {foreign} of them bear another prefix: if they are another office's that keeps its archive in the "
                f"same folder, delete their rows in tab {seen_in!r}; the files stay."
                if foreign
                else ""
            )
        )


class ArchiveListLost(SafetyStop):
    def __init__(self, tab: str, agenda: str, lost: int, shown: int) -> None:
        super().__init__(
            f"tab {tab!r}: {lost} of {shown} documents that tab {agenda!r} shows are not on the list, and a run would "
            "issue them all again; nothing was written. `agenda verify --rebuild` makes the list again from the "
            "archive; if the files are gone too, run once with --accept-missing-documents."
        )


class ArchiveUnlisted(SafetyStop):
    def __init__(self, register: str, tab: str, path: str) -> None:
        super().__init__(
            f"tabs {register!r} and {tab!r} are empty, but {path} lies in the archive: a run would give its number "
            "again; nothing was written. Put the office's own book back, or rebuild it: `agenda verify --rebuild`, "
            "then `agenda restore --from-archive`. Only if the numbers are to begin anew: move those documents out of "
            "the archive, or run with --accept-missing-documents for as long as they lie there."
        )


class NumbersInArchive(SafetyStop):
    """``numbers`` lie in the archive and the ledger lacks them, in order; ``name`` is a document's of the last one."""

    def __init__(self, tab: str, numbers: Sequence[str], name: str) -> None:
        self.numbers = tuple(numbers)
        few = ", ".join(numbers[:5]) + (" …" if len(numbers) > 5 else "")
        super().__init__(
            f"tab {tab!r} lacks {len(numbers)} number(s) that lie in the archive ({few}; {name}): this is an older "
            "copy of the book, or a copy beside the one in use, and a run would give numbers again; nothing was "
            "written. Put the newest book back (or point `workspace` to it). If there is none: `agenda verify "
            f"--rebuild`, import the form's whole export, empty tab {tab!r} below its header, then `agenda restore "
            "--from-archive`. Only where those documents are no records of this office, move them out of the archive."
        )


class BookCopied(SafetyStop):
    def __init__(self, path: str) -> None:
        super().__init__(
            f"the newest documents in the archive ({path}) were issued from another spreadsheet than the one in "
            "config.yaml: this one is a copy, and both would give the same numbers; nothing was written. Put the "
            "other's id back as workspace.google.spreadsheet_id; if this one is to take its place for good, run once "
            "with --accept-other-book, and never run the other again."
        )


class ArchiveGone(SafetyStop):
    def __init__(self, tab: str, count: int) -> None:
        super().__init__(
            f"the archive folder is missing or empty, but tab {tab!r} lists {count} filed document(s): it was moved, "
            "renamed or deleted, or its disk is not connected; nothing was written. Put it back (or connect the disk), "
            "then run again; if it is lost for good, run once with --accept-missing-documents."
        )
