"""``python -m tests.hostile``: the corpus, then the fuzzers, and how many inputs each had."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings

from sync.domain.documents import DocumentKind
from tests.hostile.corpus import is_sendable, is_storable, values
from tests.hostile.fuzz import check_cell, check_document, check_text
from tests.hostile.offices import ANSWERS, STAFF
from tests.hostile.strategies import CELLS, PRINTED, TEXTS

HERE = Path(__file__).parent


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser("python -m tests.hostile", description=__doc__)
    parser.add_argument("--examples", type=int, default=5000, help="inputs for each fuzzer (documents: a tenth)")
    parser.add_argument("--atheris", type=int, default=20_000, help="inputs for atheris, where it is installed")
    options = parser.parse_args(arguments)
    cells = len(ANSWERS) + len(STAFF)
    for place, fits in (("memory", lambda text: True), ("disk", is_storable), ("Google", is_sendable)):
        count = sum(fits(value.text) for value in values())
        print(f"corpus, {place}: {count} values in {cells} columns each, {count * cells} cells", flush=True)
    tests = [str(HERE / f"test_{name}.py") for name in ("corpus", "other_cells", "documents")]
    command = [sys.executable, "-m", "pytest", "-q", "--no-header", "--show-capture=no", *tests]
    failed = subprocess.run(command, cwd=HERE.parents[1]).returncode != 0
    for name, strategy, check, count in (
        ("cells", CELLS, check_cell, options.examples),
        ("texts", TEXTS, check_text, options.examples),
        *(
            (
                f"document {kind.value}",
                PRINTED,
                lambda text, kind=kind: check_document(kind, text),
                options.examples // 10,
            )
            for kind in (DocumentKind.RECEIPT, DocumentKind.TELAAHAN, DocumentKind.DISPOSITION)
        ),
    ):
        failed |= not _fuzz(name, strategy, check, count)
    failed |= not _atheris(options.atheris)
    return 1 if failed else 0


def _fuzz(name: str, strategy: Any, check: Callable[[Any], None], count: int) -> bool:
    tried = 0

    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def fuzz(value: Any) -> None:
        nonlocal tried
        tried += 1
        check(value)

    try:
        fuzz()
    except Exception as error:
        print(f"{name}: FAILED after {tried} inputs: {type(error).__name__}: {error}", flush=True)
        return False
    print(f"{name}: {tried} inputs, all well", flush=True)
    return True


def _atheris(count: int) -> bool:
    """Coverage-guided, in a process of its own: libFuzzer ends the process it runs in."""
    command = [sys.executable, "-m", "tests.hostile.coverage_guided", f"-runs={count}", "-seed=1", "-max_len=200"]
    done = subprocess.run(command, cwd=HERE.parents[1], capture_output=True, text=True)
    if done.returncode == 77:
        print(f"atheris: skipped, {done.stdout.strip()}")
        return True
    print(f"atheris: {count} inputs, all well" if not done.returncode else f"atheris: FAILED\n{done.stderr[-2000:]}")
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
