"""``forms.batchUpdate``: requests in order on a copy, all or none."""

from __future__ import annotations

import copy
from typing import Any

from tests.google.calls import Call
from tests.google.errors import ApiError, invalid, unimplemented
from tests.google.fieldmask import Mask, MaskError, check, parse
from tests.google.forms.access import open_form
from tests.google.forms.submission import rename_columns
from tests.google.sheets.tidy import set_masked

JsonObject = dict[str, Any]

_KINDS = ("questionItem", "questionGroupItem", "pageBreakItem", "textItem", "imageItem", "videoItem")


def batch_update(call: Call) -> JsonObject:
    """forms.batchUpdate"""
    form = open_form(call, write=True)
    control = call.body.get("writeControl", {})
    if "targetRevisionId" in control:
        raise unimplemented("writeControl.targetRevisionId")
    required = control.get("requiredRevisionId")
    if required is not None and required != form.document["revisionId"]:
        raise invalid("The required revision ID does not match the latest revision of the form.")
    requests = call.body.get("requests", [])
    if not requests:
        raise invalid("Must specify at least one request.")
    draft: JsonObject = copy.deepcopy(form.document)
    replies: list[JsonObject] = []
    for index, request in enumerate(requests):
        if len(request) != 1:
            raise invalid(f"Invalid requests[{index}]: exactly one request kind must be set.")
        ((kind, inner),) = request.items()
        try:
            replies.append(_EDITS[kind](call, draft, inner))
        except ApiError as error:
            if error.code != 400:
                raise
            raise invalid(f"Invalid requests[{index}].{kind}: {error.message}") from error
    draft["revisionId"] = call.state.new_id(8)
    form.document = draft
    call.state.touch(draft["formId"], call.now, call.principal.email)
    answer: JsonObject = {"replies": replies, "writeControl": {"requiredRevisionId": draft["revisionId"]}}
    return {**answer, "form": draft} if call.body.get("includeFormInResponse") else answer


def _index(draft: JsonObject, location: JsonObject, size: int | None = None) -> int:
    index: int = location.get("index", 0)
    limit = len(draft.get("items", [])) if size is None else size
    if not 0 <= index < limit:
        raise invalid(f"Index out of bounds: {index} is not in [0, {limit})")
    return index


def _new_id(call: Call) -> str:
    return f"{call.state.random.randrange(2**28, 2**31):08x}"


def _questions(item: JsonObject) -> list[JsonObject]:
    if "questionItem" in item:
        found: JsonObject = item["questionItem"].get("question", {})
        return [found]
    questions: list[JsonObject] = item.get("questionGroupItem", {}).get("questions", [])
    return questions


def _checked(call: Call, draft: JsonObject, item: JsonObject) -> JsonObject:
    item = copy.deepcopy(item)
    if sum(kind in item for kind in _KINDS) != 1:
        raise invalid("exactly one kind of item must be set.")
    taken = {held["itemId"] for held in draft.get("items", [])}
    if item.get("itemId") in taken:
        raise invalid(f"Duplicate item ID: {item['itemId']}")
    item.setdefault("itemId", _new_id(call))
    for question in _questions(item):
        if "fileUploadQuestion" in question:
            # "The API currently does not support creating file upload questions."
            raise invalid("File upload questions cannot be created.")
        question.setdefault("questionId", _new_id(call))
        options = question.get("choiceQuestion", {}).get("options", [])
        values = [option.get("value") for option in options if not option.get("isOther")]
        if "choiceQuestion" in question and not options:
            raise invalid("A choice question must have options.")
        if len(values) != len(set(values)):
            raise invalid("Choice question options must not be repeated.")
        if "\n" in item.get("title", "") or any("\n" in str(value) for value in values):
            raise invalid("Displayed text cannot contain newlines")
    return item


def _create_item(call: Call, draft: JsonObject, request: JsonObject) -> JsonObject:
    item = _checked(call, draft, request.get("item", {}))
    items = draft.setdefault("items", [])
    items.insert(_index(draft, request.get("location", {}), len(items) + 1), item)
    reply: JsonObject = {"itemId": item["itemId"]}
    if questions := [question["questionId"] for question in _questions(item)]:
        reply["questionId"] = questions
    return {"createItem": reply}


def _update_item(call: Call, draft: JsonObject, request: JsonObject) -> JsonObject:
    index = _index(draft, request.get("location", {}))
    held, given = draft["items"][index], request.get("item", {})
    mask = _mask(request, "Item")
    if "*" in mask:
        mask = {key: {} for key in {*held, *given} - {"itemId"}}
    changed = {**set_masked(held, given, mask), "itemId": held["itemId"]}
    draft["items"][index] = changed
    if call.settings.renames_headers and held.get("title") != changed.get("title"):
        rename_columns(call.state, draft["formId"], held, str(changed.get("title", "")))
    old = [question["questionId"] for question in _questions(held)]
    for position, question in enumerate(_questions(changed)):
        question.setdefault("questionId", old[position] if position < len(old) else _new_id(call))
    return {}


def _mask(request: JsonObject, schema: str) -> Mask:
    if not request.get("updateMask"):
        raise invalid("At least one field must be listed in 'updateMask'.")
    try:
        mask = parse(request["updateMask"])
        check(mask, "forms", schema)
    except MaskError as error:
        raise invalid(f"Invalid update mask: {error}") from None
    return mask


def _move_item(call: Call, draft: JsonObject, request: JsonObject) -> JsonObject:
    old = _index(draft, request.get("originalLocation", {}))
    new = _index(draft, request.get("newLocation", {}))
    draft["items"].insert(new, draft["items"].pop(old))
    return {}


def _delete_item(call: Call, draft: JsonObject, request: JsonObject) -> JsonObject:
    del draft["items"][_index(draft, request.get("location", {}))]
    return {}


def _update_info(call: Call, draft: JsonObject, request: JsonObject) -> JsonObject:
    mask, given = _mask(request, "Info"), request.get("info", {})
    if "documentTitle" in mask or ("*" in mask and "documentTitle" in given):
        # Info.documentTitle: "can only be set on create".
        raise invalid("documentTitle is output only; rename the file in Drive.")
    if "*" in mask:
        mask = {"title": {}, "description": {}}
    draft["info"] = set_masked(draft["info"], given, mask)
    return {}


def _update_settings(call: Call, draft: JsonObject, request: JsonObject) -> JsonObject:
    mask, given = _mask(request, "FormSettings"), request.get("settings", {})
    if "*" in mask:
        mask = {key: {} for key in {*draft.get("settings", {}), *given}}
    draft["settings"] = set_masked(draft.get("settings", {}), given, mask)
    return {}


_EDITS = {
    "createItem": _create_item,
    "updateItem": _update_item,
    "moveItem": _move_item,
    "deleteItem": _delete_item,
    "updateFormInfo": _update_info,
    "updateSettings": _update_settings,
}
