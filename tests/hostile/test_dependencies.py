"""What the program stands on is known: every package it needs is pinned, and its page on security keeps its word."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, requires, version

import pytest

from tests.build import ROOT
from tests.hostile.corpus import values

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def needed(name: str) -> set[str]:
    """Return the packages that ``name`` needs to run, and all that these need."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        for line in requires(waiting.pop()) or []:
            match = _NAME.match(line)
            if match is None or "extra ==" in line or canonical(match[0]) in found:
                continue
            try:
                version(match[0])
            except PackageNotFoundError:
                continue  # for another platform or an older Python
            found.add(canonical(match[0]))
            waiting.append(match[0])
    return found


def pinned() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.partition("==") for line in lines if "==" in line and not line.startswith("#"))
    return {canonical(name): rest.split()[0] for name, _, rest in pairs}


def test_every_package_that_is_needed_is_pinned() -> None:
    """Nothing comes in another version tomorrow than was audited today."""
    assert len(needed("agenda-sync")) > 15
    assert needed("agenda-sync") - pinned().keys() == set()


@pytest.mark.parametrize("name", sorted(needed("agenda-sync")))
def test_what_is_installed_is_what_is_pinned(name: str) -> None:
    """The audit of the list is an audit of the machine."""
    assert version(name) == pinned()[name]


def test_the_page_on_security_counts_right() -> None:
    """It says how large the corpus is."""
    assert f"{len(values())} hostile values" in (ROOT / "SECURITY.md").read_text(encoding="utf-8")
