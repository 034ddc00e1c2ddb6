"""Documents opened again: what they say, and whether anything in them acts."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from tests.documents.reading import text_of

_ACTING = ("instrText", "fldSimple", "altChunk", "object", "OLEObject", "control", "subDoc", "attachedTemplate")
_TAGS = re.compile(r"\{\{|\}\}|\{%|%\}")


def said(content: bytes) -> str:
    """Return all that a document says, white space aside."""
    return "".join("".join(text_of(content)).split())


def acting(content: bytes) -> Counter[str]:
    """Count what could act in a document: fields, objects, links that leave it. A template has its own; data none."""
    found: Counter[str] = Counter()
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            if name.endswith((".bin", ".vml")) or "/embeddings/" in name:
                found[name] += 1
            if not name.endswith((".xml", ".rels")):
                continue
            for node in etree.fromstring(package.read(name)).iter(etree.Element):
                tag = str(node.tag).rpartition("}")[2]
                if tag in _ACTING or node.get("TargetMode") == "External":
                    found[f"{name} {tag} {node.text or ''} {node.get('Target', '')}"] += 1
    return found


def is_whole(content: bytes) -> bool:
    """Tell whether every part of the package is there and well-formed."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        if package.testzip() is not None:
            return False
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(package.read(name))
    return True
