"""Does a JSON value conform to a schema of a discovery document?

Requests are read as Google's JSON front end reads them: ``null`` counts as absent, a lone value stands for a list
of one (seen in a recording: ``values: "X"`` is refused as a bad *element*, not as "no list"), numbers may come as
strings. Answers are held to the letter.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from tests.google import discovery
from tests.google.discovery import JsonObject


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong at ``path``; ``text`` is worded as Google words it."""

    path: str
    text: str


Walker = Callable[[Any, str, list[Fault], bool], Any]

_PACKAGES = {"sheets": "google.apps.sheets.v4", "drive": "google.apps.drive.v3", "forms": "google.apps.forms.v1"}
_INTEGER = re.compile(r"^-?\d+$")
_NUMBER_NAMES = {"int32": "TYPE_INT32", "float": "TYPE_FLOAT", "double": "TYPE_DOUBLE"}


def snake(name: str) -> str:
    """``addSheet`` → ``add_sheet``: Google's messages name fields as its protocol buffers do."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", lambda found: "_" + found.group(1).lower(), name)


def read_request(service: str, name: str, value: Any, root: str = "") -> tuple[Any, list[Fault]]:
    """The request body as Google reads it, and what is wrong with it. ``root`` is the field the body is bound to."""
    faults: list[Fault] = []
    return _walker(service, name)(value, root, faults, False), faults


def check_answer(service: str, name: str, value: Any) -> list[Fault]:
    """What is wrong with an answer; empty when it conforms."""
    faults: list[Fault] = []
    _walker(service, name)(value, "", faults, True)
    return faults


@cache
def _walker(service: str, name: str) -> Walker:
    node = discovery.schema(service, name)
    return _compile(service, node, name)


def _invalid(path: str, kind: str, value: Any) -> Fault:
    return Fault(path, f"Invalid value at '{path}' ({kind}), {json.dumps(value, ensure_ascii=False)}")


def _compile(service: str, node: JsonObject, owner: str) -> Walker:
    if "$ref" in node:
        target = node["$ref"]
        return lambda value, path, faults, strict: _walker(service, target)(value, path, faults, strict)
    kind = node.get("type", "object")
    if kind == "any":
        return lambda value, path, faults, strict: value
    if kind == "array":
        return _array(service, node, owner)
    if kind == "object":
        return _map(service, node, owner) if "additionalProperties" in node else _object(service, node, owner)
    return _scalar(service, node, owner)


def _array(service: str, node: JsonObject, owner: str) -> Walker:
    items = node["items"]
    item = _compile(service, items, owner)
    rows_of_any = items.get("type") == "array" and items["items"].get("type") == "any"

    def walk(value: Any, path: str, faults: list[Fault], strict: bool) -> Any:
        if not isinstance(value, list):
            if strict:
                faults.append(Fault(path, f"'{path}' is not a list"))
                return value
            value = [value]
            if rows_of_any and not isinstance(value[0], list):
                faults.append(_invalid(path, "type.googleapis.com/google.protobuf.ListValue", value[0]))
                return value
        if rows_of_any:
            for index, row in enumerate(value):
                if not isinstance(row, list):
                    place = f"{path}[{index}]"
                    faults.append(_invalid(place, "type.googleapis.com/google.protobuf.ListValue", row))
            return value
        return [item(entry, f"{path}[{index}]", faults, strict) for index, entry in enumerate(value)]

    return walk


def _map(service: str, node: JsonObject, owner: str) -> Walker:
    item = _compile(service, node["additionalProperties"], owner)

    def walk(value: Any, path: str, faults: list[Fault], strict: bool) -> Any:
        if not isinstance(value, dict):
            faults.append(Fault(path, f"Invalid value at '{path}' (Map), {json.dumps(value)}"))
            return value
        # A null in a map is kept: Drive reads `appProperties: {"key": null}` as "delete this key".
        kept = {}
        for key, entry in value.items():
            kept[key] = None if entry is None else item(entry, f"{path}[{json.dumps(key)}]", faults, strict)
        return kept

    return walk


def _object(service: str, node: JsonObject, owner: str) -> Walker:
    name = node.get("id", owner)
    children = node.get("properties", {})
    properties = {key: (_compile(service, child, f"{name}.{key}"), snake(key)) for key, child in children.items()}
    type_name = f"type.googleapis.com/{_PACKAGES[service]}.{name}"

    def walk(value: Any, path: str, faults: list[Fault], strict: bool) -> Any:
        if not isinstance(value, dict):
            faults.append(_invalid(path, type_name, value))
            return value
        read: JsonObject = {}
        for key, entry in value.items():
            known = properties.get(key)
            if known is None:
                where = f" at '{path}'" if path else ""
                text = f'Invalid JSON payload received. Unknown name "{key}"{where}: Cannot find field.'
                faults.append(Fault(path, text))
            elif entry is None:
                if strict:
                    faults.append(Fault(path, f"null at '{path}.{key}'"))
            elif strict:
                # A large answer is only looked at, not copied.
                known[0](entry, f"{path}.{known[1]}", faults, True)
            else:
                read[key] = known[0](entry, f"{path}.{known[1]}" if path else known[1], faults, False)
        return read

    return walk


def _scalar(service: str, node: JsonObject, owner: str) -> Walker:
    kind, form = node["type"], node.get("format", "")
    allowed = frozenset(node["enum"]) if "enum" in node else None
    holder, _, field = owner.rpartition(".")
    enum_name = f"type.googleapis.com/{_PACKAGES[service]}.{holder}.{field[:1].upper()}{field[1:]}"
    number_name = _NUMBER_NAMES.get(form, "TYPE_INT64" if form == "int64" else "TYPE_DOUBLE")

    def walk(value: Any, path: str, faults: list[Fault], strict: bool) -> Any:
        if kind == "boolean":
            if not isinstance(value, bool):
                faults.append(_invalid(path, "TYPE_BOOL", value))
        elif kind in ("integer", "number"):
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                if not strict and isinstance(value, str) and _INTEGER.match(value):
                    return int(value)
                faults.append(_invalid(path, number_name, value))
            elif kind == "integer" and value != int(value):
                faults.append(_invalid(path, number_name, value))
            elif kind == "integer":
                return int(value)
        elif not isinstance(value, str):
            if not strict and form == "int64" and isinstance(value, int) and not isinstance(value, bool):
                return str(value)
            faults.append(_invalid(path, "TYPE_STRING", value))
        elif allowed is not None and value not in allowed:
            faults.append(_invalid(path, enum_name, value))
        return value

    return walk
