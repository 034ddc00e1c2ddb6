"""A zip that unpacks to more than any book holds, or XML with entities: refused before it is unpacked."""

from __future__ import annotations

import io
import re
import zipfile

_MOST_BYTES = 600 * 1024 * 1024
"""A book of 100,000 rows unpacks to 215 MB."""
_MOST_RATIO = 200
"""Unpacked to packed, of a part of some size: deflate gives a sheet of equal rows about 60, and zeros 1,030."""
_SOME_SIZE = 32 * 1024 * 1024
_MOST_PARTS = 10_000
_HEAD = 4096
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class Bomb(Exception):
    """The file grows without end when it is opened; the message says how, in English."""


def refuse_bomb(content: bytes) -> None:
    """Look at the list of parts, and at the head of each part of XML.

    zipfile reads no more of a part than the list says that it has, so a list that lies is a damaged file.

    Raises:
        Bomb.
        zipfile.BadZipFile, zlib.error, …: it is no whole zip.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = package.infolist()
        if len(parts) > _MOST_PARTS:
            raise Bomb(f"it has more than {_MOST_PARTS:,} parts")
        if sum(part.file_size for part in parts) > _MOST_BYTES:
            raise Bomb(f"it unpacks to more than {_MOST_BYTES // 2**20} MB")
        for part in parts:
            if part.file_size > _SOME_SIZE and part.file_size > _MOST_RATIO * max(1, part.compress_size):
                raise Bomb("a part of it unpacks to more than two hundred times its size")
            if part.filename.endswith((".xml", ".rels", ".vml")):
                with package.open(part) as stream:
                    head = stream.read(_HEAD)
                # Without the zero bytes of UTF-16. Office's own format forbids a DOCTYPE (ECMA-376, part 2).
                if _DECLARED.search(head.replace(b"\0", b"")):
                    raise Bomb("a part of it declares entities of its own")
