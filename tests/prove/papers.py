"""Documents for the exploration: small Word packages that know their id, and can be asked what they say."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from xml.etree import ElementTree

from sync.documents.package import pack, write_package
from sync.domain.documents import DocumentKind
from sync.domain.fields import Fields
from tests.contract.documents import docx_of

_SAYS = "word/document.xml"


class QuickPapers:
    """A document maker whose documents are their fields, in a package that the archive recognises."""

    def digests(self) -> Mapping[DocumentKind, str]:
        return dict.fromkeys(DocumentKind, "a" * 64)

    def make(
        self,
        kind: DocumentKind,
        fields: Fields,
        *,
        document_id: str,
        fingerprint: str,
        issued_at: datetime,
        revision: int,
        subject: str,
        dated: date | None = None,
        facts: str = "",
    ) -> bytes:
        says = [kind.value, revision, document_id, fingerprint, fields]
        with zipfile.ZipFile(io.BytesIO(docx_of(document_id, fingerprint))) as small:
            members = [pack(name, small.read(name)) for name in small.namelist() if name != _SAYS]
        return write_package([*members, pack(_SAYS, json.dumps(says, sort_keys=True).encode())])

    def fields_of(self, content: bytes) -> Fields | None:
        paper = read_paper(content)
        return paper.fields if paper is not None and paper.fields else None


@dataclass(frozen=True, slots=True)
class Paper:
    """What a document says of itself; ``fields`` is empty for one that was made from a template."""

    kind: str
    revision: int
    id: str
    fingerprint: str
    fields: Mapping[str, Any]


def read_paper(content: bytes) -> Paper | None:
    """Return what the document says, or None if it is no whole document of ours."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            if package.testzip() is not None:
                return None
            says = package.read(_SAYS)
            return Paper(*json.loads(says)) if says.startswith(b"[") else _of_properties(package)
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, ElementTree.ParseError):
        return None


def _of_properties(package: zipfile.ZipFile) -> Paper:
    """A document made from a template says in its properties what it is."""
    ElementTree.fromstring(package.read(_SAYS))
    properties = ElementTree.fromstring(package.read("docProps/core.xml"))
    core = {node.tag.rpartition("}")[2]: node.text or "" for node in properties}
    document_id, fingerprint = core["identifier"].split()
    kind = next(kind.value for kind in DocumentKind if kind.spec.title == core["title"])
    return Paper(kind, int(core["revision"]), document_id, fingerprint, {})
