"""What can stop ``agenda setup`` on Google, and what to do about each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sync.domain.columns import COLUMNS
from sync.domain.rules import Rules
from sync.domain.tabs import Tab
from sync.errors import AccessRefused, SafetyStop, TryLater

_FILE = "google-ids.yaml"


class NoPlace(AccessRefused):
    """A service account without a shared drive: nothing it makes would have an owner."""

    def __init__(self) -> None:
        super().__init__(
            "config.yaml, workspace.google.shared_drive_id",
            "empty, and a service account owns no storage: it can make neither a folder nor a spreadsheet in My Drive",
            "Either make a shared drive, add the service account as content manager and put the drive's id there, or "
            "let setup act for a person: identity: user with `agenda login`, or subject with domain-wide delegation.",
        )


class ListingLate(TryLater):
    def __init__(self, what: str, name: str) -> None:
        super().__init__(
            f"{what}: the answer to making it was lost, and Google's listing is still too old to tell whether it was "
            f"made (under the name {name!r}). Run `agenda setup` again in some minutes; nothing was made twice."
        )


class Unsettled(TryLater):
    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what}: Google's answers kept getting lost. Run `agenda setup` again; it goes on where this one stopped."
        )


class SetupBusy(TryLater):
    def __init__(self, folder: str) -> None:
        super().__init__(
            f"{folder}: another `agenda setup` is at work with the configuration there; nothing was made. Run it again "
            "when that one is done: it then sees what was made."
        )


class MadeTwice(SafetyStop):
    def __init__(self, what: str, name: str, count: int) -> None:
        super().__init__(
            f"{what}: Drive has {count} of the name {name!r}, made by one interrupted `agenda setup`. "
            "Look into them, move all but one to the bin, then run `agenda setup` again."
        )


class MadeGone(SafetyStop):
    """Something that setup made earlier is not there any more; making it anew could hide a loss."""

    def __init__(self, what: str, key: str, *, trashed: bool) -> None:
        where = "lies in the bin" if trashed else "is not there any more, or no longer shared with the account"
        super().__init__(
            f"{what}: it {where}. Restore or share it, then run `agenda setup` again. Only if a new one is wanted, "
            f"take {key} out of {_FILE} (or config.yaml): the next `agenda setup` then makes one."
        )


class FormByHand(AccessRefused):
    """Google lets this account make no form; a person can, in a minute."""

    def __init__(self, why: str, folder_link: str) -> None:
        super().__init__(
            "the form",
            f"Google lets the account of the job make none ({why})",
            f"Make an empty form yourself: open {folder_link}, New, Google Forms (with identity: user setup can do it "
            "too); share it with the account of the job as editor; put the part of its address between /d/ and /edit "
            "into config.yaml as workspace.google.form_id; run `agenda setup` again: it adds the questions.",
        )


class LinkedElsewhere(SafetyStop):
    def __init__(self, link: str) -> None:
        super().__init__(
            f"the form sends its responses to another spreadsheet. Open {link}, tab Responses, menu (three dots), "
            "Unlink form, then run `agenda setup` again for the next step. Nothing was changed."
        )


class QuestionRenamed(SafetyStop):
    """A second question of the same meaning would have a second column, and answers in two places."""

    def __init__(self, renamed: Mapping[str, Sequence[str]], rules: Rules) -> None:
        columns = rules.columns.responses
        keys = {columns.header(spec.field): spec.header for spec in COLUMNS[Tab.RESPONSES]}
        listed = "; ".join(
            f"{title!r} is missing, and {' or '.join(map(repr, now))} stands in its place"
            for title, now in renamed.items()
        )
        title, now = next(iter(renamed.items()))
        entry = f"kolom: {Tab.RESPONSES.value}: {{{keys[title]}: {now[0]}}}"
        super().__init__(
            f"the form: {listed}. No question was added for it; everything else was done. Give the question its title "
            f"back, or put its new one into config.yaml ({entry}); only if it is another "
            f"question, `agenda setup --new-question {title!r}` adds the missing one."
        )


class TabRenamed(SafetyStop):
    """An empty tab beside the renamed one would hide what stands there."""

    def __init__(self, renamed: Mapping[str, str], keys: Mapping[str, str]) -> None:
        listed = "; ".join(f"{name!r} is missing, and {now!r} has its headers" for name, now in renamed.items())
        name, now = next(iter(renamed.items()))
        super().__init__(
            f"the spreadsheet's tabs: {listed}. Nothing was changed in it. Rename the tab back, or put its new name "
            f"into config.yaml (tab: {{{keys.get(name, name)}: {now}}}), then run `agenda setup` again; only if it is "
            f"another tab, `agenda setup --new-tab {name!r}` makes the missing one."
        )


class SharingRefused(AccessRefused):
    def __init__(self, what: str, position: int, why: str) -> None:
        super().__init__(
            f"config.yaml, workspace.google.share, entry {position}",
            f"Google did not share {what} with it ({why})",
            "Check that the address exists and is of the type given (group or user), and that the organisation allows "
            "sharing with it; then run `agenda setup` again.",
        )
