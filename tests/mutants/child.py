"""One mutant in a process of its own: ``python -m tests.mutants.child NAME`` prints, as JSON, which check caught it."""

from __future__ import annotations

import json
import sys
from contextlib import redirect_stdout
from dataclasses import asdict
from typing import Any

from tests.mutants.planted import MUTANTS
from tests.mutants.planting import plant


def main(name: str) -> dict[str, Any]:
    mutant = next(mutant for mutant in MUTANTS if mutant.name == name)
    plant(mutant)
    from tests.mutants.checks import caught_by

    with redirect_stdout(sys.stderr):
        for check in mutant.checks:
            caught = caught_by(check)
            if caught:
                return asdict(caught)
    return {}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1])))
