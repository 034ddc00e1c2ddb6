"""The tags of one template part: where each stands in the source, and which are more than a template needs.

What is too much is seen before anything works on it: docxtpl's regular expressions, Jinja's parser and Python's own
compiler all take a power of the length, or the whole stack, for what no Word template ever holds.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

MOST_TAGS = 5_000
LONGEST_TAG = 2_000
"""Characters of one tag."""
DEEPEST_BRACKETS = 50
DEEPEST_BLOCKS = 15
"""Blocks inside blocks; Python compiles no more than twenty."""
_MOST_UNFINISHED = 10
_NEAR = 20_000
"""So far after its beginning, in characters of XML, a tag has to end. Word may cut each letter off by a run."""
_OPENING = re.compile(r"\{[{%#]")
_CLOSED_BY = {"{{": "}}", "{%": "%}", "{#": "#}"}
_RAW = r"\{%[-+]?\s*raw\b.*?\bendraw\s*[-+]?%\}"
_TAG = re.compile(rf"{_RAW}|\{{#.*?#\}}|\{{\{{.*?\}}\}}|\{{%.*?%\}}", re.DOTALL)
_BLOCK = re.compile(r"\{%[-+]?\s*(\w+)")
_BLOCKS = frozenset({"if", "for", "with", "filter", "autoescape"})
_MERGED = re.compile(r"\{%\s*[vh]m\s*%\}")
_CELL_STYLE = "</w:tcPr"


@dataclass(frozen=True, slots=True)
class TooMuch:
    """What a part has too much of, and the tag at which it is."""

    tag: str
    why: str


@dataclass(frozen=True, slots=True)
class TagLines:
    """Which tag stands on which line of a source in which each begins a line of its own."""

    lines: tuple[int, ...]
    tags: tuple[str, ...]

    def at(self, line: int) -> str:
        """Return the tag on ``line`` (1-based), ``""`` where there is none."""
        index = bisect_right(self.lines, line) - 1
        return self.tags[index] if index >= 0 else ""


NO_TAGS = TagLines((), ())


def too_much_xml(xml: str) -> TooMuch | None:
    """Look at a part as the file has it, before docxtpl works on it."""
    unfinished = 0
    for count, opening in enumerate(_OPENING.finditer(xml), 1):
        if count > MOST_TAGS:
            return TooMuch(_near(xml, opening), f"the part has more than {MOST_TAGS:,} tags")
        if xml.find(_CLOSED_BY[opening[0]], opening.end(), opening.end() + _NEAR) < 0:
            unfinished += 1
            if unfinished > _MOST_UNFINISHED:
                return TooMuch(_near(xml, opening), "many tags have no end")
    for merged in _MERGED.finditer(xml):
        cell = xml[max(0, xml.rfind("<w:tc>", 0, merged.start()), xml.rfind("<w:tc ", 0, merged.start())) :]
        if cell[: cell.find("</w:tc>")].count(_CELL_STYLE) != 1 or cell.find(_CELL_STYLE) > cell.find(merged[0]):
            return TooMuch(merged[0], "a merged cell has to say its width first")
    return None


def too_much_source(source: str) -> TooMuch | None:
    """Look at a part as Jinja is going to read it."""
    depth = 0
    for found in _TAG.finditer(source):
        tag = found[0]
        if tag.startswith("{#") or tag.endswith("endraw %}"):
            continue
        if len(tag) > LONGEST_TAG:
            return TooMuch(shown(tag), f"it is longer than {LONGEST_TAG:,} characters")
        if _deepest(tag) > DEEPEST_BRACKETS:
            return TooMuch(shown(tag), f"it has more than {DEEPEST_BRACKETS} brackets inside each other")
        block = _BLOCK.match(tag)
        if block is not None:
            depth += (block[1] in _BLOCKS) - (block[1].removeprefix("end") in _BLOCKS and block[1].startswith("end"))
            if depth > DEEPEST_BLOCKS:
                return TooMuch(shown(tag), f"more than {DEEPEST_BLOCKS} blocks stand inside each other")
    return None


def numbered(source: str) -> tuple[str, TagLines]:
    """Return the source with a line break inside each tag, where Jinja minds none, and which tag is on which line."""
    pieces: list[str] = []
    lines: list[int] = []
    tags: list[str] = []
    line, end = 1, 0
    for found in _TAG.finditer(source):
        before, tag = source[end : found.start()], found[0]
        end = found.end()
        line += before.count("\n")
        if not tag.startswith("{#") and not re.match(_RAW, tag, re.DOTALL):
            inside = 3 if tag[2:3] in "-+" else 2
            lines.append(line + 1)  # what stands in the tag stands after the break
            tags.append(shown(tag))
            tag = f"{tag[:inside]}\n{tag[inside:]}"
        pieces += (before, tag)
        line += tag.count("\n")
    return "".join((*pieces, source[end:])), TagLines(tuple(lines), tuple(tags))


def shown(tag: str) -> str:
    """Return a tag as a message shows it: on one line, and not too long."""
    text = " ".join(re.sub(r"<[^>]*>", "", tag[:4_000]).split())
    return text if len(text) <= 60 else f"{text[:59]}…"


def _near(xml: str, opening: re.Match[str]) -> str:
    return shown(xml[opening.start() : opening.start() + _NEAR])


def _deepest(tag: str) -> int:
    if sum(map(tag.count, "([{")) <= DEEPEST_BRACKETS:
        return 0
    depth = deepest = 0
    for character in tag:
        if character in "([{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in ")]}":
            depth -= 1
    return deepest
