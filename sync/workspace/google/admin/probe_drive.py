"""Experiments on scratch files in a scratch folder: ids, locks, labels, versions, the listing's delay."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sync.workspace.google.admin.calls import AdminDrive
from sync.workspace.google.admin.probe_result import Experiment, Result, judged, noted, refusal, told
from sync.workspace.google.transport import Json

_TEXT = "text/plain"
_LISTING_SECONDS = 60
_LOOK_SECONDS = 5
_LONGEST = 124
"""Bytes of a label, key and value together: https://developers.google.com/workspace/drive/api/guides/properties"""
_MOST = 30


class DriveProbe:
    """The scratch folder and what is asked in it. Every file goes with the folder."""

    def __init__(
        self,
        drive: AdminDrive,
        folder: str,
        drive_id: str | None,
        clock: Callable[[], float],
        sleep: Callable[[float], None],
    ) -> None:
        self._drive, self._folder, self._drive_id = drive, folder, drive_id
        self._clock, self._sleep = clock, sleep

    def experiments(self) -> Iterator[Experiment]:
        """Yield the experiments, in the order they have to be made. Each raises CallFailed where Google says no."""
        yield Experiment("an upload under an id that has a file", self._repeated_id)
        yield Experiment("a file locked by the call that makes it (lock: on-upload)", self._lock)
        yield Experiment(f"a label of {_LONGEST} bytes, key and value", self._labels)
        yield Experiment("how late a new file is in the listing", self._listing)

    def _repeated_id(self) -> Iterator[Result]:
        metadata = self._metadata("agenda-probe-id.txt")
        self._drive.upload(metadata, b"once", "id")
        again = self._drive.upload(metadata, b"twice", "id")
        content = self._drive.download(str(metadata["id"]))
        kept = content == b"once"
        found = ("refused (409)" if again is None else "accepted") + ("" if kept else ", and the content changed")
        yield judged(
            "an upload under an id that has a file", "refused (409), content kept", found, holds=again is None and kept
        )
        failure = refusal(lambda: self._drive.create_file(metadata))
        yield noted("its reason", "fileIdInUse or duplicate", failure.reason if failure else "accepted")

    def _lock(self) -> Iterator[Result]:
        """The read-only mark in the call that makes the file, as the job sets it."""
        restriction = [{"readOnly": True, "reason": "agenda probe"}]
        metadata = self._metadata("agenda-probe-lock.txt") | {"contentRestrictions": restriction}
        failure = refusal(lambda: self._drive.create_file(metadata))
        held = None
        if failure is None:
            there = self._drive.get(str(metadata["id"]), "contentRestrictions(readOnly)") or {}
            held = any(entry.get("readOnly") for entry in there.get("contentRestrictions", ()))
        found = told(failure) if failure else "accepted, and in force" if held else "accepted, but not in force"
        question = "a file locked by the call that makes it (lock: on-upload)"
        yield judged(question, "accepted, and in force", found, holds=bool(held))
        if not held:
            metadata = self._metadata("agenda-probe-lock-after.txt")
            self._drive.create_file(metadata)
            after = refusal(lambda: self._drive.lock(str(metadata["id"]), "agenda probe"))
            yield judged("a file locked afterwards (lock: ensured)", "accepted", told(after), holds=after is None)
        label = {"appProperties": {"agenda-probe": "1"}}
        changed = refusal(lambda: self._drive.change(str(metadata["id"]), label))
        yield noted("a label set on a locked file", "unknown", told(changed))

    def _labels(self) -> Iterator[Result]:
        key = "k"
        fits = self._metadata("agenda-probe-label.txt") | {"appProperties": {key: "v" * (_LONGEST - len(key))}}
        too_long = self._metadata("agenda-probe-label-long.txt") | {"appProperties": {key: "v" * _LONGEST}}
        failure = refusal(lambda: self._drive.create_file(fits))
        question = f"a label of {_LONGEST} bytes, key and value"
        yield judged(question, "accepted", told(failure), holds=failure is None)
        longer = refusal(lambda: self._drive.create_file(too_long))
        yield noted(f"a label of {_LONGEST + 1} bytes", "refused", told(longer))
        many = self._metadata("agenda-probe-labels.txt") | {
            "appProperties": {f"k{number}": "v" for number in range(_MOST + 1)}
        }
        yield noted(f"{_MOST + 1} labels", "refused", told(refusal(lambda: self._drive.create_file(many))))

    def _listing(self) -> Iterator[Result]:
        metadata = self._metadata("agenda-probe-listing.txt")
        self._drive.create_file(metadata)
        started = self._clock()
        while self._clock() - started < _LISTING_SECONDS:
            if any(entry["id"] == metadata["id"] for entry in self._drive.named(str(metadata["name"]), self._drive_id)):
                seconds = round(self._clock() - started)
                yield noted("how late a new file is in the listing", "seconds", f"{seconds} seconds")
                return
            self._sleep(_LOOK_SECONDS)
        yield noted("how late a new file is in the listing", "seconds", f"more than {_LISTING_SECONDS} seconds")

    def _metadata(self, name: str) -> Json:
        return {"id": self._drive.generate_ids(1)[0], "name": name, "mimeType": _TEXT, "parents": [self._folder]}
