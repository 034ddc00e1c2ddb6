"""A .docx as a zip whose bytes depend on nothing but its content: fixed order, dates, attributes and compression.

The standard library's ``zipfile`` cannot write a member that is compressed already, and a template's untouched parts
are: they are compressed once, then copied into every document.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

_LEVEL = 6
_DATE = (1 << 5) | 1
"""1980-01-01, the zero of zip's calendar."""
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")


@dataclass(frozen=True, slots=True)
class Member:
    """One member, compressed and ready to be copied."""

    name: str
    packed: bytes
    crc: int
    size: int
    method: int


def pack(name: str, content: bytes) -> Member:
    """Compress one member; pictures (png, jpeg) are stored as they are."""
    if name.rsplit(".", 1)[-1].lower() in ("png", "jpg", "jpeg"):
        return Member(name, content, zlib.crc32(content), len(content), 0)
    squeeze = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15)
    return Member(name, squeeze.compress(content) + squeeze.flush(), zlib.crc32(content), len(content), 8)


def write_package(members: Iterable[Member]) -> bytes:
    """Return the zip of ``members``: ``[Content_Types].xml`` and ``_rels/`` first, then by name."""
    chunks: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    ordered = sorted(members, key=lambda member: (_rank(member.name), member.name))
    for member in ordered:
        name = member.name.encode("utf-8")
        flags = 0 if name.isascii() else 0x800
        sizes = (member.crc, len(member.packed), member.size)
        local = _LOCAL.pack(b"PK\x03\x04", 20, flags, member.method, 0, _DATE, *sizes, len(name), 0) + name
        directory.append(
            _CENTRAL.pack(
                b"PK\x01\x02", 20, 20, flags, member.method, 0, _DATE, *sizes, len(name), 0, 0, 0, 0, 0, offset
            )
            + name
        )
        chunks += (local, member.packed)
        offset += len(local) + len(member.packed)
    central = b"".join(directory)
    end = _END.pack(b"PK\x05\x06", 0, 0, len(ordered), len(ordered), len(central), offset, 0)
    return b"".join((*chunks, central, end))


def _rank(name: str) -> int:
    return 0 if name == "[Content_Types].xml" else 1 if name.startswith("_rels/") else 2
