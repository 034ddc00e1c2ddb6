"""atheris over reading and cleaning. It is no dependency: ``pip install atheris`` (CPython up to 3.13)."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

NOT_INSTALLED = 77


def main() -> int:
    try:
        atheris: Any = import_module("atheris")
    except ImportError:
        print("it is not installed (pip install atheris)")
        return NOT_INSTALLED
    with atheris.instrument_imports(include=["sync.domain", "sync.workspace.local.text"]):
        fuzz = import_module("tests.hostile.fuzz")

    def one(data: bytes) -> None:
        provider = atheris.FuzzedDataProvider(data)
        kind = provider.ConsumeIntInRange(0, 3)
        if kind == 0:
            fuzz.check_cell(provider.ConsumeFloat())
        elif kind == 1:
            fuzz.check_cell(provider.ConsumeInt(8))
        else:
            text = provider.ConsumeUnicode(200)
            fuzz.check_cell(text)
            fuzz.check_text(text)

    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
