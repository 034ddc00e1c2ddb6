"""Books as people might leave them: rows drawn by Hypothesis, with every kind of mess that a recap has to count."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import strategies as st

from sync.domain.sop import STEP_TIMES
from sync.domain.table import Cell
from tests.recap.office import Entry, a_row, a_stray_row

_FIRST = datetime(2025, 9, 1, 7, 0)
_TEXTS: dict[str, list[Cell]] = {
    "name": ["Ani", "ani ", "Budi & Rekan", None],
    "phone": ["081298187479", 81298187479.0, "0561732690", None],
    "cooperative": ["Koperasi Melati", "KOPERASI  MELATI", "Koperasi Mawar", None],
    "cooperative_kind": ["Produsen", "Jasa", "Syariah", None],
    "regency": ["Sambas", "sambas", "Landak", "Kuching", "  ", None],
    "topic": ["Pendirian koperasi", "Lainnya", "Warisan", None],
    "channel": ["Daring", "Front office", None],
    "service": ["Kelembagaan", None],
    "officer": ["Andi Saputra", "Andi Saputra; Rina Marlina", "Orang Lain", None],
    "follow_up": ["Selesai", "Perlu berkas", "selesai", None],
    "overrun_reason": ["Antre", None],
    "remarks": [None, None, None, "BATAL pemohon pulang", "biasa"],
    "room": ["Ruang Konsultasi 1", None],
    "disposition": ["Disposisi", None],
    "materials": ["Bahan", None],
    "problem": ["Persoalan", None],
    "facts": ["Fakta", None],
    "analysis": ["Analisis", None],
    "conclusion": ["Simpulan", None],
    "advice": ["Saran", None],
}


@st.composite
def _times(draw: st.DrawFn, registered_at: datetime) -> dict[str, Cell]:
    """The six times, mostly in order, some missing, unreadable or before their start."""
    fields = [field for pair in STEP_TIMES.values() for field in pair]
    moment = registered_at - timedelta(minutes=2)
    cells: dict[str, Cell] = {}
    for field in fields:
        moment += timedelta(seconds=draw(st.sampled_from([-3600, 0, 30, 299, 300, 301, 2700, 10_800, 14_400, 90_000])))
        cells[field] = draw(st.sampled_from([moment, moment, moment, moment, None, "jam sepuluh"]))
    return cells


@st.composite
def _entry(draw: st.DrawFn, order: int) -> Entry:
    registered_at = _FIRST + timedelta(minutes=draw(st.integers(0, 60 * 24 * 450)))
    texts = {field: draw(st.sampled_from(values)) for field, values in _TEXTS.items()}
    make = draw(st.sampled_from([a_row, a_row, a_row, a_row, a_stray_row]))
    return make(f"KONS-2026-{order:04d}", registered_at, **texts, **draw(_times(registered_at)))


@st.composite
def books(draw: st.DrawFn) -> list[Entry]:
    """A book of up to forty rows; some stand there twice, as when someone pastes a copy."""
    entries = [draw(_entry(order)) for order in range(draw(st.integers(0, 40)))]
    copies = draw(st.lists(st.sampled_from(entries), max_size=3)) if entries else []
    return draw(st.permutations([*entries, *copies]))
