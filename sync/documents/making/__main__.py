"""``python -m sync.documents.making [NAMES] [--folder DIR]``: write the templates, all or those named."""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Callable, Mapping
from pathlib import Path

from docx.document import Document as DocumentObject

from sync.documents.making.style import save

TEMPLATES: Mapping[str, str] = {
    "tanda-registrasi": "receipt:half_page",
    "tanda-registrasi-80mm": "receipt:roll",
    "telaahan": "telaahan:a4",
    "telaahan-f4": "telaahan:f4",
    "disposisi": "disposition:half_page",
    "rekap": "rekap:build",
    "agenda-masuk": "agenda_masuk:build",
    "agenda-keluar": "agenda_keluar:build",
    "daftar-isi-berkas": "daftar_isi:build",
}
"""Each template's maker, as module:function of this package."""


def make(name: str) -> DocumentObject:
    """Return the template ``name`` as a fresh document."""
    module, _, function = TEMPLATES[name].partition(":")
    maker: Callable[[], DocumentObject] = getattr(importlib.import_module(f"sync.documents.making.{module}"), function)
    return maker()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m sync.documents.making", description="Write the Word templates.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(TEMPLATES)} (default: all)")
    parser.add_argument("--folder", type=Path, default=Path("templates"))
    chosen = parser.parse_args()
    unknown = sorted(set(chosen.names) - set(TEMPLATES))
    if unknown:
        parser.error(f"no such template: {', '.join(unknown)}")
    chosen.folder.mkdir(parents=True, exist_ok=True)
    for name in chosen.names or TEMPLATES:
        save(make(name), chosen.folder / f"{name}.docx")


if __name__ == "__main__":
    main()
