"""The cell styles of a book: styles are only ever added, so whatever refers to one by its number stays right."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from sync.workspace.local.package import MAIN, Package
from sync.workspace.local.serials import moment_styles
from sync.workspace.local.xml_tree import Element, parse, written

_FIRST_OWN_FORMAT = 164
_BUILT_IN = {"General": 0, "@": 49}


@dataclass(frozen=True, slots=True)
class Look:
    """What is asked of a style; what is None stays as it is in the style that it is made from.

    Fonts, fills, borders and alignments are elements as ``styles.xml`` has them, without prefix.
    """

    number_format: str | None = None
    font: str | None = None
    fill: str | None = None
    border: str | None = None
    alignment: str | None = None
    text_mark: bool | None = None
    """Whether a leading apostrophe is meant: what a spreadsheet program goes by when somebody edits the cell."""


class Styles:
    """``styles.xml`` of a package, with what a draft adds."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._part = next(
            relation.target for relation in package.relations(package.workbook) if relation.kind == "styles"
        )
        self._root = package.tree(self._part)
        self._styles = list(self._root.iterfind(f"{MAIN}cellXfs/{MAIN}xf"))
        self.moments = set(moment_styles(self._root))
        self._numbers = {_shape(style): number for number, style in reversed(list(enumerate(self._styles)))}
        self._made: dict[tuple[int, Look], int] = {}
        self._added = False

    def with_look(self, style: int, look: Look) -> int:
        """Return the number of the style that is like ``style`` but for ``look``."""
        key = (style, look)
        if key not in self._made:
            self._made[key] = self._like(style, look)
        return self._made[key]

    def difference(self, fill: str) -> int:
        """Return the number of a new style for conditional formats."""
        return self._append("dxfs", _parsed(f"<dxf>{fill}</dxf>"))

    def wraps(self, style: int) -> bool:
        """Tell whether text is broken into lines."""
        alignment = self._xf(style).find(f"{MAIN}alignment")
        return alignment is not None and alignment.get("wrapText") in {"1", "true"}

    def put(self) -> None:
        """Put what was added into the package."""
        if self._added:
            self._package.put(self._part, written(self._root))

    def _xf(self, style: int) -> Element:
        return self._styles[style] if style < len(self._styles) else self._styles[0]

    def _like(self, style: int, look: Look) -> int:
        made = deepcopy(self._xf(style))
        if look.number_format is not None:
            made.set("numFmtId", str(self._number_format(look.number_format)))
            made.set("applyNumberFormat", "1")
        for name, element in (("font", look.font), ("fill", look.fill), ("border", look.border)):
            if element is not None:
                made.set(f"{name}Id", str(self._element(name, element)))
                made.set(f"apply{name.capitalize()}", "1")
        if look.alignment is not None:
            for child in made.findall(f"{MAIN}alignment"):
                made.remove(child)
            made.insert(0, _parsed(look.alignment))
            made.set("applyAlignment", "1")
        if look.text_mark is not None and look.text_mark != (made.get("quotePrefix", "0") in {"1", "true"}):
            made.set("quotePrefix", str(int(look.text_mark)))
        standing = self._numbers.get(_shape(made))
        if standing is not None:
            return int(standing)
        number = self._append("cellXfs", made)
        self._numbers[_shape(made)] = number
        self._styles.append(made)
        self.moments = set(moment_styles(self._root))
        return number

    def _number_format(self, code: str) -> int:
        if code in _BUILT_IN:
            return _BUILT_IN[code]
        formats = self._root.find(f"{MAIN}numFmts")
        if formats is None:
            formats = _parsed("<numFmts/>")
            self._root.insert(0, formats)
        for standing in formats:
            if standing.get("formatCode") == code:
                found: int = int(standing.get("numFmtId", "0"))
                return found
        number = max([_FIRST_OWN_FORMAT - 1, *(int(standing.get("numFmtId", "0")) for standing in formats)]) + 1
        made = _parsed("<numFmt/>")
        made.set("numFmtId", str(number))
        made.set("formatCode", code)
        self._append("numFmts", made)
        return number

    def _element(self, name: str, element: str) -> int:
        made = _parsed(element)
        group = self._root.find(f"{MAIN}{name}s")
        for number, standing in enumerate(group):
            if _shape(standing) == _shape(made):
                return int(number)
        return self._append(f"{name}s", made)

    def _append(self, group_name: str, element: Element) -> int:
        self._added = True
        group = self._root.find(f"{MAIN}{group_name}")
        if group is None:  # only of dxfs: the others are in every book
            group = _parsed(f"<{group_name}/>")
            styles = self._root.find(f"{MAIN}cellStyles")
            self._root.insert(len(self._root) if styles is None else self._root.index(styles) + 1, group)
        group.append(element)
        group.set("count", str(len(group)))
        last: int = len(group) - 1
        return last


def _shape(element: Element) -> tuple[Any, ...]:
    """Return what makes two elements the same, whatever their prefixes."""
    return element.tag, frozenset(element.attrib.items()), tuple(map(_shape, element))


def _parsed(element: str) -> Element:
    return parse(f'<x xmlns="{MAIN[1:-1]}">{element}</x>'.encode())[0]
