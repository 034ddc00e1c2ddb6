"""The parts of an xlsx file: which part is which tab, what each refers to, and the file with some parts changed.

Knows nothing of cells.
"""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import Any
from xml.sax.saxutils import quoteattr

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from sync.errors import BookUnreadable
from sync.workspace.local.bomb import Bomb
from sync.workspace.local.xml_tree import Element, XmlError, parse, written

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "[Content_Types].xml"
_OVERRIDE = "{http://schemas.openxmlformats.org/package/2006/content-types}Override"
_NO_RELATIONS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LARGE = 16_000_000
"""Bytes of a part from which on it is packed quickly rather than tightly: packing would be most of a commit."""

# What lxml and zipfile raise on a file that is not what it says it is. Caught where a file made by
# somebody else is taken apart, and nowhere else.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    XmlError,
    SyntaxError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    AssertionError,
    EOFError,
    OSError,
    RuntimeError,
)


@dataclass(frozen=True, slots=True)
class Relation:
    """A reference from one part to another: ``kind`` is the last word of its type, ``target`` a part's full name."""

    id: str
    kind: str
    target: str
    external: bool


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One tab and the part that holds it; ``kind`` is ``worksheet`` for a tab of cells."""

    name: str
    part: str
    kind: str


class Package:
    """An xlsx file in memory: its parts as they are, and as a draft of them will be."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._zip = zipfile.ZipFile(io.BytesIO(content))
        self._drafts: dict[str, bytes] = {}
        self._removed: set[str] = set()

    @property
    def names(self) -> frozenset[str]:
        return frozenset({*self._zip.namelist(), *self._drafts} - self._removed)

    def read(self, part: str) -> bytes:
        return self._drafts[part] if part in self._drafts else self._zip.read(part)

    def tree(self, part: str) -> Element:
        return parse(self.read(part))

    def put(self, part: str, content: bytes) -> None:
        """Change a part that is there."""
        self._drafts[part] = content

    def add(self, part: str, content: bytes, content_type: str) -> None:
        """Add a part, or put another in its place."""
        self._removed.discard(part)
        if part not in self.names:
            types = self.tree(_TYPES)
            etree.SubElement(types, _OVERRIDE, PartName=f"/{part}", ContentType=content_type)
            self.put(_TYPES, written(types))
        self.put(part, content)

    def remove(self, part: str, referrer: str) -> None:
        """Take a part out that only ``referrer`` refers to."""
        self._drafts.pop(part, None)
        self._removed.add(part)
        types = self.tree(_TYPES)
        for override in types.findall(_OVERRIDE):
            if override.get("PartName") == f"/{part}":
                types.remove(override)
        self.put(_TYPES, written(types))
        self.unrelate(referrer, {relation.id for relation in self.relations(referrer) if relation.target == part})

    def free_name(self, pattern: str) -> str:
        """Return the first name of ``pattern`` (``xl/charts/chart{}.xml``) that no part has."""
        names = {name.casefold() for name in self.names}
        return next(name for number in count(1) if (name := pattern.format(number)).casefold() not in names)

    def relations(self, part: str) -> tuple[Relation, ...]:
        """Return what ``part`` (``""`` for the package itself) refers to."""
        where = _relations_of(part)
        if where not in self.names:
            return ()
        folder = posixpath.dirname(part)
        return tuple(_relation(element, folder) for element in self.tree(where) if isinstance(element.tag, str))

    def relate(self, part: str, kind: str, targets: Sequence[str], *, external: bool = False) -> list[str]:
        """Let ``part`` refer to ``targets``, each a part's full name or an address; return the references' ids."""
        where = _relations_of(part)
        if where not in self.names:
            self._drafts[where] = _NO_RELATIONS
            self._removed.discard(where)
        xml = self.read(where)
        if xml.rstrip().endswith(b"/>"):
            xml = _NO_RELATIONS
        taken = [int(number) for number in re.findall(rb"Id=[\"']rId([0-9]{1,9})[\"']", xml)]
        ids = [f"rId{number}" for number in range(max(taken, default=0) + 1, max(taken, default=0) + 1 + len(targets))]
        mode = ' TargetMode="External"' if external else ""
        end = xml.rindex(b"</")
        prefix = xml[end + 2 :].split(b"Relationships")[0].decode()
        lines = "".join(
            f'<{prefix}Relationship Id="{name}" Type="{_KINDS}/{kind}" '
            f"Target={quoteattr(target if external else '/' + target)}{mode}/>"
            for name, target in zip(ids, targets, strict=True)
        )
        self._drafts[where] = xml[:end] + lines.encode() + xml[end:]
        return ids

    def unrelate(self, part: str, ids: Collection[str]) -> None:
        """Take references out of ``part``."""
        where = _relations_of(part)
        if ids and where in self.names:
            tree = self.tree(where)
            for element in list(tree):
                if element.get("Id") in ids:
                    tree.remove(element)
            self.put(where, written(tree))

    def packed(self) -> bytes:
        """Return the file with its drafts; the same bytes if there are none."""
        return repacked(self._content, self._drafts, self._removed) if self._drafts else self._content

    def check(self) -> None:
        """Look at what every program reads first; a book that is damaged there is told before it is built upon.

        Raises:
            XmlError, KeyError.
        """
        self.tree(_TYPES)

    @cached_property
    def workbook(self) -> str:
        """The name of the workbook part."""
        for relation in self.relations(""):
            if relation.kind == "officeDocument":
                return relation.target
        raise KeyError("the workbook")

    @cached_property
    def sheets(self) -> tuple[SheetPart, ...]:
        """The tabs, in the order people see them."""
        relations = {relation.id: relation for relation in self.relations(self.workbook)}
        found = []
        for sheet in self.tree(self.workbook).iterfind(f"{MAIN}sheets/{MAIN}sheet"):
            relation = relations.get(sheet.get(_RELATION_ID, ""))
            if relation is not None:
                found.append(SheetPart(sheet.get("name", ""), relation.target, relation.kind))
        return tuple(found)


def repacked(content: bytes, parts: Mapping[str, bytes], removed: Collection[str] = ()) -> bytes:
    """Return the file with ``parts`` in place of those of the same names, or added; all others keep their very bytes.

    Parts that are written are dated 1980: the same changes make the same file.
    """
    stream = io.BytesIO()
    left = dict(parts)
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(stream, "w") as target:
        for info in source.infolist():
            if info.filename in left:
                _pack(target, info.filename, left.pop(info.filename))
            elif info.filename not in parts and info.filename not in removed:
                _copy_raw(content, info, target)
        for name, part in left.items():
            _pack(target, name, part)
    return stream.getvalue()


def _pack(target: zipfile.ZipFile, name: str, part: bytes) -> None:
    target.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED, 1 if len(part) > _LARGE else 6)


def _copy_raw(content: bytes, info: zipfile.ZipInfo, target: Any) -> None:
    """Append one part as it lies in ``content``, packed; its name and sizes are written before it anew.

    zipfile has no call for this: it is done as its own ``mkdir`` does it, by its list of parts and its ``start_dir``.
    """
    # Before each part stand 30 bytes; the last four of them are the lengths of two fields that follow.
    name_length, extra_length = struct.unpack_from("<HH", content, info.header_offset + 26)
    start = info.header_offset + 30 + name_length + extra_length
    copied: Any = copy(info)
    copied.header_offset = target.fp.tell()
    copied.flag_bits &= ~0x08  # would say that the sizes stand behind the part
    target.fp.write(copied.FileHeader() + content[start : start + info.compress_size])
    target.filelist.append(copied)
    target.NameToInfo[copied.filename] = copied
    target._didModify = True
    target.start_dir = target.fp.tell()


@contextmanager
def whole(book: str, content: bytes) -> Iterator[None]:
    """Run the block that takes ``content`` apart, and say why if it is not a whole workbook.

    Raises:
        BookUnreadable.
    """
    why = _what_else(content)
    if why:
        raise BookUnreadable(book, why)
    try:
        yield
    except Bomb as error:
        raise BookUnreadable(book, str(error)) from error
    except MemoryError as error:
        raise BookUnreadable(book, "it needs more memory than there is") from error
    except _DAMAGE as error:
        raise BookUnreadable(book, _what_is_wrong(error)) from error


def _what_else(content: bytes) -> str:
    if not content:
        return "the file is empty"
    if content.startswith(_OLE):
        return "it is protected by a password, or an old .xls file under a new name"
    if not content.startswith(b"PK"):
        return "it is another kind of file"
    if content[30:38] == b"mimetype":
        return "it is an OpenDocument file under the name of an Excel file"
    return ""


def _what_is_wrong(error: BaseException) -> str:
    if isinstance(error, zipfile.BadZipFile | zlib.error | EOFError):
        return "it is cut off or damaged"
    if isinstance(error, StopIteration | KeyError):
        return "a part of it is missing"
    return f"a part of it is damaged: {type(error).__name__}"


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _relation(element: Element, folder: str) -> Relation:
    target = element.get("Target", "")
    external = element.get("TargetMode") == "External"
    if not external:
        target = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
    return Relation(element.get("Id", ""), element.get("Type", "").rsplit("/", 1)[-1], target, external)
