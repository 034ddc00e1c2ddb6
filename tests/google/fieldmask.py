"""Field masks: ``sheets(properties(sheetId,title),data/rowData),spreadsheetId`` and their use.

Both separators (``.`` and ``/``) occur in recorded requests. A mask is a tree: ``{}`` means "all of it".
"""

from __future__ import annotations

import re
from typing import Any

from tests.google import discovery
from tests.google.discovery import JsonObject

Mask = dict[str, Any]

_TOKEN = re.compile(r"\s*([\w$*-]+|[(),./])")


class MaskError(ValueError):
    """The mask cannot be read, or names a field the schema does not have; the argument is the path."""


def parse(text: str) -> Mask:
    """Read a mask. Raises MaskError."""
    tokens: list[str] = []
    position = 0
    while position < len(text.rstrip()):
        found = _TOKEN.match(text, position)
        if found is None:
            raise MaskError(text)
        tokens.append(found.group(1))
        position = found.end()
    mask, rest = _paths(tokens, text)
    if rest:
        raise MaskError(text)
    return mask


def _paths(tokens: list[str], text: str) -> tuple[Mask, list[str]]:
    mask: Mask = {}
    while True:
        names: list[str] = []
        while True:
            if not tokens or tokens[0] in "(),./":
                raise MaskError(text)
            names.append(tokens[0])
            tokens = tokens[1:]
            if tokens and tokens[0] in "./":
                tokens = tokens[1:]
                continue
            break
        inner: Mask = {}
        if tokens and tokens[0] == "(":
            inner, tokens = _paths(tokens[1:], text)
            if not tokens or tokens[0] != ")":
                raise MaskError(text)
            tokens = tokens[1:]
        _insert(mask, names, inner)
        if tokens and tokens[0] == ",":
            tokens = tokens[1:]
            continue
        return mask, tokens


def _insert(mask: Mask, names: list[str], inner: Mask) -> None:
    *parents, last = names
    for name in parents:
        if name in mask and mask[name] == {}:
            return  # the whole of it is wanted already
        mask = mask.setdefault(name, {})
    if not inner or mask.get(last) == {}:
        mask[last] = {}
        return
    target = mask.setdefault(last, {})
    for name, deeper in inner.items():
        _insert(target, [name], deeper)


def child(mask: Mask | None, *names: str) -> Mask | None:
    """The part of the mask under the names; None when it is not wanted at all; ``{}`` when all of it is."""
    for name in names:
        if mask is None or mask == {} or mask.get("*") == {}:
            return mask if mask is None else {}
        mask = mask.get(name, mask.get("*"))
    return mask


def apply(mask: Mask, value: Any) -> Any:
    """The parts of ``value`` the mask wants. A message that is there stays, even if nothing in it was wanted."""
    if not mask:
        return value
    if isinstance(value, list):
        return [apply(mask, entry) for entry in value]
    if not isinstance(value, dict):
        return value
    if "*" in mask:
        wild = mask["*"]
        return {name: apply(mask.get(name) or wild, entry) for name, entry in value.items()}
    return {name: apply(mask[name], entry) for name, entry in value.items() if name in mask}


def check(mask: Mask, service: str, name: str) -> None:
    """Every field of the mask must exist in the schema. Raises MaskError with the offending path."""
    _check(mask, service, discovery.schema(service, name), "")


def _check(mask: Mask, service: str, node: JsonObject, path: str) -> None:
    while "$ref" in node or node.get("type") == "array":
        node = discovery.schema(service, node["$ref"]) if "$ref" in node else node["items"]
    for name, inner in mask.items():
        here = f"{path}.{name}" if path else name
        if "additionalProperties" in node or node.get("type") == "any":
            continue
        if name == "*":
            for known in node.get("properties", {}).values():
                if inner:
                    _check(inner, service, known, here)
            continue
        if name not in node.get("properties", {}):
            raise MaskError(here)
        _check(inner, service, node["properties"][name], here)
