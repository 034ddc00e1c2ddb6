"""Cells and texts for Hypothesis: anything at all, and much that looks nearly like something."""

from __future__ import annotations

from datetime import datetime

from hypothesis import strategies as st

from sync.domain.table import Cell, CellError
from tests.hostile.corpus import values

_PIECES = (
    "=", "+", "-", "@", "\t", "\r", "\n", "\x00", "\x07", "\x0b", "\x0c", "\x1b", "\ud800", "\udc00", "\ufffe",
    "\u202e",
    "\u200b", "\u2028", "\x85", "{{", "}}", "{%", "%}", "<", ">", "&", "'", '"', "_x000D_", "_x005F_", "]]>", "<w:br/>",
    "0812", "+62", "09.30", " WIB", "pukul ", "24/11/2026", "2026-11-24", "T", "Z", "+07:00", "W", "é", "e\u0301",
    "😀", "١",
)  # fmt: skip
ANY = st.text(st.characters(exclude_categories=()), max_size=60)
TEXTS: st.SearchStrategy[str] = st.one_of(
    ANY,
    st.lists(st.one_of(st.sampled_from(_PIECES), st.integers(-99, 99999).map(str)), max_size=12).map("".join),
    st.sampled_from([value.text for value in values() if len(value.text) < 1000]),
)
CELLS: st.SearchStrategy[Cell] = st.one_of(
    st.none(),
    TEXTS,
    st.booleans(),
    st.integers(),
    st.floats(),
    st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30)),
    st.dates(),
    st.times(),
    st.sampled_from([CellError("#REF!"), CellError("#N/A")]),
)
PRINTED = TEXTS.filter(lambda text: len(text) < 400)
