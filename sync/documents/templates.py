"""The office's templates, read and checked once, and the documents made from them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from jinja2 import Environment
from jinja2.exceptions import TemplateError
from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from sync.documents.context import document_context, issue_context, office_context, office_facts
from sync.documents.environment import template_environment
from sync.documents.faults import Fault, FaultCode
from sync.documents.fieldcheck import check_fields, lost_text, place_of
from sync.documents.images import Picture, qr_picture
from sync.documents.kinds import KINDS, file_name
from sync.documents.prepare import NotADocument, PreparedTemplate, prepare
from sync.documents.render import Properties, Unsound, fill_in
from sync.documents.sample import SAMPLE_MOMENT, Variety, sample_fields
from sync.domain.archive import DocumentKind
from sync.domain.clean import clean
from sync.domain.fields import Fields, FieldValue
from sync.domain.rules import Rules
from sync.domain.wording import DOCUMENT_TITLES
from sync.errors import TemplateInvalid

ALL_KINDS = tuple(DocumentKind)
"""Every kind, in the order in which faults are told."""


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

    def render(self, request: RenderRequest) -> bytes:
        """Return the document.

        Raises:
            TemplateInvalid: the template passed its check, but fails on these fields.
        """
        template = self._prepared[request.kind, request.variant]
        office = self._rules.office(request.issued_at)
        issue = issue_context(request.issued_at, request.revision, self._zone_label)
        properties = Properties(
            title=request.title,
            author=clean(office.agency),
            subject=request.subject,
            keywords=f"{DOCUMENT_TITLES[request.kind.value]}, konsultasi koperasi, {request.subject}",
            identifier=f"{request.document_id} {request.fingerprint}",
            issued_at=request.issued_at.replace(tzinfo=self._zone),
            revision=request.revision,
        )
        context = document_context(office_context(office), issue, request.fields)
        try:
            return fill_in(template, context, pictures_of(request.kind, request.fields), properties)
        except (TemplateError, Unsound, ArithmeticError, TypeError, ValueError) as error:
            raise TemplateInvalid([Fault(FaultCode.FAILS, template.name, detail=_said(error)).line]) from error

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
    ) -> bytes:
        """Return a document as the job asks for it, on the paper the office chose for its kind."""
        title = DOCUMENT_TITLES[kind.value]
        variant = self._variants.get(kind, "")
        return self.render(
            RenderRequest(kind, fields, document_id, fingerprint, issued_at, revision, title, subject, variant)
        )


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
        content = path.read_bytes()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return None, [Fault(FaultCode.MISSING, path.name)]
    try:
        template = prepare(path.name, content, environment)
    except NotADocument as error:
        return None, [Fault(FaultCode.NOT_A_DOCUMENT, path.name, detail=str(error))]
    fields = sample_fields(kind, rules, Variety.FULL)
    sample = _sample_context(kind, fields, rules)
    faults = check_fields(template, sample, KINDS[kind].required)
    for part in template.parts:
        faults += lost_text(path.name, place_of(part), etree.fromstring(part.original))
    if not faults:
        faults = _try_out(template, kind, fields, rules)
    return template, faults


def pictures_of(kind: DocumentKind, fields: Fields) -> Mapping[str, Picture]:
    """Return the pictures a document of ``kind`` may show, by name."""
    if kind is DocumentKind.RECEIPT:
        return {"qr": qr_picture(str(fields["nomor"]), 34)}
    if kind is DocumentKind.RECAP:
        from sync.documents.charts import charts_of

        return charts_of(kind, fields)
    return {}


def _sample_context(kind: DocumentKind, fields: Fields, rules: Rules) -> dict[str, object]:
    return {**_with_issue(fields, rules), **dict.fromkeys(KINDS[kind].pictures, "")}


def _with_issue(fields: Fields, rules: Rules) -> dict[str, FieldValue]:
    issue = issue_context(SAMPLE_MOMENT, 1, rules.zone_label)
    return document_context(office_context(rules.office(SAMPLE_MOMENT)), issue, fields)


def _try_out(template: PreparedTemplate, kind: DocumentKind, fields: Fields, rules: Rules) -> list[Fault]:
    dot = qr_picture("contoh", 10)
    properties = Properties("", "", "", "", "", SAMPLE_MOMENT.replace(tzinfo=ZoneInfo(rules.zone_name)), 1)
    try:
        fill_in(template, _with_issue(fields, rules), dict.fromkeys(KINDS[kind].pictures, dot), properties)
    except (TemplateError, Unsound, ArithmeticError, TypeError, ValueError) as error:
        return [Fault(FaultCode.FAILS, template.name, detail=_said(error))]
    return []


def _said(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
