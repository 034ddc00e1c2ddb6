"""The archive: where each document is filed, what it is fingerprinted by, and its revisions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sync.domain.book import ArchiveEntry
from sync.domain.documents import DocumentKind
from sync.domain.rules import ArchiveRules
from sync.domain.wording import MONTHS


@dataclass(frozen=True, slots=True)
class DocumentName:
    """Which document this is: its kind, what it is about (a number or a period), and the day it is filed under."""

    kind: DocumentKind
    reference: str
    day: date


def archive_path(name: DocumentName, revision: int, rules: ArchiveRules) -> str:
    """Return ``{tahun}/{kode klasifikasi}/{MM Bulan}/{YYYY-MM-DD}_{reference}_{jenis}[-rN].docx``.

    Every part is made of a day, a code, a number or a fixed word: nothing a person typed can reach a path.
    """
    code = rules.code_of_kind[name.kind.value]
    suffix = f"-r{revision}" if revision > 1 else ""
    folder = f"{name.day.year:04d}/{code}/{name.day.month:02d} {MONTHS[name.day.month - 1]}"
    return f"{folder}/{name.day.isoformat()}_{name.reference}_{name.kind.value}{suffix}.docx"


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
