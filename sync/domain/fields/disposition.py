"""Lembar Disposisi: goes to the leader with the telaahan, who fills in the rest by hand."""

from __future__ import annotations

from collections.abc import Mapping

from sync.domain.agenda import Registration
from sync.domain.clean import clean
from sync.domain.fields import Fields
from sync.domain.fields.common import NOTHING, day_or_dash, line, officer_names, shortened
from sync.domain.fields.telaahan import subject
from sync.domain.officers import Officer
from sync.domain.rules import Rules


def disposition_fields(
    registration: Registration, official_number: str, officers: Mapping[str, tuple[Officer, ...]], rules: Rules
) -> Fields:
    """Return the fields of a disposition sheet. Its agenda number is the registration's, as in the agenda book."""
    cells = registration.cells
    return {
        "nomor": registration.number,
        "nomor_naskah": clean(official_number),
        "konsep": not official_number,
        "hal": shortened(subject(cells), 110),
        "hari_tanggal": day_or_dash(registration.registered_at),
        "koperasi": line(cells.cooperative, 90),
        "petugas": shortened(officer_names(registration, officers), 90),
        "disposisi": line(cells.disposition, 180),
        "kode": clean(rules.archive.code_of_kind.get("disposisi", "")) or NOTHING,
    }
