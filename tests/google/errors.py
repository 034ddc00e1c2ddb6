"""Errors as the two families of Google APIs word them.

Sheets and Forms answer ``{"error": {code, message, status, details?}}`` (recorded), Drive adds an ``errors`` list
with a ``reason`` a client can act on (https://developers.google.com/workspace/drive/api/guides/handle-errors).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

JsonObject = dict[str, Any]

_STATUS_NAMES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    409: "ALREADY_EXISTS",
    412: "FAILED_PRECONDITION",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    501: "UNIMPLEMENTED",
    503: "UNAVAILABLE",
}


@dataclass
class ApiError(Exception):
    """A refusal. ``reason``, ``domain`` and ``location`` show only in Drive's form of the body."""

    code: int
    message: str
    reason: str = ""
    domain: str = "global"
    location: str = ""
    location_type: str = "parameter"
    details: list[JsonObject] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.code} {self.message}"

    def body(self, service: str) -> JsonObject:
        """The JSON body in the family of ``service``."""
        return drive_body(self) if service == "drive" else sheets_body(self)


def sheets_body(error: ApiError) -> JsonObject:
    """The body of a Sheets or Forms error: no ``errors`` list."""
    inner: JsonObject = {
        "code": error.code,
        "message": error.message,
        "status": _STATUS_NAMES.get(error.code, "UNKNOWN"),
    }
    if error.details:
        inner["details"] = error.details
    return {"error": inner}


def drive_body(error: ApiError) -> JsonObject:
    """The body of a Drive error: an ``errors`` list with domain and reason."""
    entry: JsonObject = {"message": error.message, "domain": error.domain, "reason": error.reason or "invalid"}
    if error.location:
        entry |= {"location": error.location, "locationType": error.location_type}
    return {"error": {"code": error.code, "message": error.message, "errors": [entry]}}


def invalid(message: str, details: list[JsonObject] | None = None) -> ApiError:
    """400 INVALID_ARGUMENT."""
    return ApiError(400, message, "badRequest", details=details or [])


def field_violations(texts: list[tuple[str, str]]) -> ApiError:
    """400 for a body or parameter the JSON front end could not read; one violation a line (recorded shape)."""
    violations = [{"field": path, "description": text} if path else {"description": text} for path, text in texts]
    detail = {"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": violations}
    return invalid("\n".join(text for _, text in texts), [detail])


def not_found(message: str = "Requested entity was not found.") -> ApiError:
    """404 as Sheets and Forms say it (recorded)."""
    return ApiError(404, message, "notFound")


def denied(message: str = "The caller does not have permission") -> ApiError:
    """403 as Sheets says it (recorded by gspread's authors)."""
    return ApiError(403, message, "forbidden")


def unimplemented(what: str) -> ApiError:
    """501: the stand-in does not know how Google would answer, and says so instead of guessing."""
    return ApiError(501, f"the stand-in for Google does not implement {what}", "notImplemented")


def file_not_found(file_id: str) -> ApiError:
    """Drive's 404."""
    return ApiError(404, f"File not found: {file_id}.", "notFound", location="fileId")
