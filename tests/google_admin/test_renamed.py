"""What people renamed is recognised, asked about and mapped; nothing of the same name is made beside it."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from sync.errors import SafetyStop
from sync.workspace.google.admin.errors import QuestionRenamed, TabRenamed
from sync.workspace.google.admin.setup import Answers, Setup
from tests.google_admin.office import TODAY, AdminOffice
from tests.google_backend.office import emulator

ANSWERS: dict[str, str | list[str]] = {
    "Waktu Datang": "08:05",
    "Nama Lengkap": "Siti",
    "Persetujuan": "Ya, saya setuju",
}
RUN = ("run", "--json", "--now", "2026-11-24T10:00")


def form_of(office: AdminOffice) -> Any:
    return office.google.state.forms[office.config().google.form_id]


def titles(office: AdminOffice) -> list[str]:
    return [item["title"] for item in form_of(office).document["items"]]


def edit_form(office: AdminOffice, *requests: dict[str, Any]) -> None:
    """What a person does in the form's editor, by the API that does the same."""
    with emulator(office.server.host):
        from sync.workspace.google.admin.calls import Forms

        Forms(office.session().transport).update(office.config().google.form_id, requests, "")


def rename(office: AdminOffice, old: str, new: str) -> None:
    place = {"index": titles(office).index(old)}
    edit_form(office, {"updateItem": {"item": {"title": new}, "location": place, "updateMask": "title"}})


def ask_again(office: AdminOffice, title: str) -> None:
    """Delete the question and add another one of the same title, at its place."""
    index = titles(office).index(title)
    item = {"title": title, "questionItem": {"question": {"textQuestion": {}}}}
    edit_form(
        office,
        {"deleteItem": {"location": {"index": index}}},
        {"createItem": {"item": item, "location": {"index": index}}},
    )


def visit(office: AdminOffice, name: str, minute: int, title: str = "Nama Lengkap") -> None:
    office.google.clock.set(f"2026-11-24T01:{minute:02}:00Z")
    others = {question: answer for question, answer in ANSWERS.items() if question != "Nama Lengkap"}
    office.staff.submit({**others, title: name}, form_id=office.config().google.form_id)


def configure_column(office: AdminOffice, header: str, now: str) -> None:
    content = yaml.safe_load(office.config_path.read_text(encoding="utf-8"))
    content.setdefault("kolom", {})["Respons"] = {header: now}
    office.config_path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")


def registered(office: AdminOffice) -> int:
    outcome = office.agenda(*RUN)
    assert outcome.code == 0, outcome.err
    return int(outcome.json()["registered"])


@pytest.mark.parametrize("renames_header", [False, True])
def test_a_renamed_question_is_asked_about_and_mapped(office: AdminOffice, renames_header: bool) -> None:
    """Whatever the form does with the column's header; deleted visits stay deleted all the way."""
    office.google.settings.renames_headers = renames_header
    visit(office, "Ani", 1)
    visit(office, "Budi", 2)
    assert registered(office) == 2
    office.staff.delete_rows("Agenda", office.staff.find("Agenda", "Nama Lengkap", "Budi"))
    assert registered(office) == 0
    rename(office, "Nama Lengkap", "Nama Anda")
    before = titles(office)

    with pytest.raises(QuestionRenamed, match="Nama Anda") as caught:
        office.setup()

    assert caught.value.exit_code == 5
    assert "kolom: Respons: {Nama Lengkap: Nama Anda}" in str(caught.value)
    assert titles(office) == before
    assert "Nama Anda" in office.doctor()["form questions"].found
    configure_column(office, "Nama Lengkap", "Nama Anda")
    assert office.setup().left == []
    assert titles(office) == before
    visit(office, "Citra", 3, "Nama Anda")
    assert registered(office) == 1
    assert [row[3] for row in office.staff.rows("Agenda")[1:] if row and row[0]] == ["Ani", "Citra"]


def test_a_question_that_is_another_one_is_added_when_that_is_said(office: AdminOffice) -> None:
    rename(office, "Surel", "Alamat Rumah")
    with pytest.raises(QuestionRenamed):
        office.setup()

    with emulator(office.server.host):
        answers = Answers(new_questions=frozenset({"Surel"}))
        Setup(office.config(), office.session(), TODAY, office.told.append, answers).run()

    assert "Surel" in titles(office)
    assert "Alamat Rumah" in titles(office)
    assert office.setup().done == []


def test_a_title_changed_in_the_configuration_alone_is_asked_about_too(office: AdminOffice) -> None:
    """The key in what is told to put there is the design's header, whatever config.yaml calls the column by now."""
    configure_column(office, "Surel", "E-mail")

    with pytest.raises(QuestionRenamed, match=r"'E-mail' is missing, and 'Surel'.*kolom: Respons: \{Surel: Surel\}"):
        office.setup()

    assert "E-mail" not in titles(office)


def test_an_own_question_beside_all_of_ours_is_nobodys_renamed_one(office: AdminOffice) -> None:
    item = {"title": "Pekerjaan", "questionItem": {"question": {"textQuestion": {}}}}
    edit_form(office, {"createItem": {"item": item, "location": {"index": 3}}})

    assert office.setup().done == []
    assert office.doctor()["form questions"].passed


def test_without_noted_ids_a_renamed_question_is_known_by_its_place(office: AdminOffice) -> None:
    made = office.folder / "google-ids.yaml"
    kept = [line for line in made.read_text(encoding="utf-8").splitlines() if not line.startswith("question_")]
    made.write_text("\n".join(kept) + "\n", encoding="utf-8")
    rename(office, "Nama Lengkap", "Nama Anda")
    rename(office, "Surel", "E-mail")

    with pytest.raises(QuestionRenamed, match=r"Nama Anda.*E-mail"):
        office.setup()


def test_a_moved_and_renamed_question_is_known_by_its_id(office: AdminOffice) -> None:
    rename(office, "Surel", "E-mail")
    place = titles(office).index("E-mail")
    edit_form(office, {"moveItem": {"originalLocation": {"index": place}, "newLocation": {"index": 0}}})

    with pytest.raises(QuestionRenamed, match="E-mail"):
        office.setup()


def test_a_question_deleted_and_asked_again_stops_no_run_and_brings_nobody_back(office: AdminOffice) -> None:
    """Two columns of one title in the form's tab from then on: they are read as one."""
    visit(office, "Ani", 1)
    visit(office, "Budi", 2)
    assert registered(office) == 2
    office.staff.delete_rows("Agenda", office.staff.find("Agenda", "Nama Lengkap", "Budi"))
    assert registered(office) == 0
    ask_again(office, "Nama Lengkap")

    visit(office, "Citra", 3)

    assert office.staff.rows("Respons")[0].count("Nama Lengkap") == 2
    assert registered(office) == 1
    assert [row[3] for row in office.staff.rows("Agenda")[1:] if row and row[0]] == ["Ani", "Citra"]
    assert registered(office) == 0
    check = office.doctor()["columns of responses"]
    assert (check.passed, check.error) == (False, None)
    assert office.setup().done == []


def test_a_second_question_that_an_earlier_setup_added_stops_no_run(office: AdminOffice) -> None:
    """Renamed, and the missing one added at the end: the column of the old title is filled by neither or one."""
    visit(office, "Ani", 1)
    registered(office)
    rename(office, "Surel", "Surel Anda")
    with emulator(office.server.host):
        answers = Answers(new_questions=frozenset({"Surel"}))
        Setup(office.config(), office.session(), TODAY, office.told.append, answers).run()

    visit(office, "Budi", 2)

    assert office.staff.rows("Respons")[0].count("Surel") == 2
    assert registered(office) == 1


@pytest.mark.parametrize("tab", ["Agenda", "Register", "Petugas", "Rekap"])
def test_a_renamed_tab_is_asked_about_and_no_empty_one_is_made(office: AdminOffice, tab: str) -> None:
    office.staff.rename_tab(tab, f"{tab} 2026")
    before = [sheet.title for sheet in office.staff.book.sheets]

    with pytest.raises(TabRenamed, match=f"{tab} 2026") as caught:
        office.setup()

    assert isinstance(caught.value, SafetyStop)
    assert [sheet.title for sheet in office.staff.book.sheets] == before
    office.staff.rename_tab(f"{tab} 2026", tab)
    assert office.setup().done == []


def test_a_tab_that_is_missing_is_made_and_one_that_only_looks_like_it_when_that_is_said(office: AdminOffice) -> None:
    office.staff.rename_tab("Petugas", "Petugas lama")

    outcome = office.agenda("setup", "--new-tab", "Petugas")

    assert outcome.code == 0, outcome.err
    assert "tab 'Petugas' made" in outcome.out
    office.staff.delete_tab("Rekap")
    assert office.setup().done[0] == "tab 'Rekap' made"
