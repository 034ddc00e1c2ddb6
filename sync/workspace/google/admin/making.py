"""Making the folder, the spreadsheet and the form: each once, however often setting up is cut off.

A folder gets an id beforehand, so creating it can be repeated. Google takes no such id for a spreadsheet or a form, and
its listing lags behind, so "look whether it is there, else make it" makes doubles. Instead an unmistakable name is
recorded first and the thing is made under it. If the answer is lost, a witness is made (a folder of the same name,
under an id of its own): once the listing shows the witness, it would show the older thing too, were there one. The
name is put right afterwards.

https://developers.google.com/workspace/drive/api/guides/create-file: which types take a pre-generated id.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from sync.config.made import MadeFile
from sync.errors import AgendaError
from sync.workspace.google.admin.calls import AdminDrive
from sync.workspace.google.admin.errors import ListingLate, MadeTwice, Unsettled
from sync.workspace.google.failures import CallFailed, Failure, Outcome

_ATTEMPTS = 3
_LISTING_SECONDS = 600
"""How long the listing is waited for; a lag of twelve minutes has been seen once, seconds are usual."""
_LOOK_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Thing:
    """A spreadsheet or a form to be made. ``key`` is its entry in the file of made ids, without ``_id``."""

    what: str
    key: str
    mime_type: str
    title: str
    parent: str | None
    """The folder it is made in; None for My Drive."""
    drive_id: str | None
    create: Callable[[str], str]
    """Makes it under a name and returns its id."""
    refused: Callable[[Failure], AgendaError]
    """What the operator has to do where Google says no."""


class Maker:
    """Makes things once. ``tell`` says what happens, for whoever waits."""

    def __init__(
        self,
        drive: AdminDrive,
        made: MadeFile,
        clock: Callable[[], float],
        sleep: Callable[[float], None],
        tell: Callable[[str], None],
    ) -> None:
        self._drive, self._made, self._clock, self._sleep, self._tell = drive, made, clock, sleep, tell

    def folder(self, key: str, name: str, parent: str | None) -> str:
        """Return the folder's id, made now or by an earlier, interrupted call.

        Raises:
            CallFailed.
        """
        entries = self._made.read()
        if f"{key}_id" in entries:
            return entries[f"{key}_id"]
        file_id = entries.get(f"{key}_reserved") or self._drive.generate_ids(1)[0]
        self._made.put({f"{key}_reserved": file_id})
        self._drive.create_folder(file_id, name, parent or "root")
        self._made.put({f"{key}_id": file_id, f"{key}_reserved": None})
        return file_id

    def once(self, thing: Thing) -> str:
        """Return the thing's id, made now or by an earlier, interrupted call.

        Raises:
            ListingLate, MadeTwice, Unsettled, what ``thing.refused`` says; CallFailed.
        """
        entries = self._made.read()
        if f"{thing.key}_id" in entries:
            return entries[f"{thing.key}_id"]
        name = entries.get(f"{thing.key}_name")
        file_id = self._search(thing, name) if name else None
        if name is None:
            name = f"{thing.title} [{uuid.uuid4().hex[:8]}]"
            self._made.put({f"{thing.key}_name": name})
        for _ in range(_ATTEMPTS):
            if file_id is None:
                file_id = self._attempt(thing, name)
            if file_id is None:
                file_id = self._search(thing, name)
            if file_id is not None:
                self._made.put({f"{thing.key}_id": file_id})
                return file_id
        raise Unsettled(thing.what)

    def is_unsettled(self, thing: Thing, file_id: str) -> bool:
        """Tell whether this is the thing made here, and still bears the name it was made under."""
        entries = self._made.read()
        return entries.get(f"{thing.key}_id") == file_id and f"{thing.key}_name" in entries

    def has_unsettled(self) -> bool:
        """Tell whether anything made here has not got its proper name yet."""
        return any(key.endswith("_name") for key in self._made.read())

    def settle_name(self, thing: Thing, file_id: str) -> None:
        """Give the thing its proper name, which is the last thing to be done about its making.

        Raises:
            CallFailed.
        """
        self._drive.change(file_id, {"name": thing.title})
        self._made.put({f"{thing.key}_name": None})

    def _attempt(self, thing: Thing, name: str) -> str | None:
        """Make it; None where nobody knows whether it was made."""
        try:
            return thing.create(name)
        except CallFailed as failed:
            failure = failed.failure
            if failure.outcome is Outcome.UNKNOWN:
                return None
            self._made.put({f"{thing.key}_name": None})
            raise thing.refused(failure) from failed

    def _search(self, thing: Thing, name: str) -> str | None:
        """Return the id under which the thing was made before, or None once it surely was not."""
        self._tell(f"{thing.what}: an answer was lost; waiting for Google's listing to tell whether it was made")
        witness = self._witness(thing, name)
        deadline = self._clock() + _LISTING_SECONDS
        while True:
            listed = self._drive.named(name, thing.drive_id)
            found = [entry["id"] for entry in listed if entry.get("mimeType") == thing.mime_type]
            if found or any(entry["id"] == witness for entry in listed):
                break
            if self._clock() >= deadline:
                raise ListingLate(thing.what, name)
            self._sleep(_LOOK_SECONDS)
        self._drive.change(witness, {"trashed": True})
        self._made.put({f"{thing.key}_witness": None})
        if len(found) > 1:
            raise MadeTwice(thing.what, name, len(found))
        return str(found[0]) if found else None

    def _witness(self, thing: Thing, name: str) -> str:
        """Make the witness after the thing may have been made; one that an earlier search threw away is no use."""
        witness = self._made.read().get(f"{thing.key}_witness")
        if witness and (self._drive.get(witness, "trashed") or {}).get("trashed"):
            witness = None
        if witness is None:
            witness = self._drive.generate_ids(1)[0]
            self._made.put({f"{thing.key}_witness": witness})
        self._drive.create_folder(witness, name, thing.parent or "root")
        return witness
