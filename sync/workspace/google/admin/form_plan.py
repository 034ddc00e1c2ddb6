"""What the form lacks → the requests that add it. Values in, values out; what people made or changed stays.

Questions are known by their title, which becomes the header of the linked tab's column. Only two are required, the
name and the consent: nothing else that a visitor leaves out or writes otherwise is a reason to turn them away.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sync.domain.rules import Rules
from sync.domain.table import header_key
from sync.workspace.google.admin import words
from sync.workspace.google.admin.renamed import renamed_questions
from sync.workspace.google.transport import Json

_MOST_BUTTONS = 7
"""More choices than that are a drop-down menu."""
_TAGGED = re.compile(re.escape(words.FORM_TITLE) + r" \[[0-9a-f]{8}\]")
"""The name that setup makes a form under: where Drive makes it, visitors would read it as its title."""
_REQUIRED = ("name", "consent")


@dataclass(slots=True)
class FormPlan:
    """``revision`` is the form's, at which the requests were decided."""

    revision: str
    requests: list[Json] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    publish: bool = False
    left: list[str] = field(default_factory=list)
    renamed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """By the title of a question that is missing, what it seems to be called now."""


def plan_form(
    rules: Rules, form: Mapping[str, Any], today: date, known: Mapping[str, str], new: Collection[str] = ()
) -> FormPlan:
    """Return what is to be added to the form; a question that seems to have been renamed is not asked a second time.

    Args:
        known: the entries of the file of what setup made.
        new: titles of questions that are to be added although others seem to be them.
    """
    plan = FormPlan(str(form.get("revisionId", "")))
    items = form.get("items", ())
    titles = {header_key(str(item.get("title", ""))) for item in items}
    if not str(form.get("info", {}).get("description", "")).strip():
        info = {"description": words.form_description(rules, today)}
        plan.requests.append({"updateFormInfo": {"info": info, "updateMask": "description"}})
        plan.done.append("form: notice on personal data added")
    title = str(form.get("info", {}).get("title", "")).strip()
    if not title or _TAGGED.fullmatch(title):
        info = {"title": words.FORM_TITLE}
        plan.requests.append({"updateFormInfo": {"info": info, "updateMask": "title"}})
        plan.done.append(f"form: titled {words.FORM_TITLE!r}")
    collected = form.get("settings", {}).get("emailCollectionType", "")
    if not items and collected != "DO_NOT_COLLECT":
        # The default of a Workspace account asks every visitor to sign in with a Google account.
        settings = {"emailCollectionType": "DO_NOT_COLLECT"}
        plan.requests.append({"updateSettings": {"settings": settings, "updateMask": "emailCollectionType"}})
    elif collected == "VERIFIED":
        plan.left.append("form: it asks visitors to sign in with Google (Settings, Responses, Collect email addresses)")
    settled = set(map(header_key, new))
    renamed = renamed_questions(rules, form, known)
    plan.renamed = {title: now for title, now in renamed.items() if header_key(title) not in settled}
    place = len(items)
    for name, title in rules.columns.responses.headers.items():
        if name == "timestamp" or header_key(title) in titles or title in plan.renamed:
            continue
        location = {"index": place}
        plan.requests.append({"createItem": {"item": _item(rules, name, title), "location": location}})
        plan.done.append(f"form: question {title!r} added")
        place += 1
    published = form.get("publishSettings", {}).get("publishState")
    if published is not None:
        plan.publish = not published.get("isPublished")
        if published.get("isPublished") and not published.get("isAcceptingResponses"):
            plan.left.append("form: published, but somebody closed it for responses (tab Responses of its editor)")
    return plan


def missing_questions(rules: Rules, form: Mapping[str, Any]) -> list[str]:
    """Return the questions that the form should have and has not."""
    titles = {header_key(str(item.get("title", ""))) for item in form.get("items", ())}
    headers = rules.columns.responses.headers
    return [title for name, title in headers.items() if name != "timestamp" and header_key(title) not in titles]


def _item(rules: Rules, name: str, title: str) -> Json:
    question: Json = {"required": name in _REQUIRED} | _kind(rules, name)
    item: Json = {"title": title, "questionItem": {"question": question}}
    text = words.consent_help(rules) if name == "consent" else words.HELP.get(name, "")
    return {**item, "description": text} if text else item


def _kind(rules: Rules, name: str) -> Json:
    if name == "arrived":
        return {"timeQuestion": {"duration": False}}
    if name == "summary":
        return {"textQuestion": {"paragraph": True}}
    if name == "consent":
        return _choice("CHECKBOX", (rules.consent,))
    choices = rules.choices.get(name)
    if choices:
        return _choice("RADIO" if len(choices) <= _MOST_BUTTONS else "DROP_DOWN", choices)
    return {"textQuestion": {"paragraph": False}}


def _choice(kind: str, choices: tuple[str, ...]) -> Json:
    # Doubled entries are refused by Google and would be one choice anyway; line breaks are refused, too.
    texts = dict.fromkeys(" ".join(text.split()) for text in choices)
    return {"choiceQuestion": {"type": kind, "options": [{"value": text} for text in texts]}}
