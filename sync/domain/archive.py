"""The archive: where each document is filed, what it is fingerprinted by, and its revisions."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from sync.domain.book import ArchiveEntry
from sync.domain.documents import OF_PERIOD, OF_REGISTRATION, DocumentKind
from sync.domain.numbers import read_number
from sync.domain.period import parse_period
from sync.domain.rules import ArchiveRules
from sync.domain.wording import MONTHS, reference_text
from sync.errors import PeriodUnreadable

_KINDS = "|".join(kind.value for kind in DocumentKind)
_NAME = rf"(\d{{4}}-\d{{2}}-\d{{2}})_([A-Za-z0-9-]+)_({_KINDS})(?:-r([2-9]|[1-9]\d+))?\.docx"
_PATH = re.compile(rf"(\d{{4}})/(.+)/(\d{{2}}) [^/]+/{_NAME}", re.ASCII)
_NUMBER_NAMED = re.compile(rf"(?:.*/)?{_NAME}", re.ASCII)


class Whereabouts(Enum):
    """Where a document is that was filed under an id, as the one who keeps the archive says."""

    IN_PLACE = "in place"
    ELSEWHERE = "elsewhere"
    """There, but not under its path."""
    IN_BIN = "in the bin"
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class DocumentName:
    """Which document this is: its kind, what it is about (a number or a period), and the day it is filed under."""

    kind: DocumentKind
    reference: str
    day: date


@dataclass(frozen=True, slots=True)
class FiledName:
    """What the path of a document says of it."""

    kind: DocumentKind
    reference: str
    revision: int
    day: date
    classification: str

    @property
    def about(self) -> str:
        """How its description names what it is about: the number, or the period in words."""
        return reference_text(self.reference)


def archive_path(name: DocumentName, revision: int, rules: ArchiveRules) -> str:
    """Return ``{tahun}/{kode klasifikasi}/{MM Bulan}/{YYYY-MM-DD}_{reference}_{jenis}[-rN].docx``.

    Every part is made of a day, a code, a number or a fixed word: nothing a person typed can reach a path.
    """
    code = rules.code_of_kind[name.kind.value]
    suffix = f"-r{revision}" if revision > 1 else ""
    folder = f"{name.day.year:04d}/{code}/{name.day.month:02d} {MONTHS[name.day.month - 1]}"
    return f"{folder}/{name.day.isoformat()}_{name.reference}_{name.kind.value}{suffix}.docx"


def read_path(path: str) -> FiledName | None:
    """Return what a path says, None if the job would never have given it.

    The folder must be the day's own, the reference a registration number or a period, as the kind asks.
    """
    match = _PATH.fullmatch(path)
    if match is None:
        return None
    year, classification, month, day, reference, kind, revision = match.groups()
    try:
        filed_under = date.fromisoformat(day)
    except ValueError:
        return None
    if (filed_under.year, filed_under.month) != (int(year), int(month)):
        return None
    name = FiledName(DocumentKind(kind), reference, int(revision or 1), filed_under, classification)
    return name if is_reference(kind, reference) else None


def is_reference(kind: str, reference: str) -> bool:
    """Tell whether there can be a document of that kind about that reference: a number, or a period, as it asks."""
    if kind in {other.value for other in OF_REGISTRATION}:
        return read_number(reference) is not None
    try:
        return kind in {other.value for other in OF_PERIOD} and parse_period(reference).key == reference
    except PeriodUnreadable:
        return False


def number_in_name(path: str) -> str:
    """Return the registration number that a document's file name bears, wherever it lies; ``""`` if none."""
    match = _NUMBER_NAMED.fullmatch(path)
    if match is None or DocumentKind(match[3]) not in OF_REGISTRATION:
        return ""
    return match[2] if read_number(match[2]) else ""


def fields_digest(fields: object) -> str:
    """Return a digest of a document's fields (JSON values), equal for equal fields."""
    canonical = json.dumps(fields, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


def fingerprint(fields: object, template_digest: str) -> str:
    """Return the fingerprint of a document's inputs: ``<fields>-<template>``, 32 and 16 hexadecimal digits.

    The halves can be told apart, so a changed template need not count as changed content.
    """
    return f"{fields_digest(fields)[:32]}-{template_digest[:16]}"


def same_inputs(left: str, right: str, template_counts: bool) -> bool:
    """Tell whether two fingerprints stand for the same inputs."""
    return left == right if template_counts else left.split("-")[0] == right.split("-")[0]


def latest_revisions(entries: Iterable[ArchiveEntry]) -> dict[tuple[str, str], ArchiveEntry]:
    """Return the newest revision of each document, by kind and reference."""
    latest: dict[tuple[str, str], ArchiveEntry] = {}
    for entry in entries:
        key = (entry.kind, entry.reference)
        if key not in latest or entry.revision > latest[key].revision:
            latest[key] = entry
    return latest


def latest_filed(entries: Iterable[ArchiveEntry]) -> dict[tuple[str, str], ArchiveEntry]:
    """Return the newest revision of each document that lies in the archive, by kind and reference."""
    return latest_revisions(entry for entry in entries if entry.filed)
