"""What a document carries of itself: the fields it was made of, in a part of the package that Word leaves alone.

So a numbered document can be made of the reviewed draft, and every filed one be made again, from the archive alone.
Nothing is carried that the page does not print: of mappings and lists only what the template has asked for. The part
is described in docs/documents.md (Custom XML, ISO 29500-1 section 15.2.5).
"""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from sync.domain.fields import Fields

PART = "customXml/isian.xml"
RELATIONSHIP = (
    '<Relationship Id="rIdIsian" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml" '
    'Target="../customXml/isian.xml"/>'
)
PROPERTIES = "customXml/itemPropsIsian.xml"
PROPERTIES_CONTENT = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
    b'<ds:datastoreItem ds:itemID="{6C1B2F0E-5A37-4E0A-9B1D-2A7C40B1E5D1}" '
    b'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml">'
    b'<ds:schemaRefs><ds:schemaRef ds:uri="urn:agenda-sync:isian:1"/></ds:schemaRefs></ds:datastoreItem>'
)
"""The part that goes with a custom XML part (ISO 29500-1, 15.2.6); its id only has to be unique in the package."""
PART_RELATIONSHIPS = "customXml/_rels/isian.xml.rels"
PART_RELATIONSHIPS_CONTENT = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    b'customXmlProps" Target="itemPropsIsian.xml"/></Relationships>'
)
PROPERTIES_TYPE = (
    b'<Override PartName="/customXml/itemPropsIsian.xml" '
    b'ContentType="application/vnd.openxmlformats-officedocument.customXmlProperties+xml"/>'
)
NAMESPACE = "urn:agenda-sync:isian:1"
_UNWRITABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot hold and JSON leaves as it is; no page shows it."""
_LIMIT = 50_000_000
"""Bytes of the part that are read at most."""


@dataclass(frozen=True, slots=True)
class Carried:
    """The fields that a document prints, letterhead and moment of issue among them, and its template's digest."""

    fields: Fields
    template: str
    facts: str
    """The digest of what it takes from its subject, as the archive list has it."""


class Printed(Mapping[str, Any]):
    """A mapping that remembers, in ``kept``, what was read of it."""

    def __init__(self, values: Mapping[str, Any], kept: dict[str, Any]) -> None:
        self._values, self._kept = values, kept

    def __getitem__(self, name: str) -> Any:
        return remembered(self._values[name], self._kept, name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


def remembered(value: Any, kept: dict[str, Any], name: str) -> Any:
    """Return ``value`` as a template may read it, and note in ``kept`` what is read."""
    if isinstance(value, Mapping):
        return Printed(value, kept.setdefault(name, {}))
    if isinstance(value, list | tuple) and any(isinstance(item, Mapping) for item in value):
        items = kept.setdefault(name, [{} if isinstance(item, Mapping) else item for item in value])
        pairs = zip(value, items, strict=True)
        return [Printed(item, noted) if isinstance(item, Mapping) else item for item, noted in pairs]
    kept[name] = value
    return value


def carried_part(kept: Mapping[str, Any], template: str, facts: str) -> bytes:
    """Return the part that holds what was printed."""
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f"<isian xmlns={quoteattr(NAMESPACE)} templat={quoteattr(template)} fakta={quoteattr(facts)}>"
        f"{escape(_UNWRITABLE.sub('', text))}</isian>"
    ).encode()


def read_carried(content: bytes) -> Carried | None:
    """Return what a finished document carries, None if it carries nothing (one of version 0.1) or cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            if package.getinfo(PART).file_size > _LIMIT:
                return None
            part = package.read(PART)
        root = etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
        fields = json.loads(root.text or "") if root.tag == f"{{{NAMESPACE}}}isian" else None
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, RuntimeError, OSError, ValueError, etree.LxmlError):
        return None
    if not isinstance(fields, dict):
        return None
    return Carried(fields, str(root.get("templat", "")), str(root.get("fakta", "")))
