"""The list that goes with a proposal to the archive, filled in from the office's template. No document of the archive:
the job neither issues nor files it."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from jinja2.exceptions import TemplateError

from sync.documents.context import document_context, issue_context, office_context
from sync.documents.environment import template_environment
from sync.documents.faults import Fault, FaultCode
from sync.documents.fieldcheck import check_fields
from sync.documents.prepare import NotADocument, prepare
from sync.documents.render import Properties, Unsound, fill_in
from sync.domain.clean import clean
from sync.domain.fields import Fields
from sync.domain.rules import Rules
from sync.errors import TemplateInvalid

TEMPLATE = "daftar-usul.docx"
REQUIRED = ("judul", "berkas", "penanda_tangan.nama")


def proposal_document(templates: Path, fields: Fields, rules: Rules, now: datetime) -> bytes:
    """Return the finished Word document. Equal arguments and an equal template give equal bytes.

    Raises:
        TemplateInvalid: the template is not there, is no Word document, or asks for what the list has not.
    """
    try:
        template = prepare(TEMPLATE, (templates / TEMPLATE).read_bytes(), template_environment())
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
        raise TemplateInvalid([Fault(FaultCode.MISSING, TEMPLATE).line]) from error
    except NotADocument as error:
        raise TemplateInvalid([Fault(FaultCode.NOT_A_DOCUMENT, TEMPLATE, detail=str(error)).line]) from error
    context = document_context(office_context(rules.office(now)), issue_context(now, 1, rules.zone_label), fields)
    faults = check_fields(template, context, REQUIRED)
    if faults:
        raise TemplateInvalid([fault.line for fault in faults])
    title = str(fields["judul"]).title()
    properties = Properties(
        title=title,
        author=clean(rules.office(now).agency),
        subject=f"{title}, {fields['keadaan']}",
        keywords=title,
        identifier=hashlib.sha256(f"{title} {now.isoformat()}".encode()).hexdigest(),
        issued_at=now.replace(tzinfo=ZoneInfo(rules.zone_name)),
        revision=1,
    )
    try:
        return fill_in(template, context, {}, properties)
    except (TemplateError, Unsound, ArithmeticError, TypeError, ValueError) as error:
        detail = " ".join(str(error).split())[:200] or type(error).__name__
        raise TemplateInvalid([Fault(FaultCode.FAILS, TEMPLATE, detail=detail).line]) from error
