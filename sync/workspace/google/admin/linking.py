"""The one step that no API takes: telling the form to write its responses into the spreadsheet.

``linkedSheetId`` of a form is read-only (https://developers.google.com/workspace/forms/api/reference/rest/v1/forms), so
a person clicks, and this verifies what came of it.
"""

from __future__ import annotations

from dataclasses import dataclass

from sync.domain.rules import Rules
from sync.workspace.google.admin.book import ResponseTab, settle_response_tab
from sync.workspace.google.admin.book_plan import Wanted
from sync.workspace.google.admin.calls import Forms, form_link, spreadsheet_link
from sync.workspace.google.admin.errors import LinkedElsewhere
from sync.workspace.google.admin.form import linked_spreadsheet
from sync.workspace.google.sheets import SheetClient


@dataclass(frozen=True, slots=True)
class Linking:
    """``step`` is the instruction, line by line, if it is still to be done; ``notes`` what else was seen."""

    linked: bool
    step: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    done: tuple[str, ...] = ()


def check_linking(
    forms: Forms, sheets: SheetClient, form_id: str, spreadsheet_id: str, title: str, wanted: Wanted, rules: Rules
) -> Linking:
    """Verify that the form's responses go into the spreadsheet, in the tab that config.yaml names.

    Raises:
        LinkedElsewhere, AccessRefused, TryLater.
    """
    linked = linked_spreadsheet(forms, form_id)
    if not linked:
        return Linking(False, instruction(form_id, spreadsheet_id, title))
    if linked != spreadsheet_id:
        raise LinkedElsewhere(form_link(form_id) + "#responses")
    tab = settle_response_tab(sheets, wanted, rules.columns.responses)
    done = (f"tab {rules.columns.responses.tab!r}: the form's own tab, given this name",) if tab.renamed else ()
    return Linking(True, notes=tuple(_notes(tab, rules)), done=done)


def instruction(form_id: str, spreadsheet_id: str, title: str) -> tuple[str, ...]:
    """Return the clicks, in the words of Google's English and Indonesian pages."""
    return (
        "One step is left that only a person can do (a minute, once):",
        f"  1. Open the form's responses: {form_link(form_id)}#responses",
        "  2. Click Link to Sheets (Tautkan ke Spreadsheet).",
        "  3. Choose Select existing spreadsheet (Pilih spreadsheet yang ada), then Select (Pilih).",
        f"  4. Choose {title!r}, and confirm. It is this one: {spreadsheet_link(spreadsheet_id)}",
        "  5. Run `agenda setup` again: it verifies the link and names the new tab.",
    )


def _notes(tab: ResponseTab, rules: Rules) -> list[str]:
    columns = rules.columns.responses
    if not tab.found:
        if tab.doubles:
            listed = ", ".join(map(repr, tab.doubles))
            return [f"tabs {listed} all look like the form's: rename the one it writes to now to {columns.tab!r}"]
        return [
            f"the form's tab was not found: rename it to {columns.tab!r}, or name it in config.yaml (responses_tab)"
        ]
    notes = []
    moment = columns.header("timestamp")
    if moment in tab.missing and tab.first_header:
        notes.append(
            f"tab {columns.tab!r}: Google headed the moment of the response {tab.first_header!r}. Put that in "
            f"config.yaml: kolom, Respons: {{Timestamp: {tab.first_header}}}"
        )
    others = [header for header in tab.missing if header != moment]
    if others:
        notes.append(f"tab {columns.tab!r}: no column is headed {', '.join(map(repr, others))}")
    if tab.doubles:
        listed = ", ".join(map(repr, tab.doubles))
        notes.append(
            f"tab {listed} looks like the form's, too. If responses arrive there, rename {columns.tab!r} to something "
            f"else and that one to {columns.tab!r}"
        )
    return notes
