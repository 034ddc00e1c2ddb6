"""The office's templates, read and checked once, and the documents made from them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from jinja2 import Environment
from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from sync.documents.carried import Carried, read_carried
from sync.documents.context import ISSUE, document_context, issue_context, office_context, office_facts
from sync.documents.environment import template_environment
from sync.documents.faults import Fault, FaultCode
from sync.documents.fieldcheck import check_fields, lost_text, place_of
from sync.documents.images import Picture, qr_picture
from sync.documents.prepare import FILE_LIMIT, NotADocument, PreparedTemplate, prepare
from sync.documents.reading import read_pages
from sync.documents.render import Properties, TagFails, Unsound, fill_in
from sync.documents.sample import SAMPLE_MOMENT, Variety, sample_fields
from sync.domain.book import ArchiveEntry
from sync.domain.clean import clean
from sync.domain.documents import DocumentKind
from sync.domain.fields import Fields, FieldValue
from sync.domain.numbers import read_number
from sync.domain.rules import Rules
from sync.errors import TemplateInvalid
from sync.files import Unfit, read_whole

ALL_KINDS = tuple(DocumentKind)
"""Every kind, in the order in which faults are told."""


def file_name(kind: DocumentKind, variant: str = "") -> str:
    """Return the template's file name; ``variant`` is a paper other than the usual one."""
    return f"{kind.value}-{variant}.docx" if variant else f"{kind.value}.docx"


@dataclass(frozen=True, slots=True)
class RenderRequest:
    """One document to be made. Equal requests give equal bytes.

    ``issued_at`` is when the document was scheduled, by the office's clock, not when it happens to be made. ``title``
    and ``subject`` go into the properties: no personal data.
    """

    kind: DocumentKind
    fields: Fields
    document_id: str
    fingerprint: str
    issued_at: datetime
    revision: int
    title: str
    subject: str
    variant: str = ""
    dated: date | None = None
    """The day it bears, where that is not the day of its issue."""
    facts: str = ""
    """The digest of what it takes from its subject."""


class Templates:
    """The templates of one folder, ready to be filled in. Made by :func:`load_templates`."""

    def __init__(
        self,
        prepared: Mapping[tuple[DocumentKind, str], PreparedTemplate],
        rules: Rules,
        variants: Mapping[DocumentKind, str],
    ) -> None:
        self._prepared = prepared
        self._variants = variants
        self._zone = ZoneInfo(rules.zone_name)
        self._zone_label = rules.zone_label
        self._rules = rules
        facts = json.dumps([*map(office_facts, rules.offices), rules.zone_label], sort_keys=True).encode()
        self._prefix = rules.number_prefix
        self._digests = {
            key: hashlib.sha256(facts + bytes.fromhex(template.digest)).hexdigest()
            for key, template in prepared.items()
        }

    def digest(self, kind: DocumentKind, variant: str | None = None) -> str:
        """Return the SHA-256 of all that a document shows and its fields do not say: template and letterhead."""
        return self._digests[kind, self._variants.get(kind, "") if variant is None else variant]

    def digests(self) -> dict[DocumentKind, str]:
        """Return the digest of each loaded kind's template."""
        return {
            kind: self.digest(kind) for kind in DocumentKind if (kind, self._variants.get(kind, "")) in self._digests
        }

    def of_digest(self, kind: DocumentKind, digest: str) -> PreparedTemplate | None:
        """Return the loaded template of ``kind`` whose file has ``digest``, on whatever paper."""
        found = (item for (owner, _), item in self._prepared.items() if owner is kind and item.digest == digest)
        return next(found, None)

    def render(self, request: RenderRequest) -> bytes:
        """Return the document.

        Raises:
            TemplateInvalid: the template passed its check, but fails on these fields.
        """
        template = self._prepared[request.kind, request.variant]
        office = self._rules.office(request.issued_at)
        issue = issue_context(request.issued_at, request.revision, self._zone_label, request.dated)
        properties = Properties(
            title=request.title,
            author=clean(office.agency),
            subject=request.subject,
            keywords=keywords(request.kind, request.subject),
            identifier=f"{request.document_id} {request.fingerprint}",
            issued_at=request.issued_at.replace(tzinfo=self._zone),
            revision=request.revision,
            office=self._prefix,
        )
        context = document_context(office_context(office), issue, request.fields)
        try:
            pictures = pictures_of(request.kind, context)
            return fill_in(template, context, pictures, properties, _drawn(request.kind), request.facts)
        except Unsound as error:
            raise TemplateInvalid([_fault(template.name, error).line]) from error

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
        """Return a document as the job asks for it, on the paper the office chose for its kind."""
        title = kind.spec.title
        variant = self._variants.get(kind, "")
        return self.render(
            RenderRequest(
                kind, fields, document_id, fingerprint, issued_at, revision, title, subject, variant, dated, facts
            )
        )

    def fields_of(self, content: bytes) -> Fields | None:
        """Return the fields that a document carries, without those of its issue; None of one that carries none."""
        carried = read_carried(content)
        return None if carried is None else {name: carried.fields[name] for name in carried.fields.keys() - ISSUE}


class Remade:
    """Filed documents made again of what they carry, by the templates as they are now."""

    def __init__(self, templates: Templates, rules: Rules) -> None:
        self._templates, self._rules = templates, rules

    def carried(self, content: bytes) -> Carried | None:
        """Return what a document carries, None if it carries nothing."""
        return read_carried(content)

    def text(self, content: bytes) -> str:
        """Return all that the document's pages say, headers and footers too."""
        return read_pages(content)

    def remake(self, entry: ArchiveEntry, carried: Carried) -> bytes | None:
        """Return the document again; None where no template of its kind is the one it was made with."""
        kind = DocumentKind(entry.kind)
        fields, prepared = carried.fields, self._templates.of_digest(kind, carried.template)
        if prepared is None:
            return None
        letterhead = fields.get("kop")
        agency = letterhead.get("dinas") if isinstance(letterhead, Mapping) else None
        number = read_number(entry.reference)
        properties = Properties(
            title=kind.spec.title,
            author=str(agency or clean(self._rules.office(entry.scheduled_at).agency)),
            subject=entry.description,
            keywords=keywords(kind, entry.description),
            identifier=f"{entry.id} {entry.fingerprint}",
            issued_at=entry.scheduled_at.replace(tzinfo=ZoneInfo(self._rules.zone_name)),
            revision=entry.revision,
            office=number.prefix if number else self._rules.number_prefix,
        )
        try:
            return fill_in(prepared, fields, pictures_of(kind, fields), properties, _drawn(kind), carried.facts)
        except (Unsound, LookupError, TypeError, ValueError):
            return b""  # its own fields do not fill its own template: it is not what was filed


def keywords(kind: DocumentKind, subject: str) -> str:
    """Return the keywords in a document's properties."""
    return f"{kind.spec.title}, konsultasi koperasi, {subject}"


def load_templates(
    folder: Path,
    rules: Rules,
    kinds: Sequence[DocumentKind] = ALL_KINDS,
    variants: Mapping[DocumentKind, str] | None = None,
) -> Templates:
    """Read and check the templates of ``kinds``; ``variants`` names another paper for a kind (receipt: ``80mm``).

    Raises:
        TemplateInvalid: with every fault of every file.
    """
    chosen = variants or {}
    environment = template_environment()
    prepared: dict[tuple[DocumentKind, str], PreparedTemplate] = {}
    faults: list[Fault] = []
    for kind in kinds:
        variant = chosen.get(kind, "")
        template, found = read_template(folder / file_name(kind, variant), kind, rules, environment)
        faults += found
        if template is not None:
            prepared[kind, variant] = template
    if faults:
        raise TemplateInvalid([fault.line for fault in faults])
    return Templates(prepared, rules, chosen)


def read_template(
    path: Path, kind: DocumentKind, rules: Rules, environment: Environment | None = None
) -> tuple[PreparedTemplate | None, list[Fault]]:
    """Read one template as one of ``kind`` and return it (if it can be read at all) with everything wrong with it."""
    environment = environment or template_environment()
    try:
        content = read_whole(path, FILE_LIMIT)
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return None, [Fault(FaultCode.MISSING, path.name)]
    except Unfit as error:
        return None, [Fault(FaultCode.NOT_A_DOCUMENT, path.name, detail=str(error))]
    except OSError as error:
        why = f"it cannot be read ({error.strerror or type(error).__name__})"
        return None, [Fault(FaultCode.NOT_A_DOCUMENT, path.name, detail=why)]
    try:
        template = prepare(path.name, content, environment)
    except NotADocument as error:
        return None, [Fault(FaultCode.NOT_A_DOCUMENT, path.name, detail=str(error))]
    fields = sample_fields(kind, rules, Variety.FULL)
    sample = _sample_context(kind, fields, rules)
    faults = check_fields(template, sample, kind.spec.required)
    for part in template.parts:
        faults += lost_text(path.name, place_of(part), etree.fromstring(part.original))
    if not faults:
        faults = _try_out(template, kind, fields, rules)
    return template, faults


def pictures_of(kind: DocumentKind, fields: Fields) -> Mapping[str, Picture]:
    """Return the pictures a document of ``kind`` may show, by name."""
    names = kind.spec.pictures
    pictures = {"qr": qr_picture(str(fields["nomor"]), 34)} if "qr" in names else {}
    if any(name.startswith("grafik_") for name in names):
        from sync.documents.charts import draw_charts

        pictures |= draw_charts(fields)
    return pictures


def _drawn(kind: DocumentKind) -> tuple[str, ...]:
    """Return the fields that the pictures of a kind show."""
    return tuple(name for name, shown in (("grafik", "grafik_"), ("nomor", "qr")) if _shows(kind, shown))


def _shows(kind: DocumentKind, picture: str) -> bool:
    return any(name.startswith(picture) for name in kind.spec.pictures)


def _sample_context(kind: DocumentKind, fields: Fields, rules: Rules) -> dict[str, object]:
    return {**_with_issue(fields, rules), **dict.fromkeys(kind.spec.pictures, "")}


def _with_issue(fields: Fields, rules: Rules) -> dict[str, FieldValue]:
    issue = issue_context(SAMPLE_MOMENT, 1, rules.zone_label)
    return document_context(office_context(rules.office(SAMPLE_MOMENT)), issue, fields)


def _try_out(template: PreparedTemplate, kind: DocumentKind, fields: Fields, rules: Rules) -> list[Fault]:
    dot = qr_picture("contoh", 10)
    properties = Properties("", "", "", "", "", SAMPLE_MOMENT.replace(tzinfo=ZoneInfo(rules.zone_name)), 1)
    try:
        fill_in(template, _with_issue(fields, rules), dict.fromkeys(kind.spec.pictures, dot), properties)
    except Unsound as error:
        return [_fault(template.name, error)]
    return []


def _fault(file: str, error: Unsound) -> Fault:
    if not isinstance(error, TagFails):
        return Fault(FaultCode.FAILS, file, detail=str(error))
    code = FaultCode.TOO_MUCH if error.too_much else FaultCode.FAILS
    return Fault(code, file, field=error.tag, near="" if error.too_much else error.tag, detail=str(error))
