"""Pictures for documents: bytes with a size and a description, and the QR code of a number."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache

import segno


@dataclass(frozen=True, slots=True)
class Picture:
    """One PNG as it goes into a document: size on paper in millimetres, and what it shows, in words."""

    png: bytes
    width: float
    height: float
    description: str


@lru_cache(maxsize=1024)
def qr_picture(text: str, size: float) -> Picture:
    """Return the QR code of ``text``, ``size`` mm square with its quiet zone."""
    code = segno.make(text, error="m", micro=False, mask=2)
    buffer = io.BytesIO()
    code.save(buffer, kind="png", scale=8, border=4)
    return Picture(buffer.getvalue(), size, size, f"Kode QR berisi nomor {text}")
