"""What the program stands on is known: every package it needs is pinned, and its page on security keeps its word."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from itertools import chain

import pytest
from packaging.requirements import Requirement

from tests.build import ROOT
from tests.hostile.corpus import values

HERE: Mapping[str, str] = {}
WINDOWS = {"platform_system": "Windows", "sys_platform": "win32", "os_name": "nt"}


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def asked_for(*, extras: bool) -> list[str]:
    """Return what pyproject.toml asks for to run, and with ``extras`` to test and check too."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    more = project["optional-dependencies"].values() if extras else []
    return [*project["dependencies"], *chain.from_iterable(more)]


@cache
def needed(*, extras: bool = True, on_windows: bool = False) -> frozenset[str]:
    """Return the packages asked for, and all that these need. What is not installed here needs nothing more."""
    platform = WINDOWS if on_windows else HERE
    waiting: list[tuple[str, tuple[str, ...]]] = [(line, ("",)) for line in asked_for(extras=extras)]
    seen: set[tuple[str, tuple[str, ...]]] = set()
    while waiting:
        line, asked = waiting.pop()
        requirement = Requirement(line)
        marker = requirement.marker
        if marker is not None and not any(marker.evaluate({**platform, "extra": extra}) for extra in asked):
            continue
        wanted = (canonical(requirement.name), ("", *sorted(requirement.extras)))
        if wanted not in seen:
            seen.add(wanted)
            waiting += [(line, wanted[1]) for line in _requires(wanted[0])]
    return frozenset(name for name, _ in seen)


def _requires(name: str) -> list[str]:
    try:
        return requires(name) or []
    except PackageNotFoundError:
        return []  # for another platform


@cache
def pinned() -> dict[str, str]:
    """Return the version of each package, and fail on a line that pins none."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [Requirement(line) for line in lines if line.strip() and not line.startswith("#")]
    specifiers = {canonical(pin.name): list(pin.specifier) for pin in pins}
    assert [name for name, found in specifiers.items() if [one.operator for one in found] != ["=="]] == []
    return {name: found[0].version for name, found in specifiers.items()}


def test_every_package_that_is_needed_is_pinned() -> None:
    """Nothing comes in another version tomorrow than was audited today, for running, testing or checking."""
    assert len(needed(extras=False)) > 15
    assert needed() - pinned().keys() == set()


def test_every_pin_is_of_a_package_that_is_needed() -> None:
    """The list is what the program stands on and no more: nobody audits, or trusts, what nobody uses."""
    assert pinned().keys() - needed() - needed(on_windows=True) == set()


@pytest.mark.parametrize("name", sorted(needed()))
def test_what_is_installed_is_what_is_pinned(name: str) -> None:
    """The audit of the list is an audit of the machine."""
    assert version(name) == pinned()[name]


def test_the_page_on_security_counts_right() -> None:
    """It says how large the corpus is."""
    assert f"{len(values())} hostile values" in (ROOT / "SECURITY.md").read_text(encoding="utf-8")
