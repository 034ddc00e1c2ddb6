"""Experiments on a scratch spreadsheet and a scratch form, made in the scratch folder and gone with it."""

from __future__ import annotations

from collections.abc import Iterator

from sync.workspace.google.admin import words
from sync.workspace.google.admin.calls import FORM_TYPE, SPREADSHEET_TYPE, AdminDrive, Forms
from sync.workspace.google.admin.probe_result import Experiment, Result, judged, noted, refusal, told
from sync.workspace.google.sheets import SheetClient
from sync.workspace.google.transport import Transport


class MadeProbe:
    """What setting up makes, looked at: nothing here touches the office's own spreadsheet or form."""

    def __init__(self, transport: Transport, drive: AdminDrive, folder: str) -> None:
        self._transport, self._drive, self._folder = transport, drive, folder

    def experiments(self) -> Iterator[Experiment]:
        """Yield the experiments. Each raises CallFailed where Google says no."""
        yield Experiment("the locale of Indonesia", self._locale)
        yield Experiment("a form made by Drive", self._form)

    def _locale(self) -> Iterator[Result]:
        made = self._drive.create_native("agenda-probe-locale", SPREADSHEET_TYPE, self._folder)
        sheets = SheetClient(self._transport, made)
        codes = []
        for wanted in words.LOCALES:
            codes.append(code := self._locale_after(sheets, wanted))
            yield noted(f"the locale, set to {wanted}", "a code of Indonesia", code)
        found = ", ".join(codes)
        holds = any(map(words.is_indonesian, codes))
        yield judged("a locale of Indonesia can be set by setup", " or ".join(words.LOCALES), found, holds=holds)

    @staticmethod
    def _locale_after(sheets: SheetClient, wanted: str) -> str:
        change = {"properties": {"locale": wanted}, "fields": "locale"}
        request = {"updateSpreadsheetProperties": change}
        failure = refusal(lambda: sheets.write([request], (), "spreadsheetId"))
        if failure is not None:
            return told(failure)
        return str(sheets.get("properties(locale)").get("properties", {}).get("locale", ""))

    def _form(self) -> Iterator[Result]:
        """Does the title that visitors read follow the file's name, when made and when renamed?"""
        question = "the title of a form that Drive made, and then renamed"
        made: list[str] = []
        name = "agenda-probe-form"
        failure = refusal(lambda: made.append(self._drive.create_native(name, FORM_TYPE, self._folder)))
        if failure is not None or not made:
            yield noted(question, "unknown", told(failure))
            return
        forms = Forms(self._transport)
        first = str(forms.get(made[0]).get("info", {}).get("title", "none"))
        self._drive.change(made[0], {"name": f"{name}-renamed"})
        second = str(forms.get(made[0]).get("info", {}).get("title", "none"))
        yield noted(question, "setup sets it either way", f"{first!r}, then {second!r}")
