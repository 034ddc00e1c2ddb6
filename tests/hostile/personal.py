"""Who is in the sample office, and whether a text tells: names, telephones, e-mail, identity and employee numbers."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from typing import Any

from sync.documents.carried import PART
from tests import build

_FIELDS = ("Nama Lengkap", "Nomor HP/WhatsApp", "Surel")


def sample_visits() -> list[dict[str, Any]]:
    """The sample office's visits, each with an identity number (NIK) where people write one: in what they ask."""
    visits = build.visits()
    for order, visit in enumerate(visits):
        visit["response"]["Uraian Singkat"] += f" (NIK {_identity(order)})"
    return visits


def _identity(order: int) -> str:
    return f"617101230485{order:04}"


@cache
def personal() -> frozenset[str]:
    """Everything personal in the sample: of visitors, in the forms it is written in, and of officers."""
    visits = sample_visits()
    found = {str(visit["response"][field]) for visit in visits for field in _FIELDS}
    found |= {re.sub(r"\D", "", text)[-9:] for text in found if re.search(r"\d{9}", re.sub(r"\D", "", text))}
    found |= {_identity(order) for order in range(len(visits))}
    found |= {text for officer in build.OFFICERS for text in officer[:2]}
    return frozenset(text.casefold() for text in found if len(text) > 4)


def leaked(text: str) -> list[str]:
    """Return what of all that is in ``text``."""
    folded = text.casefold()
    return sorted(word for word in personal() if word in folded)


def properties(content: bytes) -> str:
    """Return what a document says of itself without being opened.

    Of its custom XML the properties: the part itself holds what the page prints, as the page does.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = [name for name in package.namelist() if name.startswith(("docProps/", "customXml/")) and name != PART]
        return "\n".join([*package.namelist(), *(package.read(name).decode("utf-8") for name in parts)])
