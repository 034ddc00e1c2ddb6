"""May this caller read or write this form?"""

from __future__ import annotations

from tests.google.calls import Call
from tests.google.drive.access import role_of, writes
from tests.google.errors import denied, not_found
from tests.google.state import FormState


def open_form(call: Call, write: bool) -> FormState:
    """The form. Raises 404 when there is none, 403 when the caller may not."""
    form_id = call.path["formId"]
    form, entry = call.state.forms.get(form_id), call.state.files.get(form_id)
    if form is None or entry is None:
        raise not_found()
    role = role_of(call.state, entry, call.principal)
    if role is None or (write and not writes(role)):
        raise denied()
    return form
