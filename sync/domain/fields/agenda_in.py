"""What the print of the incoming book (Buku Agenda Masuk) says: one line a registration of the period.

The columns are the usual ones of an incoming book (tanggal terima, nomor agenda, diterima dari, isi ringkas, diteruskan
kepada, keterangan); a visitor brings no letter, so the channel stands where a letter's date and number would.
"""

from __future__ import annotations

from sync.domain.agenda import JudgedBook, Registration
from sync.domain.compliance import Status
from sync.domain.fields import Fields
from sync.domain.fields.privacy import Words
from sync.domain.period import Period
from sync.domain.recap.figures import recap
from sync.domain.recap.summary import counting_notes
from sync.domain.recap.words import NOTHING
from sync.domain.rules import Rules
from sync.domain.tabs import AgendaCells
from sync.domain.wording import STATUSES, number_text, period_text, short_date_text, span_text

SUMMARY_LIMIT, REMARK_LIMIT, NAME_LIMIT = 240, 160, 60


def agenda_in_fields(period: Period, judged: JudgedBook, rules: Rules, words: Words) -> Fields:
    """Return the print's fields; cancelled registrations keep their number and say BATAL."""
    figures = recap(period, judged.rows, rules)
    return {
        "periode": period_text(period),
        "rentang": span_text(period),
        "jumlah": number_text(len(figures.entries)),
        "batal": number_text(figures.cancelled),
        "disamarkan": words.phones_masked,
        "catatan": counting_notes(figures, judged),
        "baris": [_line(order, row, words) for order, row in enumerate(figures.entries, start=1)],
    }


def _line(order: int, row: Registration, words: Words) -> Fields:
    cells = row.cells
    assert row.registered_at is not None, "a row of a period has a registration moment"
    topic, summary = words.line(cells.topic, NAME_LIMIT), words.line(cells.summary, SUMMARY_LIMIT)
    return {
        "nomor_urut": number_text(order),
        "tanggal": short_date_text(row.registered_at),
        "pukul": f"{row.registered_at:%H.%M}",
        "nomor": row.number,
        "dari": _sender(cells, words),
        "kabupaten": words.line(cells.regency, NAME_LIMIT) or NOTHING,
        "telepon": words.phone(cells.phone),
        "saluran": words.line(cells.channel, NAME_LIMIT) or NOTHING,
        "isi": ": ".join(filter(None, (topic, summary))) or NOTHING,
        "diteruskan": words.line(cells.officer, NAME_LIMIT) or NOTHING,
        "keterangan": _remark(row, words),
    }


def _sender(cells: AgendaCells, words: Words) -> str:
    """Name, in which capacity, and of which cooperative; what is blank is left out."""
    name = words.line(cells.name, NAME_LIMIT) or "Tanpa nama"
    if capacity := words.line(cells.acting_as, NAME_LIMIT):
        name = f"{name} ({capacity})"
    return ", ".join(filter(None, (name, words.line(cells.cooperative, NAME_LIMIT))))


def _remark(row: Registration, words: Words) -> str:
    """The status; for a cancelled registration what the officer wrote, which begins with BATAL."""
    if row.status is Status.CANCELLED:
        return words.line(row.cells.remarks, REMARK_LIMIT)
    return STATUSES[row.status.value]
