"""What an operator, a filter or a method of a template would cost, looked at before it is carried out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sized
from typing import Any

from jinja2.exceptions import SecurityError

from sync.documents.budget import LONGEST_TEXT, TooCostly, spend

WIDEST = 1_000
"""The widest that a template may make a word, and the most pieces it may cut a list into."""
_LONGEST_WRAPPED = 40_000
"""A cell's text, which is slow to break into lines."""
_BITS = 4_096
_SIZED = frozenset({"batch", "center", "indent", "ljust", "rjust", "round", "slice", "wordwrap", "zfill"})
CONTAINERS = (list, tuple, dict, set, frozenset)
_FORMAT = re.compile(r"%(?:\([^)]*\))?([^a-zA-Z%]*)[a-zA-Z%]")


def check_call(name: str, subject: Any, args: tuple[Any, ...], named: Mapping[str, Any]) -> None:
    """Look at a filter, or a method of a text, on ``subject``.

    Raises:
        TooCostly.
    """
    given = (*args, *named.values())
    spend(size_of(subject))
    texts = [len(value) for value in given if isinstance(value, str)]
    if name in _SIZED and any(isinstance(value, int) and abs(value) > WIDEST for value in given):
        raise TooCostly(f"{name} is given more than {WIDEST}")
    if name in {"batch", "slice", "sum"}:
        check_flat(given)
    if name == "format":
        _check_format(str(subject), given)
    elif name == "indent":
        check_length(size_of(subject) + (str(subject).count("\n") + 2) * max(texts, default=0))
    elif name == "wordwrap" and size_of(subject) > _LONGEST_WRAPPED:
        raise TooCostly(f"wordwrap of more than {_LONGEST_WRAPPED:,} characters")
    elif name in {"replace", "wordwrap"}:
        check_length(size_of(subject) + (size_of(subject) + 1) * max(texts, default=0))
    elif name == "join" and isinstance(subject, str):
        _check_joined(given[0] if given else (), len(subject))
    elif name == "join":
        _check_joined(subject, max(texts, default=0))


def _check_joined(entries: Any, between: int) -> None:
    if isinstance(entries, list | tuple):
        check_length(sum(len(entry) for entry in entries if isinstance(entry, str)) + len(entries) * between)


def check_operands(operator: str, left: Any, right: Any) -> None:
    """Look at one of ``+ * ** %``.

    Raises:
        TooCostly.
    """
    if operator != "%" and (isinstance(left, CONTAINERS) or isinstance(right, CONTAINERS)):
        raise TooCostly(f"{operator} with a list")
    if operator == "%" and isinstance(left, str):
        _check_format(left, right if isinstance(right, tuple) else (right,))
    elif operator == "*" and isinstance(left, str) and isinstance(right, int):
        check_length(len(left) * right)
    elif operator == "*" and isinstance(right, str) and isinstance(left, int):
        check_length(len(right) * left)
    elif operator == "+" and isinstance(left, str) and isinstance(right, str):
        check_length(len(left) + len(right))
    elif isinstance(left, int) and isinstance(right, int):
        bits = left.bit_length() * right if operator == "**" else left.bit_length() + right.bit_length()
        if bits > _BITS:
            raise TooCostly("a number with thousands of digits")


def check_flat(items: Iterable[Any]) -> None:
    """Refuse lists inside a list.

    Raises:
        TooCostly.
    """
    if any(isinstance(item, CONTAINERS) for item in items):
        raise TooCostly("a list of lists")


def _check_format(text: str, given: tuple[Any, ...]) -> None:
    values = [value for item in given for value in (item.values() if isinstance(item, dict) else (item,))]
    longest = max((len(value) for value in values if isinstance(value, str)), default=0)
    check_length(len(text) + text.count("%") * longest)
    for found in _FORMAT.finditer(text):
        if "*" in found[1] or any(len(digits) > 3 for digits in re.findall(r"\d+", found[1])):
            raise TooCostly("a format that is too wide")


def check_length(length: int) -> None:
    """Refuse to put together a text of so many characters.

    Raises:
        TooCostly.
    """
    if length > LONGEST_TEXT:
        raise TooCostly(f"a text of more than {LONGEST_TEXT:,} characters")


def charged(result: Any) -> Any:
    """Return what an operation gave, charged for its length: at once, or as its entries are taken."""
    if isinstance(result, Iterator):
        return _counted(result)
    spend(size_of(result))
    return result


def _counted(items: Iterator[Any]) -> Iterator[Any]:
    for item in items:
        spend()
        yield item


def size_of(value: Any) -> int:
    """Return how many characters or entries a value has."""
    return len(value) if isinstance(value, Sized) else 0


def refuse_list(value: object) -> None:
    """Refuse to print what is no single value.

    Raises:
        SecurityError.
    """
    if isinstance(value, (*CONTAINERS, Iterator)):
        raise SecurityError("a list cannot be printed; print its entries one by one")
