"""Responses from the Forms API instead of the form's linked tab: each has an id of its own, and an exact moment.

https://developers.google.com/workspace/forms/api/reference/rest/v1/forms.responses
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sync.domain.reading import RESPONSE_ID
from sync.domain.table import Cell, Row, Table, header_key
from sync.domain.tabs import Columns, ResponseCells
from sync.workspace.google.failures import CallFailed, operator_error
from sync.workspace.google.pacing import Bucket
from sync.workspace.google.retry import Repeat
from sync.workspace.google.transport import Transport

_FORMS = "https://forms.googleapis.com/v1/forms"
_PLACE, _KEY = "the form", "workspace.google.form_id"


class FormResponses:
    """The responses as a table that looks like the linked tab, with one column more: the response's id."""

    def __init__(self, transport: Transport, form_id: str, columns: Columns[ResponseCells], zone: ZoneInfo) -> None:
        self._transport, self._form_id, self._columns, self._zone = transport, form_id, columns, zone
        self._titles: dict[str, str] | None = None
        """Question title by id. Asked once a process, and again when an answer belongs to no known question."""

    def table(self) -> Table:
        """Return all responses, oldest first.

        The headers are those of the configuration that the form has a question for (and the moment and the id), so a
        question that was renamed or deleted is missed by its header, as it would be in the tab. Answers are texts, as
        the API gives them: dates as 2026-11-24, times as 09:30.

        Raises:
            AccessRefused, Unreachable.
        """
        try:
            responses = sorted(self._responses(), key=lambda item: str(item.get("createTime", "")))
            titles = self._known_titles(responses)
        except CallFailed as failed:
            raise operator_error(failed.failure, _PLACE, _KEY) from failed
        timestamp, email = self._columns.header("timestamp"), self._columns.header("email")
        asked = {header_key(title) for title in titles.values()}
        if any("respondentEmail" in item for item in responses):
            asked.add(header_key(email))
        headers = [
            header for header in self._columns.headers.values() if header == timestamp or header_key(header) in asked
        ]
        rows = []
        for position, response in enumerate(responses):
            answers = _answers(response, titles)
            answers.setdefault(header_key(email), str(response.get("respondentEmail", "")))
            answers.pop(header_key(timestamp), None)
            cells: list[Cell] = [answers.get(header_key(header)) or None for header in headers]
            cells[headers.index(timestamp)] = self._moment(str(response.get("createTime", "")))
            rows.append(Row(position, (*cells, str(response.get("responseId", "")) or None)))
        return Table(self._columns.tab, (*headers, RESPONSE_ID), tuple(rows))

    def _responses(self) -> Iterator[dict[str, Any]]:
        params: dict[str, str] = {}
        while True:
            page = self._get(f"{_FORMS}/{self._form_id}/responses", params)
            yield from page.get("responses", ())
            if not page.get("nextPageToken"):
                return
            params = {"pageToken": page["nextPageToken"]}

    def _known_titles(self, responses: list[dict[str, Any]]) -> dict[str, str]:
        answered = {question for response in responses for question in response.get("answers", {})}
        if self._titles is None or not answered <= self._titles.keys():
            self._titles = _titles(self._get(f"{_FORMS}/{self._form_id}", {}))
        return self._titles

    def _get(self, url: str, params: Mapping[str, str]) -> dict[str, Any]:
        return self._transport.send(Bucket.FORMS, "GET", url, params=params, repeat=Repeat.SAFE).data

    def _moment(self, stamp: str) -> datetime | None:
        """RFC 3339 in UTC, to the nanosecond; the book keeps local time to the second."""
        try:
            moment = datetime.fromisoformat(re.sub(r"\.\d+", "", stamp))
        except ValueError:
            return None
        return moment.astimezone(self._zone).replace(tzinfo=None)


def _titles(form: Mapping[str, Any]) -> dict[str, str]:
    titles: dict[str, str] = {}
    for item in form.get("items", ()):
        question = item.get("questionItem", {}).get("question", {})
        if question.get("questionId"):
            titles[question["questionId"]] = str(item.get("title", ""))
        for row in item.get("questionGroupItem", {}).get("questions", ()):
            titles[row.get("questionId", "")] = (
                f"{item.get('title', '')} [{row.get('rowQuestion', {}).get('title', '')}]"
            )
    return titles


def _answers(response: Mapping[str, Any], titles: Mapping[str, str]) -> dict[str, str]:
    """Return the answers by :func:`header_key` of their question; several choices joined as the linked tab does."""
    answers: dict[str, str] = {}
    for question, answer in response.get("answers", {}).items():
        texts = [str(item.get("value", "")) for item in answer.get("textAnswers", {}).get("answers", ())]
        if question in titles and texts:
            answers[header_key(titles[question])] = ", ".join(texts)
    return answers
