"""``python -m tests.mutants``: plant every fault, print which check caught it, end non-zero if one got past."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from tests.mutants.planted import MUTANTS
from tests.mutants.planting import ROOT, Mutant


def try_all(mutants: Sequence[Mutant]) -> Iterator[tuple[Mutant, str]]:
    """Yield each mutant with what caught it, ``""`` if nothing did."""
    with ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as pool:
        yield from zip(mutants, pool.map(try_one, mutants), strict=True)


def try_one(mutant: Mutant) -> str:
    """Run the checks with the fault planted, in a process of its own; the sound code has to pass what caught it."""
    if mutant.times() != 1:
        return ""
    planted = _process("tests.mutants.child", mutant.name)
    if planted.returncode:
        raise RuntimeError(f"{mutant.name}: the checks ended with {planted.returncode}\n{planted.stderr[-2000:]}")
    caught = json.loads(planted.stdout)
    if caught and caught["replay"] and _process("tests.prove", *caught["replay"]).returncode:
        return ""
    return str(caught.get("by", ""))


def _process(module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", module, *arguments], cwd=ROOT, capture_output=True, text=True)


def main(names: Sequence[str]) -> int:
    chosen = [mutant for mutant in MUTANTS if not names or mutant.name in names]
    missed = 0
    for mutant, caught in try_all(chosen):
        stale = "" if mutant.times() == 1 else f"STALE: its phrase stands {mutant.times()} times in {mutant.module}"
        missed += not caught
        print(f"{mutant.name:42} {caught or stale or 'NOT CAUGHT'}", flush=True)
    print(f"\n{len(chosen)} faults planted, {len(chosen) - missed} caught")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
