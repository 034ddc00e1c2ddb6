"""Telaahan Staf of one consultation: facts from the row, the six parts as the officer wrote them."""

from __future__ import annotations

from collections.abc import Mapping

from sync.domain.agenda import Registration
from sync.domain.clean import clean
from sync.domain.fields import Fields
from sync.domain.fields.common import (
    NOTHING,
    REASON_LIMIT,
    clock_or_dash,
    day_or_dash,
    items,
    line,
    officer_names,
    sop_identity,
    step_rows,
    text,
)
from sync.domain.officers import Officer
from sync.domain.rules import Rules
from sync.domain.tabs import AgendaCells

NIL = "Nihil."
"""A part that may stay empty (a telaahan ideally needs no presumption) says so; its heading stays."""


def telaahan_fields(
    registration: Registration, official_number: str, officers: Mapping[str, tuple[Officer, ...]], rules: Rules
) -> Fields:
    """Return the fields of a telaahan. ``official_number`` is the clerk's, ``""`` while it is a draft."""
    cells = registration.cells
    reason = text(cells.overrun_reason)
    return {
        "nomor": registration.number,
        "nomor_naskah": clean(official_number),
        "konsep": not official_number,
        "hal": subject(cells),
        "hari_tanggal": day_or_dash(registration.registered_at),
        "waktu_registrasi": clock_or_dash(registration.registered_at, rules),
        "nama": line(cells.name),
        "bertindak_sebagai": line(cells.acting_as),
        "koperasi": line(cells.cooperative),
        "jenis_koperasi": line(cells.cooperative_kind),
        "kabupaten": line(cells.regency),
        "layanan": line(cells.service),
        "topik": line(cells.topic),
        "uraian": text(cells.summary) or NOTHING,
        "saluran": line(cells.channel),
        "petugas": officer_names(registration, officers),
        "ruangan": line(cells.room),
        "disposisi": text(cells.disposition) or NOTHING,
        "bahan": list(items(cells.materials)),
        "persoalan": text(cells.problem) or NOTHING,
        "praanggapan": text(cells.presumption) or NIL,
        "fakta": text(cells.facts) or NOTHING,
        "analisis": text(cells.analysis) or NOTHING,
        "simpulan": text(cells.conclusion) or NOTHING,
        "saran": text(cells.advice) or NOTHING,
        "tindak_lanjut": text(cells.follow_up).rstrip(" ."),
        "tahap": step_rows(registration),
        "alasan_lengkap": reason if len(reason) > REASON_LIMIT else "",
        "sop": sop_identity(registration),
    }


def subject(cells: AgendaCells) -> str:
    """Return what the document is about: the topic of the consultation, never the visitor."""
    topic = line(cells.topic, 150)
    return "Telaahan konsultasi" if topic == NOTHING else f"Telaahan konsultasi: {topic}"
