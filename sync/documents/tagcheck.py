"""Where a template's tags cannot be read: which tag, and near what, so that the officer finds it on the page.

Jinja stops at the first tag it stumbles over, which is often a sound one: after ``{{ topik }`` it reads on to the next
``}}``, pages later. A tag never leaves its paragraph in Word, so each is looked at on its own, and blocks are paired.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jinja2 import Environment
from jinja2.exceptions import TemplateSyntaxError
from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from sync.documents.faults import Fault, FaultCode
from sync.documents.prepare import COMPILER_STUMBLES

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TAG = re.compile(r"\{\{(?:(?!\{\{|\{%).)*?\}\}|\{%(?:(?!\{\{|\{%).)*?%\}|\{#.*?#\}")
_BRACES = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_STATEMENT = re.compile(r"\{%[-+]?\s*(?:(?:p|tr|tc|r)\s)?\s*(\w+)(.*?)[-+]?%\}")
_OF_WORD = re.compile(r"\{\{(?:p|tr|tc|r)\s")
_QUOTES = str.maketrans("“”‘’", "\"\"''")
_CLOSED_BY = {"if": "endif", "for": "endfor"}
_INSIDE = {"else": ("if", "for"), "elif": ("if",)}
_AROUND = 25


@dataclass(slots=True)
class _Open:
    """A block that waits for its end; ``near`` is empty until words follow it."""

    keyword: str
    tag: str
    near: str


def tag_faults(file: str, place: str, root: etree._Element, environment: Environment) -> list[Fault]:
    """Return what is wrong with the tags of one part; ``root`` is its XML as the file has it."""
    return [
        Fault(code, file, field=tag, place=place, near=near, detail=f"near {near!r}")
        for code, tag, near in _found(root, environment)
    ]


def _found(root: etree._Element, environment: Environment) -> Iterator[tuple[FaultCode, str, str]]:
    waiting: list[_Open] = []
    before = ""
    for paragraph in root.iter(f"{_WORD}p"):
        text = "".join(piece.text or "" for piece in paragraph.iter(f"{_WORD}t"))
        if not text.strip():
            continue
        for brace in _BRACES.finditer(_TAG.sub(lambda match: "\0" * len(match[0]), text)):
            yield FaultCode.UNFINISHED_TAG, "", _short(text[max(0, brace.start() - _AROUND) : brace.end() + _AROUND])
            break
        own = _short(_TAG.sub("", text))
        words = own if re.search(r"\w", own) else ""
        for block in waiting:
            block.near = block.near or words
        near = words or before
        for match in _TAG.finditer(text):
            tag = match[0]
            if tag.startswith("{{") and not _readable(_OF_WORD.sub("{{ ", tag), environment):
                yield FaultCode.SYNTAX, tag, _short(tag)
            elif statement := _STATEMENT.fullmatch(tag):
                yield from _judged(statement, near, waiting, environment)
        before = near
    for block in waiting:
        yield FaultCode.UNPAIRED_TAG, block.tag, block.near


def _judged(
    statement: re.Match[str], near: str, waiting: list[_Open], environment: Environment
) -> Iterator[tuple[FaultCode, str, str]]:
    tag, keyword, rest = statement[0], statement[1], statement[2]
    if keyword in _CLOSED_BY:
        # A table's header stands before the rows that a loop repeats; a paragraph follows the tag that governs it.
        waiting.append(_Open(keyword, tag, near if "{%tr" in tag else ""))
        if not _readable(f"{{% {keyword} {rest} %}}{{% {_CLOSED_BY[keyword]} %}}", environment):
            yield FaultCode.SYNTAX, tag, _short(tag)
    elif keyword in _INSIDE:
        if not waiting or waiting[-1].keyword not in _INSIDE[keyword]:
            yield FaultCode.UNPAIRED_TAG, tag, near
    elif keyword in _CLOSED_BY.values():
        if waiting and _CLOSED_BY[waiting[-1].keyword] == keyword:
            waiting.pop()
        elif any(_CLOSED_BY[block.keyword] == keyword for block in waiting):
            yield FaultCode.UNPAIRED_TAG, waiting[-1].tag, waiting[-1].near
            while _CLOSED_BY[waiting.pop().keyword] != keyword:
                pass
        else:
            yield FaultCode.UNPAIRED_TAG, tag, near


def _readable(source: str, environment: Environment) -> bool:
    try:
        environment.compile(source.translate(_QUOTES))
    except (TemplateSyntaxError, *COMPILER_STUMBLES):
        return False
    return True


def _short(text: str) -> str:
    return " ".join(text.split())[:60]
