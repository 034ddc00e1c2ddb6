"""Google's discovery documents: routes, parameters, scopes and schemas of the three services.

The documents ship with google-api-python-client (see tests/data/google/discovery/README.md).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

JsonObject = dict[str, Any]

FOLDER = Path(__file__).resolve().parent.parent / "data" / "google" / "discovery"
SERVICES = {"sheets": "sheets.v4.json", "drive": "drive.v3.json", "forms": "forms.v1.json"}


@dataclass(frozen=True, slots=True)
class Method:
    """One API method: where it lies, what it takes and what it answers."""

    service: str
    id: str
    verb: str
    path: str
    pattern: re.Pattern[str]
    parameters: JsonObject
    scopes: tuple[str, ...]
    request: str | None
    answer: str | None
    upload: bool

    @property
    def short(self) -> str:
        """The id without the service, such as ``spreadsheets.values.append``."""
        return self.id.split(".", 1)[1]


@cache
def document(service: str) -> JsonObject:
    """The discovery document of ``sheets``, ``drive`` or ``forms``."""
    loaded: JsonObject = json.loads((FOLDER / SERVICES[service]).read_text(encoding="utf-8"))
    return loaded


def _pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"\{\+?(\w+)\}", template)
    built = "".join(f"(?P<{part}>[^/]+?)" if index % 2 else re.escape(part) for index, part in enumerate(parts))
    return re.compile(f"^/{built}$")


def _collect(service: str, resource: JsonObject, found: list[Method]) -> None:
    base = document(service)["servicePath"]
    for spec in resource.get("methods", {}).values():
        paths = [(base + spec.get("flatPath", spec["path"]), False)]
        if media := spec.get("mediaUpload"):
            paths.append((media["protocols"]["simple"]["path"].lstrip("/"), True))
        for path, upload in paths:
            found.append(
                Method(
                    service=service,
                    id=spec["id"],
                    verb=spec["httpMethod"],
                    path="/" + path,
                    pattern=_pattern(path),
                    parameters=spec.get("parameters", {}),
                    scopes=tuple(spec.get("scopes", ())),
                    request=spec.get("request", {}).get("$ref"),
                    answer=spec.get("response", {}).get("$ref"),
                    upload=upload,
                )
            )
    for child in resource.get("resources", {}).values():
        _collect(service, child, found)


@cache
def methods() -> tuple[Method, ...]:
    """Every method of the three services; paths with a literal tail before those that would swallow it."""
    found: list[Method] = []
    for service in SERVICES:
        _collect(service, document(service), found)
    # `…/values/{range}:append` has to be tried before `…/values/{range}`.
    return tuple(sorted(found, key=lambda method: -len(re.sub(r"\{[^}]*\}", "", method.path))))


def common_parameters(service: str) -> JsonObject:
    """The parameters every method of the service takes (``fields``, ``alt``, ``key`` …)."""
    parameters: JsonObject = document(service)["parameters"]
    return parameters


def schema(service: str, name: str) -> JsonObject:
    """One schema of the document."""
    found: JsonObject = document(service)["schemas"][name]
    return found


def json_schema(service: str, name: str) -> JsonObject:
    """The schema ``name`` as JSON Schema: closed objects, int64 as string, enums kept.

    The walker in ``conform.py`` does the daily work, being many times faster; this is its second opinion.
    """
    return {"$ref": f"#/$defs/{name}", "$defs": _definitions(service)}


@cache
def _definitions(service: str) -> JsonObject:
    return {name: _convert(node) for name, node in document(service)["schemas"].items()}


def _convert(node: JsonObject) -> JsonObject:
    if "$ref" in node:
        return {"$ref": f"#/$defs/{node['$ref']}"}
    kind = node.get("type", "object")
    if kind == "any":
        return {}
    if kind == "array":
        return {"type": "array", "items": _convert(node["items"])}
    if kind == "object":
        if "additionalProperties" in node:
            return {"type": "object", "additionalProperties": _convert(node["additionalProperties"])}
        properties = {key: _convert(value) for key, value in node.get("properties", {}).items()}
        return {"type": "object", "properties": properties, "additionalProperties": False}
    if kind == "string" and "enum" in node:
        return {"type": "string", "enum": node["enum"]}
    return {"type": kind}
