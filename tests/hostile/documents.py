"""Documents opened again: whether they are whole, what they say, and whether anything in them acts."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from dataclasses import dataclass

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

_ACTING = ("instrText", "fldSimple", "altChunk", "object", "OLEObject", "control", "subDoc", "attachedTemplate")
_ACTING_TAGS = [f"{{*}}{tag}" for tag in _ACTING]
_LEAVING = etree.XPath("//*[@TargetMode='External']")
_SPOKEN = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
_TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"


@dataclass(frozen=True, slots=True)
class Opened:
    """``says``: all its text, white space aside. ``acts``: what could act in it, counted: fields, objects, links that
    leave it. A template has some of its own; data must add none."""

    says: str
    acts: Counter[str]


def opened_document(content: bytes) -> Opened:
    """Open a document whole: every part of the package is read and has to be well-formed.

    Raises:
        zipfile.BadZipFile, etree.XMLSyntaxError.
    """
    acts: Counter[str] = Counter()
    said: list[str] = []
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            part = package.read(name)  # checks its sum
            if name.endswith((".bin", ".vml")) or "/embeddings/" in name:
                acts[name] += 1
            if not name.endswith((".xml", ".rels")):
                continue
            root = etree.fromstring(part)
            for node in [*root.iter(*_ACTING_TAGS), *_LEAVING(root)]:
                tag = str(node.tag).rpartition("}")[2]
                acts[f"{name} {tag} {node.text or ''} {node.get('Target', '')}"] += 1
            if _SPOKEN.fullmatch(name):
                said += (node.text or "" for node in root.iter(_TEXT))
    return Opened("".join("".join(said).split()), acts)
