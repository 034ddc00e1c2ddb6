"""The stand-in without its socket: one request in, one reply out, under one lock."""

from __future__ import annotations

import json
import sys
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

from tests.google import conform, fieldmask, routing
from tests.google.calls import Answer, Call, Principal
from tests.google.clock import Clock
from tests.google.counters import Counters, Record
from tests.google.discovery import JsonObject, Method
from tests.google.drive.resource import DEFAULT_FIELDS
from tests.google.drive.upload import resume
from tests.google.errors import ApiError, field_violations, unimplemented
from tests.google.faults import Faults, Rule
from tests.google.quota import Quota
from tests.google.state import Settings, State
from tests.google.token import IMPERSONATION, Tokens

_BOUND_TO = {
    "sheets.spreadsheets.values.update": "data",
    "sheets.spreadsheets.values.append": "data",
    "sheets.spreadsheets.create": "spreadsheet",
    "forms.forms.create": "form",
}
"""The field a body is bound to shows in the paths of its faults (recorded: ``data.values``)."""


@dataclass
class Request:
    """A request as it came over the wire; header names in lower case."""

    verb: str
    target: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass
class Reply:
    """A reply to send; ``drop`` means: none, hang up."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    drop: bool = False


class Google:
    """The account, its clock, its faults and its counters."""

    def __init__(self) -> None:
        self.state = State()
        self.settings = Settings()
        self.clock = Clock()
        self.tokens = Tokens()
        self.quota = Quota()
        self.faults = Faults()
        self.counters = Counters()
        self.lock = threading.RLock()

    def snapshot(self) -> State:
        """The state as it is now, to come back to."""
        with self.lock:
            return self.state.clone()

    def restore(self, snapshot: State) -> None:
        """Back to a snapshot, which stays good for another time."""
        with self.lock:
            self.state = snapshot.clone()

    def handle(self, request: Request) -> Reply:
        """Answer one request: faults first, then the call, then faults after the effect."""
        split = urlsplit(request.target)
        path = split.path
        query = parse_qs(split.query, keep_blank_values=True)
        found = routing.find(request.verb, path)
        if request.verb == "PUT" and path.startswith("/upload/drive/v3/files") and "upload_id" in query:
            found = routing.find("PATCH" if path.count("/") > 4 else "POST", path)
        is_token = path == "/token" or IMPERSONATION.match(path) is not None
        kind = "token" if is_token else routing.kind_of(found[0]) if found else "unknown"
        method_id = "token" if is_token else found[0].id if found else "unknown"
        with self.lock:
            rules = self.faults.matching(kind, method_id, request.verb, path)
        for rule in rules:
            if rule.delay:
                time.sleep(rule.delay)
        with self.lock:
            broken = self._run_actions(rules)
            if broken is not None:
                return broken
            service = "token" if is_token else found[0].service if found else "sheets"
            fault = next((rule for rule in rules if rule.drop or rule.status), None)
            if fault is not None and not fault.after_effect:
                reply = Reply(0, drop=True) if fault.drop else Reply(*fault.answer(service))
            else:
                reply = self._token(request) if is_token else self._api(request, path, query, found)
                if fault is not None:
                    reply = Reply(0, drop=True) if fault.drop else Reply(*fault.answer(service))
            self.counters.add(Record(kind, method_id, request.verb, path, reply.status, len(reply.body)))
        return reply

    def _run_actions(self, rules: list[Rule]) -> Reply | None:
        """What was to happen before this call; a 500 that says so if that went wrong."""
        for rule in rules:
            if rule.run is None:
                continue
            try:
                rule.run()
            except Exception as error:
                print(f"[stand-in] an action set by a test failed:\n{traceback.format_exc()}", file=sys.stderr)
                message = f"an action set by a test failed: {type(error).__name__}: {error}"
                return _json_reply(500, ApiError(500, message, "internalError").body("sheets"))
        return None

    def _token(self, request: Request) -> Reply:
        if request.verb != "POST":
            return Reply(405, b"POST only", {"Content-Type": "text/plain"})
        found = IMPERSONATION.match(urlsplit(request.target).path)
        if found is None:
            return _json_reply(*self.tokens.answer(request.body))
        if not request.headers.get("authorization"):
            return _json_reply(401, _unauthenticated("Request is missing required authentication credential.").body(""))
        email, action = unquote(found.group(1)), found.group(2)
        return _json_reply(*self.tokens.impersonation(email, action, json.loads(request.body)))

    def _api(
        self, request: Request, path: str, query: dict[str, list[str]], found: tuple[Method, dict[str, str]] | None
    ) -> Reply:
        if found is None and "/drive/v2/" in path:
            return _json_reply(501, unimplemented(f"Drive v2: {request.verb} {path}").body("drive"))
        if found is None:
            print(f"[stand-in] 404: {request.verb} {path} is no method of these APIs", file=sys.stderr)
            page = f"<html><title>Error 404 (Not Found)!!1</title><p>{request.verb} {path} is no method of these APIs."
            return Reply(404, page.encode(), {"Content-Type": "text/html; charset=UTF-8"})
        method, variables = found
        try:
            return self._call(request, method, variables, query)
        except ApiError as error:
            if error.code == 501:
                print(f"[stand-in] 501: {error.message}", file=sys.stderr)
            reply = _json_reply(error.code, error.body(method.service))
            reply.headers |= error.headers
            return reply
        except Exception:
            text = traceback.format_exc()
            print(f"[stand-in] fault in {method.id}:\n{text}", file=sys.stderr)
            last = text.strip().splitlines()[-1]
            own = ApiError(500, f"fault in the stand-in itself, {method.id}: {last}", "internalError")
            return _json_reply(500, own.body(method.service))

    def _call(self, request: Request, method: Method, variables: dict[str, str], query: dict[str, list[str]]) -> Reply:
        principal = self._authorise(request, method)
        handler: Callable[[Call], Answer | JsonObject] = routing.handler(method, query)
        mask = self._mask(method, query)
        kind = routing.kind_of(method)
        if kind.startswith("sheets"):
            self.quota.spend(kind.removeprefix("sheets_"), principal.email, self.clock.now())
        host = request.headers.get("host", "127.0.0.1")
        scheme = "https" if host.endswith("googleapis.com") else "http"
        body = {} if method.upload else _read_body(request, method)
        call = Call(
            method,
            variables,
            query,
            body,
            request.body,
            request.headers,
            principal,
            self.state,
            self.settings,
            self.clock.now(),
            f"{scheme}://{host}",
        )
        given = resume(call) if request.verb == "PUT" and method.upload else handler(call)
        answer = given if isinstance(given, Answer) else Answer(given)
        if call.draft is not None:
            self._publish(call)
        if answer.json is None:
            headers = {"Content-Type": answer.content_type, **answer.headers}
            return Reply(answer.status, answer.content, headers)
        assert method.answer is not None
        faults = conform.check_answer(method.service, method.answer, answer.json)
        if faults:
            listed = "; ".join(f"{fault.path}: {fault.text}" for fault in faults[:5])
            raise ApiError(
                500, f"the stand-in's own answer to {method.id} breaks the schema: {listed}", "internalError"
            )
        shown = answer.json if answer.masked else fieldmask.apply(mask, answer.json)
        if method.service == "drive" and not mask:
            shown = _drive_default(answer.json)
        reply = _json_reply(answer.status, shown)
        reply.headers |= answer.headers
        return reply

    def _publish(self, call: Call) -> None:
        assert call.draft is not None
        book = call.draft
        self.state.spreadsheets[book.spreadsheet_id] = book
        if call.method.id.startswith("sheets.") and book.spreadsheet_id in self.state.files:
            self.state.files[book.spreadsheet_id].name = book.title
            self.state.touch(book.spreadsheet_id, call.now, call.principal.email)

    def _authorise(self, request: Request, method: Method) -> Principal:
        scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not bearer:
            raise _unauthenticated("Request is missing required authentication credential.")
        principal = self.tokens.principal(bearer)
        if principal is None:
            if self.tokens.known(bearer) or not self.settings.accept_any_token:
                raise _unauthenticated("Request had invalid authentication credentials.")
            return Principal(self.settings.unknown_caller)
        if principal.scopes is not None and not set(principal.scopes) & set(method.scopes):
            message = "Request had insufficient authentication scopes."
            detail = {
                "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                "reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
                "domain": "googleapis.com",
            }
            raise ApiError(403, message, "insufficientPermissions", details=[detail])
        return principal

    def _mask(self, method: Method, query: dict[str, list[str]]) -> fieldmask.Mask:
        text = query.get("fields", [""])[-1]
        if not text:
            return {}
        try:
            mask = fieldmask.parse(text)
            if method.answer is not None:
                fieldmask.check(mask, method.service, method.answer)
        except fieldmask.MaskError as error:
            if method.service == "drive":
                message = f"Invalid field selection {error}"
                raise ApiError(400, message, "invalidParameter", location="fields") from None
            detail = f"Error expanding 'fields' parameter. Cannot find matching fields for path '{error}'."
            refusal = field_violations([(str(error), detail)])
            raise ApiError(400, "Request contains an invalid argument.", details=refusal.details) from None
        return mask


def _unauthenticated(message: str) -> ApiError:
    tail = (
        " Expected OAuth 2 access token, login cookie or other valid authentication credential. "
        "See https://developers.google.com/identity/sign-in/web/devconsole-project."
    )
    return ApiError(401, message + tail, "authError", location="Authorization", location_type="header")


def _read_body(request: Request, method: Method) -> JsonObject:
    if method.request is None or not request.body:
        return {}
    try:
        given = json.loads(request.body)
    except ValueError as error:
        if method.service == "drive":
            raise ApiError(400, "Parse Error", "parseError") from None
        text = f"Invalid JSON payload received. {error}"
        raise field_violations([("", text)]) from None
    root = _BOUND_TO.get(method.id, "")
    body, faults = conform.read_request(method.service, method.request, given, root)
    if method.service == "drive":
        faults = [fault for fault in faults if "Unknown name" not in fault.text]
        if faults:
            raise ApiError(400, faults[0].text, "invalid")
    if faults:
        raise field_violations([(fault.path, fault.text) for fault in faults])
    return dict(body)


def _drive_default(value: JsonObject) -> JsonObject:
    """Without ``fields`` Drive answers a file with its id, name and type only, and a list likewise (recorded)."""

    def short(entry: JsonObject, names: tuple[str, ...]) -> JsonObject:
        return {name: entry[name] for name in names if name in entry}

    kind = value.get("kind")
    if kind == "drive#file":
        return short(value, DEFAULT_FIELDS)
    permission = ("kind", "id", "type", "role", "allowFileDiscovery", "domain")
    if kind == "drive#permission":
        return short(value, permission)
    if kind == "drive#drive":
        return short(value, ("kind", "id", "name"))
    lists: dict[str, tuple[str, tuple[str, ...]]] = {
        "drive#fileList": ("files", DEFAULT_FIELDS),
        "drive#permissionList": ("permissions", permission),
        "drive#driveList": ("drives", ("kind", "id", "name")),
    }
    if isinstance(kind, str) and kind in lists:
        name, names = lists[kind]
        return {**value, name: [short(entry, names) for entry in value[name]]}
    return value


def _json_reply(status: int, value: object) -> Reply:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Reply(status, text.encode(), {"Content-Type": "application/json; charset=UTF-8"})
