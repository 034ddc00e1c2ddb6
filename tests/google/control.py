"""The control path of the stand-in: ``POST /_control/<command>`` with a JSON object, for those not in this process.

Every command answers ``{"ok": true, …}``, or 400 with what was wrong.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tests.google.errors import ApiError
from tests.google.faults import Rule
from tests.google.google import Reply, Request
from tests.google.state import State

if TYPE_CHECKING:
    from tests.google.server import GoogleServer

JsonObject = dict[str, Any]

PREFIX = "/_control/"

_snapshots: dict[tuple[int, str], State] = {}


def handle(server: GoogleServer, request: Request) -> Reply:
    """Carry out one command."""
    command = request.target.removeprefix(PREFIX).split("?")[0].strip("/")
    try:
        given = json.loads(request.body or b"{}")
        function = COMMANDS.get(command)
        if function is None:
            raise LookupError(f"no command {command!r}; there are {sorted(COMMANDS)}")
        with server.google.lock:
            answer = {"ok": True, **function(server, given)}
        status = 200
    except (ApiError, LookupError, TypeError, ValueError, RuntimeError) as error:
        answer, status = {"ok": False, "error": f"{type(error).__name__}: {error}"}, 400
    return Reply(status, json.dumps(answer).encode(), {"Content-Type": "application/json"})


def _account(server: GoogleServer, given: JsonObject) -> JsonObject:
    return server.account.as_json()


def _fault(server: GoogleServer, given: JsonObject) -> JsonObject:
    """A Rule by its fields; ``staff`` with ``args`` instead of ``run``."""
    if "staff" in given:
        name, arguments = given.pop("staff"), given.pop("args", {})
        given["run"] = lambda: getattr(server.staff, name)(**_dates(arguments))
    server.google.faults.add(Rule(**given))
    return {"rules": len(server.google.faults.rules)}


def _clear_faults(server: GoogleServer, given: JsonObject) -> JsonObject:
    server.google.faults.clear()
    return {}


def _counters(server: GoogleServer, given: JsonObject) -> JsonObject:
    answer = dict(server.google.counters.as_json())
    if given.get("reset"):
        server.google.counters.reset()
    return answer


def _clock(server: GoogleServer, given: JsonObject) -> JsonObject:
    if "set" in given:
        server.google.clock.set(given["set"])
    if "advance" in given:
        server.google.clock.advance(float(given["advance"]))
    if given.get("run"):
        server.google.clock.run()
    return {"now": server.google.clock.now().isoformat()}


def _assign(target: object, given: JsonObject) -> JsonObject:
    for name, value in given.items():
        if not hasattr(target, name):
            raise LookupError(f"no setting {name!r}")
        setattr(target, name, value)
    return {}


def _settings(server: GoogleServer, given: JsonObject) -> JsonObject:
    _assign(server.google.settings, given)
    return dataclasses.asdict(server.google.settings)


def _quota(server: GoogleServer, given: JsonObject) -> JsonObject:
    server.google.quota.reset()
    return _assign(server.google.quota, given)


def _tokens(server: GoogleServer, given: JsonObject) -> JsonObject:
    if given.pop("expire", False):
        server.google.tokens.expire()
    if "disabled" in given:
        given["disabled"] = set(given["disabled"])
    return _assign(server.google.tokens, given)


def _snapshot(server: GoogleServer, given: JsonObject) -> JsonObject:
    _snapshots[id(server), str(given.get("name", ""))] = server.google.snapshot()
    return {}


def _restore(server: GoogleServer, given: JsonObject) -> JsonObject:
    server.google.restore(_snapshots[id(server), str(given.get("name", ""))])
    return {}


def _members(server: GoogleServer, given: JsonObject) -> JsonObject:
    """``{"members": {"a@b": "fileOrganizer"}}``: who belongs to the seeded shared drive; ``*`` is everybody."""
    drive = server.google.state.drives[server.account.drive_id]
    drive.members = dict(given["members"])
    return {"members": drive.members}


def _dates(arguments: JsonObject) -> JsonObject:
    return {name: datetime.fromisoformat(value) if name == "at" else value for name, value in arguments.items()}


def _staff(server: GoogleServer, given: JsonObject) -> JsonObject:
    """``{"do": "sort", "args": {"tab": "Agenda", "column": "B"}, "spreadsheet_id": "…"}``"""
    hands = server.staff.in_book(given["spreadsheet_id"]) if "spreadsheet_id" in given else server.staff
    if given["do"].startswith("_"):
        raise LookupError(given["do"])
    action: Callable[..., object] = getattr(hands, given["do"])
    arguments = _dates(given.get("args", {}))
    if given["do"] == "requests":
        return {"result": hands.requests(*arguments["requests"])}
    return {"result": action(**arguments)}


COMMANDS: dict[str, Callable[[GoogleServer, JsonObject], JsonObject]] = {
    "account": _account,
    "fault": _fault,
    "clear-faults": _clear_faults,
    "counters": _counters,
    "clock": _clock,
    "settings": _settings,
    "quota": _quota,
    "tokens": _tokens,
    "snapshot": _snapshot,
    "restore": _restore,
    "members": _members,
    "staff": _staff,
}
