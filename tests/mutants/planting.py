"""Planting: a module of ``sync`` is loaded with one phrase of its source replaced. The files stay as they are."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Mutant:
    """One planted fault: in ``module``, ``old`` (which stands there once) becomes ``new``.

    ``checks`` are tried in order until one catches it: see :mod:`tests.mutants.checks`. Those that take long are left
    to ``python -m tests.mutants``.
    """

    name: str
    module: str
    old: str
    new: str
    checks: tuple[str, ...]
    takes_long: bool = False

    @property
    def path(self) -> Path:
        file = ROOT.joinpath(*self.module.split("."))
        return file / "__init__.py" if file.is_dir() else file.with_suffix(".py")

    def times(self) -> int:
        """Return how often the phrase stands in the module: only once says where the fault goes."""
        return self.path.read_text(encoding="utf-8").count(self.old)


class _Planter(SourceFileLoader):
    def __init__(self, mutant: Mutant) -> None:
        super().__init__(mutant.module, str(mutant.path))
        self._mutant = mutant

    def get_code(self, fullname: str) -> CodeType:
        """Compile the changed source; what was compiled before is of the sound one."""
        source = self._mutant.path.read_text(encoding="utf-8")
        return compile(source.replace(self._mutant.old, self._mutant.new), self.path, "exec")


class _Finder:
    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name != self._mutant.module:
            return None
        spec = PathFinder.find_spec(name, path)
        assert spec is not None
        spec.loader = _Planter(self._mutant)
        return spec


def plant(mutant: Mutant) -> None:
    """Have ``mutant`` in place of the sound module. Has to come before anything imports it."""
    if mutant.module in sys.modules:
        raise RuntimeError(f"{mutant.module} is imported already")
    finder: Any = _Finder(mutant)
    sys.meta_path.insert(0, finder)
