"""The form: questions added, opened to those who may answer, published."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from sync.config.made import MadeFile
from sync.domain.rules import Rules
from sync.workspace.google.admin.calls import AdminDrive, Forms
from sync.workspace.google.admin.errors import Unsettled
from sync.workspace.google.admin.form_plan import FormPlan, plan_form
from sync.workspace.google.admin.renamed import question_ids
from sync.workspace.google.failures import CallFailed, Outcome, operator_error

PLACE, KEY = "the form", "workspace.google.form_id"
_ATTEMPTS = 4
_ANYONE = {"type": "anyone", "role": "reader", "view": "published"}
"""Who may fill in a published form is a permission of its published view:
https://developers.google.com/workspace/forms/api/guides/publish-form"""


def complete_form(
    drive: AdminDrive,
    forms: Forms,
    form_id: str,
    rules: Rules,
    today: date,
    *,
    anyone: bool,
    made: MadeFile,
    new: Collection[str] = (),
) -> FormPlan:
    """Add the questions that the form lacks, and publish it if it never was; what was done stands in the plan returned.

    The ids of the questions that it had already are noted in ``made``: by them they are known under another title.

    Raises:
        Unsettled, AccessRefused, TryLater, SafetyStop.
    """
    told: list[str] = []
    try:
        for _ in range(_ATTEMPTS):
            form = forms.get(form_id)
            entries = made.read()
            plan = plan_form(rules, form, today, entries, new)
            if plan.requests and not _sent(forms, form_id, plan):
                told = told or plan.done
                continue
            ids = question_ids(rules, form)
            if any(entries.get(key) != item for key, item in ids.items()):
                made.put(ids)
            plan.done = plan.done or told
            if plan.publish:
                _publish(drive, forms, form_id, plan, anyone=anyone)
            return plan
    except CallFailed as failed:
        raise operator_error(failed.failure, PLACE, KEY) from failed
    raise Unsettled(PLACE)


def linked_spreadsheet(forms: Forms, form_id: str) -> str:
    """Return the id of the spreadsheet that the form sends its responses to; ``""`` if there is none.

    Raises:
        AccessRefused, TryLater.
    """
    try:
        return str(forms.get(form_id).get("linkedSheetId", ""))
    except CallFailed as failed:
        raise operator_error(failed.failure, PLACE, KEY) from failed


def publish_state(form: dict[str, Any]) -> tuple[bool, bool]:
    """Return whether the form is published, and whether it takes responses; a form of the old kind always does."""
    state = form.get("publishSettings", {}).get("publishState")
    if state is None:
        return True, True
    return bool(state.get("isPublished")), bool(state.get("isAcceptingResponses"))


def _sent(forms: Forms, form_id: str, plan: FormPlan) -> bool:
    """Send the changes; False where the form has to be looked at again: a lost answer, or somebody else's change."""
    try:
        forms.update(form_id, plan.requests, plan.revision)
    except CallFailed as failed:
        moved_on = failed.failure.status == 400 and "revision" in failed.failure.message.casefold()
        if failed.failure.outcome is Outcome.UNKNOWN or moved_on:
            return False
        raise
    return True


def _publish(drive: AdminDrive, forms: Forms, form_id: str, plan: FormPlan, *, anyone: bool) -> None:
    """Open the form, then publish it: in this order a crash in between is made good by the next attempt.

    Only at the first publishing: who may answer is people's to change afterwards.
    """
    if anyone:
        try:
            drive.share(form_id, _ANYONE)
        except CallFailed as failed:
            if failed.failure.outcome is not Outcome.REFUSED:
                raise
            plan.left.append(
                f"form: Google did not open it to anyone with the link ({failed.failure.short}); the organisation may "
                "forbid that: see Publish, Manage, in its editor"
            )
    forms.publish(form_id)
    plan.done.append("form: published" + (", open to anyone with its link" if anyone else ""))
