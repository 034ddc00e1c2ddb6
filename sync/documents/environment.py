"""The Jinja environment of templates: sandboxed, strict, escaping, and with nothing in it but the fields.

A template is a file that many hands can reach, so it is never trusted: no attribute of Python can be read, nothing can
be changed, a name that is not a field is an error, data can never become XML or a tag, and what a template may cost is
limited (:mod:`sync.documents.sandbox`).
"""

from __future__ import annotations

import re
from typing import Any

from jinja2 import StrictUndefined
from markupsafe import Markup, escape

from sync.documents.budget import current
from sync.documents.costs import refuse_list
from sync.documents.sandbox import BoundedEnvironment
from sync.domain.clean import clean
from sync.domain.wording import number_text

_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'
DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Invisible marks that turn the words after them around, the office's own too; Arabic reads right without them."""


def as_word(value: Any) -> Any:
    """Return a printed value as it goes into the XML of a text run.

    Line breaks and tabs become Word's own; other control characters are dropped (docxtpl would read some of them as
    commands: a bell as a new paragraph, a form feed as a page break), and so are marks of direction. Truth and numbers
    are worded in Indonesian.

    Raises:
        SecurityError: it is a list, which only its entries can be printed of.
        TooCostly: the document has no room for it.
    """
    if isinstance(value, str):
        kept = DIRECTION.sub("", clean(value))
        text = Markup(kept) if isinstance(value, Markup) else escape(kept)  # noqa: S704  joined of escaped values
        if "\n" in text or "\t" in text:
            broken = str(text).replace("\n", _BREAK).replace("\t", _TAB)
            text = Markup(broken)  # noqa: S704  escaped above; only our own markup was put in
        budget = current()
        if budget is not None:
            budget.print(len(text))
        return text
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Ya" if value else "Tidak"
    if isinstance(value, float):
        return number_text(value, 2)
    refuse_list(value)
    return value


def template_environment() -> BoundedEnvironment:
    """Return the environment every template runs in."""
    return BoundedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=as_word, keep_trailing_newline=True)
