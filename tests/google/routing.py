"""From a request line to the method it means and the handler that answers it."""

from __future__ import annotations

from collections.abc import Set
from urllib.parse import unquote

from tests.google.calls import Handler
from tests.google.discovery import JsonObject, Method, common_parameters, methods
from tests.google.drive.methods import HANDLERS as DRIVE
from tests.google.errors import ApiError, field_violations, unimplemented
from tests.google.forms.methods import HANDLERS as FORMS
from tests.google.sheets.methods import HANDLERS as SHEETS

HANDLERS: dict[str, tuple[Handler, Set[str]]] = {**SHEETS, **DRIVE, **FORMS}

_HARMLESS = {"alt", "fields", "prettyPrint", "key", "quotaUser", "userIp", "uploadType", "upload_id", "access_token"}
_READ_ONLY_POSTS = {
    "sheets.spreadsheets.getByDataFilter",
    "sheets.spreadsheets.values.batchGetByDataFilter",
    "sheets.spreadsheets.developerMetadata.search",
}


def find(verb: str, path: str) -> tuple[Method, dict[str, str]] | None:
    """The method of the request and its path variables; the path is matched before it is unquoted."""
    for method in methods():
        if method.verb == verb and (found := method.pattern.match(path)):
            return method, {name: unquote(value) for name, value in found.groupdict().items()}
    return None


def kind_of(method: Method) -> str:
    """``sheets_read``, ``sheets_write``, ``drive`` or ``forms``: "a read = any get/search" (Sheets usage limits)."""
    if method.service != "sheets":
        return method.service
    read = method.verb == "GET" or method.id in _READ_ONLY_POSTS
    return "sheets_read" if read else "sheets_write"


def handler(method: Method, query: dict[str, list[str]]) -> Handler:
    """The handler, if it exists and honours every parameter sent. Raises 501 or 400.

    Sheets and Forms refuse a parameter they do not know; Drive ignores it (recorded: files.get with
    includeItemsFromAllDrives).
    """
    entry = HANDLERS.get(method.id)
    if entry is None:
        raise unimplemented(f"the method {method.id}")
    function, honoured = entry
    known = {**method.parameters, **common_parameters(method.service)}
    for name, values in query.items():
        if name not in known and name not in _HARMLESS:
            if method.service == "drive":
                continue
            text = (
                f'Invalid JSON payload received. Unknown name "{name}": Cannot bind query parameter. '
                f"Field '{name}' could not be found in request message."
            )
            raise field_violations([("", text)])
        spec = known.get(name, {})
        _check_value(method, name, spec, values)
        is_default = all(value == spec.get("default", "") for value in values)
        if name not in honoured and name not in _HARMLESS and not is_default:
            raise unimplemented(f"the parameter {name} of {method.id}")
    return function


def _check_value(method: Method, name: str, spec: JsonObject, values: list[str]) -> None:
    for value in values:
        wrong = "enum" in spec and value and value not in spec["enum"]
        wrong = wrong or (spec.get("type") == "boolean" and value.lower() not in ("true", "false", "1", "0", ""))
        wrong = wrong or (spec.get("type") == "integer" and bool(value) and not value.lstrip("-").isdigit())
        if not wrong:
            continue
        if method.service == "drive":
            raise ApiError(400, "Invalid Value", "invalidParameter", location=name)
        kind = {"boolean": "TYPE_BOOL", "integer": "TYPE_INT32"}.get(spec.get("type", ""), "TYPE_ENUM")
        text = f"Invalid value at '{name}' ({kind}), \"{value}\""
        raise field_violations([(name, text)])
