"""What a visitor does to a form, and what the form does to its linked tab.

The form keeps its own place in the tab: "rows typed by hand into its tab stay below it for ever" (findthemasks#74), it
inserts a new row for each response, and writes by its own columns, whatever their headers are called by now. Digits
arrive as numbers, so a phone loses its leading zero.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.google.clock import rfc3339
from tests.google.sheets import entered, insertion, patterns
from tests.google.sheets.model import Cell, Row, Sheet, Spreadsheet, new_sheet
from tests.google.state import FormState, State

JsonObject = dict[str, Any]
Answers = dict[str, str | list[str]]

ANCHORS = "_forms"
"""Where a tab remembers its form: kept among the objects so that inserts and deletes move it, never answered."""


def questions(form: FormState) -> list[tuple[str, JsonObject]]:
    """Title and question of every question item, in order."""
    items = form.document.get("items", [])
    return [(item.get("title", ""), item["questionItem"]["question"]) for item in items if "questionItem" in item]


def link(state: State, form_id: str, spreadsheet_id: str, title: str) -> int:
    """Link the form to a new tab of the spreadsheet, in front, as a person does in the form's editor; its sheet id."""
    form, book = state.forms[form_id], state.spreadsheets[spreadsheet_id]
    sheet_id = state.new_number({sheet.sheet_id for sheet in book.sheets})
    sheet = new_sheet(sheet_id, title, rows=100, columns=max(26, len(questions(form)) + 1))
    sheet.properties["gridProperties"]["frozenRowCount"] = 1
    book.sheets.insert(0, sheet)
    sheet.rows[0] = Row({0: Cell("Timestamp")})
    anchor: JsonObject = {"formId": form_id, "range": _rows(sheet, 1), "columns": [_column(sheet, "", 0)]}
    sheet.objects[ANCHORS] = [anchor]
    form.linked_sheet = (spreadsheet_id, sheet_id)
    form.document["linkedSheetId"] = spreadsheet_id
    _columns(sheet, form, anchor)
    return sheet_id


def unlink(state: State, form_id: str) -> None:
    """The person unlinks the form: the tab stays, new responses no longer reach it."""
    form = state.forms[form_id]
    if form.linked_sheet is not None:
        sheet = _linked(state, form)
        if sheet is not None:
            sheet[1].objects[ANCHORS] = []
    form.linked_sheet = None
    form.document.pop("linkedSheetId", None)


def rename_columns(state: State, form_id: str, item: JsonObject, title: str) -> None:
    """Head the columns of a question with its new title."""
    target = _linked(state, state.forms[form_id])
    question = item.get("questionItem", {}).get("question", {}).get("questionId")
    for anchor in target[1].objects.get(ANCHORS, []) if target else []:
        for entry in anchor["columns"]:
            if target and entry["question"] == question:
                target[1].put(0, int(entry["range"]["startColumnIndex"]), Cell(title))


def _rows(sheet: Sheet, end: int) -> JsonObject:
    return {"sheetId": sheet.sheet_id, "startRowIndex": 0, "endRowIndex": end}


def _column(sheet: Sheet, question_id: str, index: int) -> JsonObject:
    span = {"sheetId": sheet.sheet_id, "startColumnIndex": index, "endColumnIndex": index + 1}
    return {"question": question_id, "range": span}


def _columns(sheet: Sheet, form: FormState, anchor: JsonObject) -> dict[str, int]:
    """The column of every question; a question without one gets the first column right of all that is used."""
    known = {entry["question"]: int(entry["range"]["startColumnIndex"]) for entry in anchor["columns"]}
    for title, question in questions(form):
        if question["questionId"] not in known:
            used = [max(row.cells, default=-1) for row in sheet.rows]
            index = max([*used, *known.values()]) + 1
            sheet.grow(0, index + 1)
            sheet.put(0, index, Cell(title))
            anchor["columns"].append(_column(sheet, question["questionId"], index))
            known[question["questionId"]] = index
    return known


def _linked(state: State, form: FormState) -> tuple[Spreadsheet, Sheet] | None:
    if form.linked_sheet is None or form.linked_sheet[0] not in state.spreadsheets:
        return None
    book = state.spreadsheets[form.linked_sheet[0]]
    sheet = book.find(form.linked_sheet[1])
    return None if sheet is None else (book, sheet)


def submit(state: State, form_id: str, answers: Answers, when: datetime, email: str = "") -> str:
    """A visitor sends the form; the new response's id. ``answers`` are by question title.

    Raises LookupError for a title no question has, RuntimeError when the form takes no responses.
    """
    form = state.forms[form_id]
    publishing = form.document.get("publishSettings", {}).get("publishState", {})
    if publishing and not publishing.get("isAcceptingResponses"):
        raise RuntimeError("the form does not accept responses: publish it first")
    stamp = rfc3339(when)
    response: JsonObject = {
        "responseId": "ACYD" + state.new_id(60),
        "createTime": stamp,
        "lastSubmittedTime": stamp,
        "answers": _answers(form, answers),
    }
    if email:
        response["respondentEmail"] = email
    form.responses.append(response)
    if (target := _linked(state, form)) is not None:
        book, sheet = target
        for anchor in sheet.objects.get(ANCHORS, []):
            place = anchor["range"]["endRowIndex"]
            insertion.insert(book, sheet, "ROWS", place, 1, before=False)
            anchor = next(entry for entry in sheet.objects[ANCHORS] if entry["formId"] == form_id)
            anchor["range"]["endRowIndex"] = place + 1
            cells = _cells(book, sheet, form, anchor, answers, when)
            sheet.rows[place] = sheet.rows[place].put(cells)
            break
    return str(response["responseId"])


def edit(state: State, form_id: str, response_id: str, answers: Answers, when: datetime) -> bool:
    """A visitor edits an earlier response: same id, later lastSubmittedTime; its row is rewritten in place.

    False when the row is no longer found in the tab: how Google finds it after a sort is not documented; here it is
    known by the Timestamp it was written with.
    """
    form = state.forms[form_id]
    response = next(entry for entry in form.responses if entry["responseId"] == response_id)
    before = datetime.fromisoformat(response["lastSubmittedTime"])
    response["lastSubmittedTime"] = rfc3339(when)
    response["answers"] = {**response["answers"], **_answers(form, answers)}
    if (target := _linked(state, form)) is None:
        return False
    book, sheet = target
    for anchor in sheet.objects.get(ANCHORS, []):
        stamp_column = _columns(sheet, form, anchor).get("")
        if stamp_column is None:
            continue
        wanted = _serial(book, before)
        for index, row in enumerate(sheet.rows):
            held = row.cells.get(stamp_column)
            if held is not None and isinstance(held.value, float) and abs(held.value - wanted) < 1e-8:
                cells = _cells(book, sheet, form, anchor, answers, when)
                sheet.rows[index] = row.put(cells)
                return True
    return False


def _answers(form: FormState, answers: Answers) -> JsonObject:
    ids = {title: question["questionId"] for title, question in questions(form)}
    unknown = answers.keys() - ids.keys()
    if unknown:
        raise LookupError(f"the form has no question {sorted(unknown)}")
    found: JsonObject = {}
    for title, answer in answers.items():
        texts = [answer] if isinstance(answer, str) else answer
        if texts and texts != [""]:
            values = {"answers": [{"value": text} for text in texts]}
            found[ids[title]] = {"questionId": ids[title], "textAnswers": values}
    return found


def _serial(book: Spreadsheet, when: datetime) -> float:
    local = when.astimezone(ZoneInfo(str(book.properties["timeZone"]))).replace(tzinfo=None)
    return patterns.serial(local)


def _cells(
    book: Spreadsheet, sheet: Sheet, form: FormState, anchor: JsonObject, answers: Answers, when: datetime
) -> dict[int, Cell]:
    columns = _columns(sheet, form, anchor)
    date = patterns.rules(book.locale).date
    cells: dict[int, Cell] = {}
    if "" in columns:
        stamp = {"numberFormat": {"type": "DATE_TIME", "pattern": f"{date} h:mm:ss"}}
        milliseconds = when.replace(microsecond=when.microsecond // 1000 * 1000)
        cells[columns[""]] = Cell(float(_serial(book, milliseconds)), stamp)
    for title, question in questions(form):
        if title in answers and question["questionId"] in columns:
            cells[columns[question["questionId"]]] = _cell(book, question, answers[title])
    return cells


def _cell(book: Spreadsheet, question: JsonObject, answer: str | list[str]) -> Cell:
    text = answer if isinstance(answer, str) else ", ".join(answer)
    if not text:
        return Cell()
    value, found = entered.read(text, book.locale) if text[:1] not in "='" else (text, None)
    is_moment = "dateQuestion" in question or "timeQuestion" in question
    if is_moment and found is not None:
        return Cell(value, {"numberFormat": found})
    digits = text.strip().replace(patterns.rules(book.locale).decimal, "", 1).isdigit()
    if digits and isinstance(value, (int, float)) and (found is None or found["type"] == "NUMBER"):
        return Cell(value)
    return Cell(text)
