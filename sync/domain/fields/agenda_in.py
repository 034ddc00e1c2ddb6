"""What the print of the incoming book (Buku Agenda Masuk) says: one line a registration of the period.

The columns are the usual ones of an incoming book (tanggal terima, nomor agenda, diterima dari, isi ringkas, diteruskan
kepada, keterangan); a visitor brings no letter, so the channel stands where a letter's date and number would.
"""

from __future__ import annotations

from sync.domain.agenda import JudgedBook, Registration
from sync.domain.compliance import Status
from sync.domain.fields import Fields
from sync.domain.fields.masking import Masking, full_phone, masked_identities, masked_numbers, masked_phone
from sync.domain.period import Period
from sync.domain.recap import recap
from sync.domain.recap_summary import counting_notes
from sync.domain.recap_words import NOTHING, range_text, short_text
from sync.domain.rules import Rules
from sync.domain.tabs import AgendaCells
from sync.domain.wording import STATUSES, number_text, period_text, short_date_text

SUMMARY_LIMIT, REMARK_LIMIT, NAME_LIMIT = 240, 160, 60


def agenda_in_fields(period: Period, judged: JudgedBook, rules: Rules) -> Fields:
    """Return the print's fields; cancelled registrations keep their number and say BATAL."""
    figures = recap(period, judged.rows, rules)
    masked = rules.agenda_phones_masked
    return {
        "periode": period_text(period),
        "rentang": range_text(period),
        "jumlah": number_text(len(figures.entries)),
        "batal": number_text(figures.cancelled),
        "disamarkan": masked,
        "catatan": counting_notes(figures, judged),
        "baris": [_line(order, row, masked) for order, row in enumerate(figures.entries, start=1)],
    }


def _line(order: int, row: Registration, masked: bool) -> Fields:
    cells = row.cells
    mask: Masking = masked_numbers if masked else masked_identities
    assert row.registered_at is not None, "a row of a period has a registration moment"
    topic, summary = short_text(cells.topic, NAME_LIMIT, mask), short_text(cells.summary, SUMMARY_LIMIT, mask)
    return {
        "nomor_urut": number_text(order),
        "tanggal": short_date_text(row.registered_at),
        "pukul": f"{row.registered_at:%H.%M}",
        "nomor": row.number,
        "dari": _sender(cells, mask),
        "kabupaten": short_text(cells.regency, NAME_LIMIT, mask) or NOTHING,
        "telepon": masked_phone(cells.phone) if masked else full_phone(cells.phone),
        "saluran": short_text(cells.channel, NAME_LIMIT, mask) or NOTHING,
        "isi": ": ".join(filter(None, (topic, summary))) or NOTHING,
        "diteruskan": short_text(cells.officer, NAME_LIMIT, mask) or NOTHING,
        "keterangan": _remark(row, mask),
    }


def _sender(cells: AgendaCells, mask: Masking) -> str:
    """Name, in which capacity, and of which cooperative; what is blank is left out."""
    name = short_text(cells.name, NAME_LIMIT, mask) or "Tanpa nama"
    if capacity := short_text(cells.acting_as, NAME_LIMIT, mask):
        name = f"{name} ({capacity})"
    return ", ".join(filter(None, (name, short_text(cells.cooperative, NAME_LIMIT, mask))))


def _remark(row: Registration, mask: Masking) -> str:
    """The status; for a cancelled registration what the officer wrote, which begins with BATAL."""
    if row.status is Status.CANCELLED:
        return short_text(row.cells.remarks, REMARK_LIMIT, mask)
    return STATUSES[row.status.value]
