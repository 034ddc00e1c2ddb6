"""JSON parts as Google stores and returns them: defaults left out, colours quantised, masks obeyed."""

from __future__ import annotations

import copy
import struct
from typing import Any

from tests.google.fieldmask import Mask

JsonObject = dict[str, Any]

_COLOR_PARTS = ("red", "green", "blue", "alpha")
_WRAPPED = frozenset({"bold", "italic", "strikethrough", "underline"})
"""Text format flags are wrapped booleans: a ``false`` is kept in the answer (recorded in every default format)."""
_PAIRS = (
    ("backgroundColor", "backgroundColorStyle"),
    ("foregroundColor", "foregroundColorStyle"),
    ("tabColor", "tabColorStyle"),
    ("color", "colorStyle"),
    ("headerColor", "headerColorStyle"),
    ("firstBandColor", "firstBandColorStyle"),
    ("secondBandColor", "secondBandColorStyle"),
    ("footerColor", "footerColorStyle"),
    ("linkColor", "linkColorStyle"),
)


def single(value: float) -> float:
    """The number as a 32-bit float prints: 0.49803922."""
    stored: float = struct.unpack("f", struct.pack("f", value))[0]
    short = next(float(f"{stored:.{digits}g}") for digits in range(6, 18) if _same(f"{stored:.{digits}g}", stored))
    return int(short) if short == int(short) else short


def _same(text: str, stored: float) -> bool:
    return bool(struct.unpack("f", struct.pack("f", float(text)))[0] == stored)


def color(value: JsonObject) -> JsonObject:
    """A colour as it comes back: quantised to 8 bits, zero parts left out (recorded: 0.498… → 0.49803922)."""
    parts = {}
    for name in _COLOR_PARTS:
        level = min(255, max(0, round(float(value.get(name, 0)) * 255)))
        if level:
            parts[name] = single(level / 255)
    return parts


def proto(value: Any) -> Any:
    """Drop what Google's JSON leaves out: false flags; and normalise colours, giving each its style twin."""
    if isinstance(value, list):
        return [proto(entry) for entry in value]
    if not isinstance(value, dict):
        return value
    kept: JsonObject = {}
    for name, entry in value.items():
        if entry is None or (entry is False and name not in _WRAPPED):
            continue
        if name == "rgbColor" or (isinstance(entry, dict) and _is_color(name, entry)):
            kept[name] = color(entry)
        else:
            kept[name] = proto(entry)
    for plain, style in _PAIRS:
        if style in kept:
            if "rgbColor" in kept[style]:
                kept[plain] = kept[style]["rgbColor"]
            elif not kept[style]:
                del kept[style]
                kept.pop(plain, None)
        elif plain in kept:
            kept[style] = {"rgbColor": kept[plain]}
    return kept


def _is_color(name: str, entry: JsonObject) -> bool:
    return any(name == plain for plain, _ in _PAIRS) and set(entry) <= set(_COLOR_PARTS)


def merged(base: JsonObject, over: JsonObject) -> JsonObject:
    """``base`` with ``over`` laid upon it, deeply; neither is changed."""
    result = copy.deepcopy(base)
    for name, entry in over.items():
        held = result.get(name)
        both = isinstance(held, dict) and isinstance(entry, dict)
        mergeable = both and "rgbColor" not in entry and not _is_color(name, entry)
        result[name] = merged(held or {}, entry) if mergeable else copy.deepcopy(entry)
    return result


def set_masked(target: JsonObject, source: JsonObject, mask: Mask) -> JsonObject:
    """``target`` after the fields of ``mask`` were taken from ``source``; masked and absent means cleared."""
    return _clean(_set_masked(target, proto(source), mask))


def _set_masked(target: JsonObject, source: JsonObject, mask: Mask) -> JsonObject:
    if not mask or "*" in mask:
        return copy.deepcopy(source)
    result = dict(target)
    for name, inner in mask.items():
        # A colour and its style twin are one thing under two names: setting either replaces both.
        twins = next((pair for pair in _PAIRS if name in pair), (name,))
        given = next((twin for twin in (name, *twins) if twin in source), None)
        for twin in twins:
            result.pop(twin, None)
        if inner and len(twins) == 1:
            result[name] = _set_masked(target.get(name) or {}, source.get(name) or {}, inner)
        elif given is not None:
            for twin in twins:
                if twin in source:
                    result[twin] = copy.deepcopy(source[twin])
    return result


def _clean(value: JsonObject) -> JsonObject:
    kept = {}
    for name, entry in value.items():
        is_color = name in ("rgbColor", *(plain for plain, _ in _PAIRS))
        if isinstance(entry, dict) and not is_color:
            entry = _clean(entry)
            if not entry:
                continue
        kept[name] = entry
    return kept


def range_out(grid_range: JsonObject) -> JsonObject:
    """A GridRange or DimensionRange as answered: sheet id 0 is left out, index 0 is not (recorded)."""
    return {name: entry for name, entry in grid_range.items() if not (name == "sheetId" and entry == 0)}


def ranges_out(value: Any) -> Any:
    """``range_out`` on every range inside a stored object."""
    if isinstance(value, list):
        return [ranges_out(entry) for entry in value]
    if not isinstance(value, dict):
        return value
    is_range = value.get("sheetId") == 0 and any(name.endswith(("Index", "dimension")) for name in value)
    whole_sheet = value == {"sheetId": 0}
    kept = range_out(value) if is_range or whole_sheet else value
    return {name: ranges_out(entry) for name, entry in kept.items()}
