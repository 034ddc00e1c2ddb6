"""Recorded Google traffic, replayed: ``python -m tests.google.replay`` prints what the stand-in gets right.

Every request of a recording is sent in order. What Google makes up (ids, the recorder's address) is learnt from the
pair of answers and translated from then on; times are compared by their form, and by their order within one answer.
All else has to be equal. Files a recording takes for granted (it lists them without having made them) are put there
beforehand.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.google.drive.access import root_id
from tests.google.google import Google, Reply, Request
from tests.google.sheets.model import new_spreadsheet
from tests.google.state import SHEET_TYPE, DriveFile

JsonObject = dict[str, Any]

FOLDER = Path(__file__).resolve().parent.parent / "data" / "google" / "recordings"

_MADE_UP = frozenset(
    {"id", "spreadsheetId", "sheetId", "namedRangeId", "protectedRangeId", "metadataId", "chartId", "users"}
)
_TIMES = frozenset({"createdTime", "modifiedTime"})
_TIME = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")


@dataclass
class Result:
    """One recording: how many of its answers were matched, and what differed."""

    name: str
    total: int = 0
    matched: int = 0
    faults: list[str] = field(default_factory=list)


@dataclass
class _Translation:
    """Made-up values of the recording and what the stand-in made up in their place."""

    known: dict[Any, Any] = field(default_factory=dict)

    def text(self, text: str) -> str:
        for old, new in self.known.items():
            if isinstance(old, str) and len(old) > 8:
                text = text.replace(old, str(new))
        return text

    def value(self, value: Any, name: str = "") -> Any:
        if isinstance(value, dict):
            return {key: self.value(entry, key) for key, entry in value.items()}
        if isinstance(value, list):
            return [self.value(entry, name) for entry in value]
        if name in _MADE_UP and not isinstance(value, bool):
            return self.known.get(value, value)
        return self.text(value) if isinstance(value, str) else value

    def differences(self, recorded: Any, given: Any, name: str = "", path: str = "") -> list[str]:
        """Where the answers differ; learns made-up values on the way."""
        if isinstance(recorded, dict) and isinstance(given, dict):
            found: list[str] = []
            # Ids first, so that what is made of them (addresses) can be compared.
            for key in sorted(recorded.keys() | given.keys(), key=lambda key: (key not in _MADE_UP, key)):
                here = f"{path}.{key}" if path else key
                if key not in given:
                    found.append(f"{here} is missing")
                elif key not in recorded:
                    found.append(f"{here} is too much")
                else:
                    found += self.differences(recorded[key], given[key], key, here)
            if not found and recorded.keys() >= _TIMES and given["createdTime"] > given["modifiedTime"]:
                found.append(f"{path}: modified before created")
            return found
        if isinstance(recorded, list) and isinstance(given, list):
            if len(recorded) != len(given):
                return [f"{path}: {len(given)} entries instead of {len(recorded)}"]
            pairs = enumerate(zip(recorded, given, strict=True))
            return [text for i, (a, b) in pairs for text in self.differences(a, b, name, f"{path}[{i}]")]
        if name in _TIMES and isinstance(given, str) and _TIME.match(str(recorded)) and _TIME.match(given):
            return []
        made_up = name in _MADE_UP
        # Sheet id 0 is no made-up value: it is always the first tab's.
        if made_up and recorded != 0 and given != 0 and type(recorded) is type(given):
            if recorded not in self.known and given not in self.known.values():
                self.known[recorded] = given
            return [] if self.known.get(recorded, recorded) == given else [f"{path}: another id than before"]
        expected = self.text(recorded) if isinstance(recorded, str) else recorded
        return [] if expected == given and isinstance(expected, bool) == isinstance(given, bool) else [path or "body"]


def replay(path: Path) -> Result:
    """Replay one recording against a fresh stand-in."""
    interactions = json.loads(path.read_text(encoding="utf-8"))["interactions"]
    google, translation, result = Google(), _Translation(), Result(path.stem)
    _presuppose(google, interactions, translation)
    for interaction in interactions:
        request, recorded = interaction["request"], interaction["response"]
        date = recorded["headers"].get("Date")
        if date:
            google.clock.set(parsedate_to_datetime(date[0] if isinstance(date, list) else date))
        reply = google.handle(_request(request, translation))
        result.total += 1
        faults = _compare(recorded, reply, translation)
        if faults:
            split = urlsplit(request["uri"])
            result.faults.append(f"{request['method']} {_shape(split.path)}: {'; '.join(faults[:3])}")
        else:
            result.matched += 1
    return result


def _request(recorded: JsonObject, translation: _Translation) -> Request:
    split = urlsplit(translation.text(recorded["uri"]))
    target = split.path + (f"?{split.query}" if split.query else "")
    body = recorded.get("body") or ""
    if body.startswith("{"):
        body = json.dumps(translation.value(json.loads(body)))
    return Request(recorded["method"], target, {"authorization": "Bearer replay", "host": split.netloc}, body.encode())


def _compare(recorded: JsonObject, reply: Reply, translation: _Translation) -> list[str]:
    if recorded["status"]["code"] != reply.status:
        return [f"status {reply.status} instead of {recorded['status']['code']}: {reply.body.decode()[:200]}"]
    body = recorded["body"]
    text = body.get("string", "") if isinstance(body, dict) else body
    try:
        expected, given = json.loads(text), json.loads(reply.body)
    except ValueError:
        return [] if text == reply.body.decode() else ["body"]
    return translation.differences(expected, given)


def _presuppose(google: Google, interactions: list[JsonObject], translation: _Translation) -> None:
    """Put in place the files a recording lists but never makes: left over in the recorder's account."""
    made = set()
    for interaction in interactions:
        request = interaction["request"]
        answer = interaction["response"]["body"]
        text = answer.get("string", "") if isinstance(answer, dict) else answer
        path = urlsplit(request["uri"]).path
        if not path.startswith("/drive/v3/files") or not text.startswith("{"):
            continue
        body = json.loads(text)
        if request["method"] == "POST" and "id" in body:
            made.add(body["id"])
        for entry in body.get("files", []):
            if entry["id"] not in made and entry["id"] not in translation.known:
                translation.known[entry["id"]] = _leftover(google, entry)


def _leftover(google: Google, entry: JsonObject) -> str:
    email = google.settings.unknown_caller
    created, modified = (datetime.fromisoformat(entry[name]) for name in ("createdTime", "modifiedTime"))
    file_id = google.state.new_id(44)
    google.state.files[file_id] = DriveFile(
        file_id, entry["name"], SHEET_TYPE, [root_id(email)], created, modified, email
    )
    google.state.spreadsheets[file_id] = new_spreadsheet(file_id, entry["name"])
    return file_id


def _shape(path: str) -> str:
    path = re.sub(r"/[-\w]{30,}", "/{id}", path)
    return re.sub(r"/values/[^:]+?(:\w+)?$", r"/values/{range}\1", path)


def main(folder: Path = FOLDER) -> int:
    """Print the table; the number of answers not matched."""
    results = [replay(path) for path in sorted(folder.glob("*.json"))]
    width = max(len(result.name) for result in results)
    for result in results:
        mark = "" if result.matched == result.total else "  <-"
        print(f"{result.name:<{width}}  {result.matched:>3} / {result.total}{mark}")
    matched, total = sum(result.matched for result in results), sum(result.total for result in results)
    print(f"{'all':<{width}}  {matched:>3} / {total}")
    left = Counter(fault for result in results for fault in result.faults)
    for fault, times in left.most_common():
        print(f"left over {times}x  {fault}")
    return total - matched


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])) if len(sys.argv) > 1 else main())
