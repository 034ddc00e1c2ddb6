"""The stand-in against recorded traffic of the real thing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.google.replay import FOLDER, replay

FLOOR = 1070
"""Answers matched so far, of 1070 recorded: may only rise."""


def test_matches_at_least_what_it_matched_before() -> None:
    results = [replay(path) for path in sorted(FOLDER.glob("*.json"))]
    left = [f"{result.name}: {fault}" for result in results for fault in result.faults]
    assert sum(result.matched for result in results) >= FLOOR, "\n".join(left)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('\\"updatedRows\\": 4', '\\"updatedRows\\": 5'),
        ("Sheet1!A1:D4", "Sheet1!A1:D5"),
        ('\\"D1\\"', '\\"D2\\"'),
    ],
)
def test_a_falsified_recording_does_not_match(tmp_path: Path, old: str, new: str) -> None:
    """The comparison itself: an answer that Google did not give is found out."""
    text = (FOLDER / "WorksheetTest.test_update_and_get.json").read_text(encoding="utf-8")
    data = json.loads(text)
    changed = 0
    for interaction in data["interactions"]:
        body = interaction["response"]["body"]
        held = body["string"] if isinstance(body, dict) else body
        falsified = json.loads(json.dumps(held).replace(old, new))
        changed += falsified != held
        interaction["response"]["body"] = {"string": falsified}
    assert changed
    path = tmp_path / "falsified.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    result = replay(path)
    assert result.matched < result.total
