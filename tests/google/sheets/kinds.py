"""Every batchUpdate request kind the stand-in knows."""

from __future__ import annotations

from tests.google.sheets import (
    kinds_cells,
    kinds_dimensions,
    kinds_filters,
    kinds_metadata,
    kinds_objects,
    kinds_paste,
    kinds_ranges,
    kinds_sheets,
)
from tests.google.sheets.batch import Kind

KINDS: dict[str, Kind] = {
    **kinds_sheets.KINDS,
    **kinds_dimensions.KINDS,
    **kinds_cells.KINDS,
    **kinds_paste.KINDS,
    **kinds_ranges.KINDS,
    **kinds_filters.KINDS,
    **kinds_objects.KINDS,
    **kinds_metadata.KINDS,
}
