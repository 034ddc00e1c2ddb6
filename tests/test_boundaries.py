"""The tree keeps its word: decisions do no input or output, clocks are read at the edge, each library has one place."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from sync.cli.main import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "sync").rglob("*.py"))
DOMAIN = [path for path in MODULES if path.is_relative_to(ROOT / "sync" / "domain")]
PURE = {
    "__future__", "base64", "bisect", "collections", "csv", "dataclasses", "datetime", "decimal", "enum", "fractions",
    "functools", "hashlib", "io", "itertools", "json", "math", "operator", "re", "statistics", "string", "typing",
    "unicodedata", "babel", "holidays", "phonenumbers",
}  # fmt: skip
"""What the domain may import besides itself and ``sync.errors``: nothing that touches a clock, a file or a network."""
HOMES = {
    "gspread": "sync/workspace/google",
    "google": "sync/workspace/google",
    "google_auth_oauthlib": "sync/workspace/google",
    "requests": "sync/workspace/google",
    "openpyxl": "tests",
    "docxtpl": "sync/documents",
    "docx": "sync/documents",
    "matplotlib": "sync/documents",
    "segno": "sync/documents",
    "yaml": "sync/config",
    "pydantic": "sync/config",
    "typer": "sync/cli",
    "rich": "sync/cli",
}
"""The one place each library is used in; one that only the tests use is used in none."""


CLOCKS = {"sync.workspace.google.failures", "sync.workspace.google.hosts"}
"""Modules that compare Google's ``Date`` and ``Retry-After`` with this machine's clock; no decision rests on it."""


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> Iterator[str]:
    """Every module that ``path`` imports, wherever in the file, types included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", DOMAIN, ids=name_of)
def test_the_domain_imports_nothing_that_acts(path: Path) -> None:
    """Decisions are values in, values out."""
    for name in imports(path):
        top = name.split(".")[0]
        assert top in PURE or name.startswith(("sync.domain", "sync.errors")), f"{name_of(path)} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_library_is_used_in_its_one_place(path: Path) -> None:
    """Whoever replaces a library opens one folder."""
    for name in imports(path):
        home = HOMES.get(name.split(".")[0])
        assert home is None or path.is_relative_to(ROOT / home), f"{name_of(path)} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_the_command_line_reads_the_clock_and_prints(path: Path) -> None:
    """``now`` is an argument everywhere else."""
    if path.is_relative_to(ROOT / "sync" / "cli") or name_of(path) in CLOCKS:
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            assert not called.endswith(("datetime.now", "date.today", "datetime.utcnow", ".today")), called
            assert called != "print"


def test_modules_import_each_other_in_one_direction_only() -> None:
    """No import cycle anywhere in the tree."""
    names = {name_of(path): path for path in MODULES}
    graph = {
        name: {found for found in imports(path) if found in names and found != name} for name, path in names.items()
    }
    for name, found in graph.items():
        # A package's own __init__ gathers its modules; that is no dependency of theirs on it.
        found -= {other for other in found if name.startswith(f"{other}.")}
    TopologicalSorter(graph).prepare()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_nothing_is_caught_wholesale_but_at_the_outermost_edge(path: Path) -> None:
    """``except Exception`` hides what nobody thought of; one place may, and says only where it happened."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ExceptHandler):
            caught = ast.unparse(node.type) if node.type else "everything"
            assert caught not in ("everything", "Exception", "BaseException") or name_of(path) == "sync.cli.main"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_file_has_one_screenful_of_reasons_to_exist(path: Path) -> None:
    """At most 300 lines; most have far fewer."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


def test_the_local_backend_loads_nothing_of_google() -> None:
    """An office that is offline pays for no cloud."""
    modules = ", ".join(sorted({f"sync.cli.{module}" for module, _ in COMMANDS.values()}))
    code = f"import {modules}, sys; sys.exit(any(n.split('.')[0] in ('gspread', 'google') for n in sys.modules))"

    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
