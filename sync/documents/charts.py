"""The recap's charts as PNG: bars with hatches and values written on them, legible on a black and white printer.

Drawn without pyplot, so nothing outside this call is touched; same fields, same bytes (font, resolution and metadata
are fixed). What is drawn stands in the fields (``grafik``); this module only knows how.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font
from matplotlib.text import Text

from sync.documents.images import Picture
from sync.domain.fields import Fields

WIDTH = 160
"""Millimetres: the text width of A4 with the office's margins."""
_DPI = 200
_INCH = 25.4
_SIZE = 8.5
_EDGE = "#1a1a1a"
_FILL, _SECOND = "#c9d6e6", "#ffffff"
_HATCH, _SECOND_HATCH = "///", "xxx"
_FONT = Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"

Chart = Mapping[str, Any]


def draw_charts(fields: Fields) -> dict[str, Picture]:
    """Return a recap's charts: ``grafik_waktu``, ``grafik_kegiatan``, ``grafik_topik``, ``grafik_kabupaten``.

    A period without consultations has none.
    """
    charts = fields.get("grafik") or {}
    assert isinstance(charts, Mapping), "grafik maps names to charts"
    draw = {"waktu": _columns, "kegiatan": _shares, "topik": _bars, "kabupaten": _bars}
    return {f"grafik_{name}": draw[name](chart) for name, chart in charts.items() if isinstance(chart, Mapping)}


def _columns(chart: Chart) -> Picture:
    """Upright bars, one a week or month."""
    figure, axes = _figure(58)
    places = range(len(chart["nilai"]))
    drawn = axes.bar(places, chart["nilai"], width=0.6, color=_FILL, edgecolor=_EDGE, hatch=_HATCH, linewidth=0.8)
    axes.set_xticks(list(places), [_drawable(label) for label in chart["label"]])
    axes.set_ylim(0, _top(chart["nilai"]))
    axes.set_yticks([])
    _write_values(axes, drawn, chart["teks"])
    return _picture(figure, chart, 58)


def _bars(chart: Chart) -> Picture:
    """Lying bars, first on top: for labels too long to stand under a column."""
    height = 12 + 5.6 * len(chart["nilai"])
    figure, axes = _figure(height)
    places = range(len(chart["nilai"]))
    drawn = axes.barh(places, chart["nilai"], height=0.62, color=_FILL, edgecolor=_EDGE, hatch=_HATCH, linewidth=0.8)
    _label_rows(axes, chart["label"])
    axes.set_xlim(0, _top(chart["nilai"]))
    axes.set_xticks([])
    _write_values(axes, drawn, chart["teks"])
    return _picture(figure, chart, height)


def _shares(chart: Chart) -> Picture:
    """One bar a step, from 0 to 100 percent: within the standard, then over it."""
    height = 20 + 9.0 * len(chart["nilai"])
    figure, axes = _figure(height)
    places = list(range(len(chart["nilai"])))
    within = [100 * part / whole if whole else 0 for part, whole in zip(chart["nilai"], chart["dari"], strict=True)]
    over = [100 - share if whole else 0 for share, whole in zip(within, chart["dari"], strict=True)]
    style: dict[str, Any] = {"height": 0.6, "edgecolor": _EDGE, "linewidth": 0.8}
    axes.barh(places, within, color=_FILL, hatch=_HATCH, label="Sesuai standar", **style)
    axes.barh(places, over, left=within, color=_SECOND, hatch=_SECOND_HATCH, label="Melewati standar", **style)
    _label_rows(axes, chart["label"])
    axes.set_xlim(0, 100)
    axes.set_xticks([0, 25, 50, 75, 100], ["0 %", "25 %", "50 %", "75 %", "100 %"])
    for place, text, whole in zip(places, chart["teks"], chart["dari"], strict=True):
        words = f"{text} dari {whole}" if whole else "belum ada yang dinilai"
        axes.annotate(words, (101, place), va="center", annotation_clip=False, fontproperties=_font())
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.16), ncols=2, frameon=False, prop=_font())
    return _picture(figure, chart, height)


def _figure(height: float) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(WIDTH / _INCH, height / _INCH), dpi=_DPI, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0)
    return figure, axes


def _label_rows(axes: Axes, labels: Sequence[str]) -> None:
    axes.set_yticks(list(range(len(labels))), [_drawable(label) for label in labels])
    axes.invert_yaxis()


def _write_values(axes: Axes, drawn: Any, texts: Sequence[str]) -> None:
    axes.bar_label(drawn, labels=list(texts), padding=2, fontproperties=_font())


def _top(values: Sequence[int]) -> float:
    """Leave room for the number on the longest bar."""
    return max([*values, 1]) * 1.12


def _picture(figure: Figure, chart: Chart, height: float) -> Picture:
    for text in figure.findobj(Text):
        assert isinstance(text, Text), "findobj was asked for texts"
        text.set_parse_math(False)
        text.set_fontproperties(_font())
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=_DPI, metadata={"Software": None})
    return Picture(buffer.getvalue(), WIDTH, height, str(chart["keterangan"]))


def _font() -> FontProperties:
    return FontProperties(fname=str(_FONT), size=_SIZE)


@lru_cache(maxsize=1)
def _letters() -> frozenset[int]:
    return frozenset(FT2Font(str(_FONT)).get_charmap())


def _drawable(text: str) -> str:
    """Replace what the font cannot draw, so that a strange letter costs no more than itself."""
    return "".join(letter if ord(letter) in _letters() else "□" for letter in text)
