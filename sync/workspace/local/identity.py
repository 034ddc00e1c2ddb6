"""Which document a file is: the id and fingerprint that the renderer wrote into its properties."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass

from sync.workspace.local.xml_tree import XmlError, parse

_CORE = "docProps/core.xml"
_IDENTIFIER = "{http://purl.org/dc/elements/1.1/}identifier"
_CATEGORY = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}category"
_LIMIT = 1_000_000
"""Bytes of properties that are read at most: real ones have less than a thousandth."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What the renderer left in a document's properties. ``office`` is ``""`` in documents of version 0.1."""

    id: str
    fingerprint: str
    office: str


def embedded_identity(content: bytes) -> tuple[str, str] | None:
    """Return the (id, fingerprint) that ``dc:identifier`` of a Word file holds, or None if it holds none.

    Anything that is not a whole Word file has no identity; that is no error.
    """
    marks = embedded_marks(content)
    return None if marks is None else (marks.id, marks.fingerprint)


def embedded_marks(content: bytes) -> Marks | None:
    """Return the marks of a Word file of the job's, None for anything else."""
    if not content.startswith(b"PK"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            if package.getinfo(_CORE).file_size > _LIMIT:
                return None
            properties = parse(package.read(_CORE))
        text, office = properties.findtext(_IDENTIFIER), properties.findtext(_CATEGORY)
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, RuntimeError, OSError, ValueError, XmlError):
        # A stray or damaged file in the archive: RuntimeError is an encrypted one, NotImplementedError (a
        # RuntimeError) an unknown compression.
        return None
    words = str(text or "").split(" ")
    if len(words) != 2 or not all(words):
        return None
    return Marks(words[0], words[1], str(office or ""))
