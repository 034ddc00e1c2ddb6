"""What the print of the outgoing book (Buku Agenda Keluar) says: one line a document issued in the period."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sync.domain.book import OutgoingRow
from sync.domain.cells import read_date, read_text
from sync.domain.fields import Fields
from sync.domain.fields.privacy import Words
from sync.domain.period import Period
from sync.domain.recap.words import NOTHING
from sync.domain.wording import number_text, period_text, reference_text, short_date_text, span_text

TEXT_LIMIT, NAME_LIMIT = 240, 90


def agenda_out_fields(
    period: Period,
    outgoing: Sequence[OutgoingRow],
    words: Words,
) -> Fields:
    """Return the print's fields, by date. A blank official number stays a blank to fill in."""
    dated = [(read_date(row.cells.date), row) for row in outgoing]
    inside = [(day, row) for day, row in dated if day is not None and period.holds(day)]
    inside.sort(key=lambda item: (item[0], item[1].reference, read_text(item[1].cells.kind), item[1].document))
    undated = sum(day is None for day, _ in dated)
    note = f"{number_text(undated)} baris tidak dimuat karena tanggalnya tidak terbaca."
    return {
        "periode": period_text(period),
        "rentang": span_text(period),
        "jumlah": number_text(len(inside)),
        "belum_bernomor": number_text(sum(not row.official_number for _, row in inside)),
        "catatan": [note] if undated else [],
        "baris": [_line(order, day, row, words) for order, (day, row) in enumerate(inside, start=1)],
    }


def _line(order: int, day: date, row: OutgoingRow, words: Words) -> Fields:
    """One document's line; its own numbers stand as they are."""
    cells = row.cells
    sent_on = read_date(cells.sent_on)
    return {
        "nomor_urut": number_text(order),
        "tanggal": short_date_text(day),
        "nomor": words.own(row.official_number, NAME_LIMIT) or "..........",
        "kepada": words.line(cells.addressee, NAME_LIMIT) or NOTHING,
        "jenis": words.line(cells.kind, NAME_LIMIT) or NOTHING,
        "rujukan": words.own(reference_text(row.reference), NAME_LIMIT) or NOTHING,
        "isi": words.line(cells.summary, TEXT_LIMIT) or NOTHING,
        "tanggal_kirim": short_date_text(sent_on) if sent_on else words.line(cells.sent_on, NAME_LIMIT) or NOTHING,
        "keterangan": words.line(cells.remarks, TEXT_LIMIT) or NOTHING,
    }
