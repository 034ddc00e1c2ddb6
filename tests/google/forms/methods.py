"""The methods of Forms v1, by their discovery ids, with the parameters each one honours."""

from __future__ import annotations

import re
from collections.abc import Set
from datetime import datetime
from typing import Any

from tests.google.calls import Call, Handler
from tests.google.drive.files import place_new
from tests.google.errors import ApiError, denied, invalid, not_found
from tests.google.fieldmask import child, parse
from tests.google.forms.access import open_form
from tests.google.forms.edit import batch_update
from tests.google.state import FORM_TYPE, FormState, State

JsonObject = dict[str, Any]


def new_form(state: State, form_id: str, title: str, document_title: str, published: bool) -> FormState:
    """An empty form. E-mail collection starts as DO_NOT_COLLECT, the default of consumer accounts."""
    info = {"title": title, "documentTitle": document_title} if title else {"documentTitle": document_title}
    document: JsonObject = {
        "formId": form_id,
        "info": info,
        "settings": {"emailCollectionType": "DO_NOT_COLLECT"},
        "revisionId": state.new_id(8),
        "responderUri": f"https://docs.google.com/forms/d/e/1FAIpQL{form_id}/viewform",
        "publishSettings": {"publishState": _publish_state(published, published)},
    }
    form = FormState(document)
    state.forms[form_id] = form
    return form


def _publish_state(published: bool, accepting: bool) -> JsonObject:
    return {"isPublished": published, "isAcceptingResponses": accepting}


def create(call: Call) -> JsonObject:
    """forms.create: takes the two titles and nothing else.

    Since 2026-06-30 a form made by the API starts unpublished
    (https://developers.google.com/workspace/forms/api/guides/api-changes-to-google-forms).
    """
    info = call.body.get("info", {})
    if call.body.keys() - {"info"} or info.keys() - {"title", "documentTitle"}:
        message = "Only info.title can be set when creating a form. To add items and change settings, use batchUpdate."
        raise invalid(message)
    if not info.get("title"):
        raise invalid("The form must have a title.")
    document_title = info.get("documentTitle", "Untitled form")
    try:
        form_id = place_new(call, FORM_TYPE, document_title, [], call.state.new_id(44))
    except ApiError as error:
        # A service account owns no files; how this API words it was not found.
        raise denied() from error
    return new_form(call.state, form_id, info["title"], document_title, published=False).document


def get(call: Call) -> JsonObject:
    """forms.get; ``linkedSheetId`` shows once a person has linked a sheet, no method sets it."""
    return open_form(call, write=False).document


def set_publish_settings(call: Call) -> JsonObject:
    """forms.setPublishSettings"""
    form = open_form(call, write=True)
    mask = parse(call.body["updateMask"]) if call.body.get("updateMask") else {"*": {}}
    if "*" not in mask and child(mask, "publishState") is None:
        raise invalid("updateMask may name publishState or '*'.")
    if "publishSettings" not in form.document:
        raise invalid("Publish settings are not supported for legacy forms.")
    state = call.body.get("publishSettings", {}).get("publishState", {})
    published, accepting = bool(state.get("isPublished")), bool(state.get("isAcceptingResponses"))
    if accepting and not published:
        raise invalid("An unpublished form cannot accept responses.")
    form.document["publishSettings"] = {"publishState": _publish_state(published, accepting)}
    return {"formId": call.path["formId"], "publishSettings": form.document["publishSettings"]}


_FILTER = re.compile(r"^timestamp\s*(>=|>)\s*\"?(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z)\"?$")


def moment(text: str) -> datetime:
    """An RFC 3339 Zulu time; digits past the microsecond are cut."""
    return datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", text))


def list_responses(call: Call) -> JsonObject:
    """forms.responses.list: oldest first, up to 5000 a page; "submitted after" reads lastSubmittedTime."""
    form = open_form(call, write=False)
    responses, condition = form.responses, call.text("filter").strip()
    if condition:
        found = _FILTER.match(condition)
        if found is None:
            raise invalid(f"Invalid filter: {condition}")
        since, inclusive = moment(found.group(2)), found.group(1) == ">="
        responses = [
            entry
            for entry in responses
            if (when := moment(entry["lastSubmittedTime"])) > since or (inclusive and when == since)
        ]
    size = call.number("pageSize", 5000, 0, 2**31 - 1) or 5000
    size = min(size, 5000)
    start, token = 0, call.text("pageToken")
    if token:
        number, _, bound = token.partition("~")
        if not number.isdigit() or bound != condition:
            raise invalid("Invalid page token: the form and the filter must be those of the first request.")
        start = int(number)
    answer: JsonObject = {}
    if page := responses[start : start + size]:
        answer["responses"] = page
    if start + size < len(responses):
        answer["nextPageToken"] = f"{start + size}~{condition}"
    return answer


def get_response(call: Call) -> JsonObject:
    """forms.responses.get"""
    form = open_form(call, write=False)
    for entry in form.responses:
        if entry["responseId"] == call.path["responseId"]:
            return {"formId": call.path["formId"], **entry}
    raise not_found()


HANDLERS: dict[str, tuple[Handler, Set[str]]] = {
    "forms.forms.create": (create, set()),
    "forms.forms.get": (get, set()),
    "forms.forms.batchUpdate": (batch_update, set()),
    "forms.forms.setPublishSettings": (set_publish_settings, set()),
    "forms.forms.responses.list": (list_responses, {"filter", "pageSize", "pageToken"}),
    "forms.forms.responses.get": (get_response, set()),
}
