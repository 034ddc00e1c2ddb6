"""What people do to the form after the office is at work: nothing is lost, nothing gets a second number."""

from __future__ import annotations

from typing import Any

import pytest

from tests.google_admin.office import AdminOffice

CONSENT = "Ya, saya setuju"


def submit(office: AdminOffice, name: str, at: str, **answers: str) -> str:
    """A visitor sends the form at ``at``, UTC; the response's id."""
    office.google.clock.set(f"2026-11-24T{at}:00Z")
    whole: dict[str, str | list[str]] = {"Nama Lengkap": name, "Nomor HP/WhatsApp": "081234567890", **answers}
    return office.server.staff.submit(
        {**whole, "Persetujuan": CONSENT}, form_id=office.config().google.form_id, at=office.google.clock.now()
    )


def edit(office: AdminOffice, response_id: str, at: str, **answers: str) -> None:
    """The visitor opens the response again and sends it once more: Google keeps the row, and dates it anew."""
    office.google.clock.set(f"2026-11-24T{at}:00Z")
    given: dict[str, str | list[str]] = {"Nomor HP/WhatsApp": "081234567890", "Persetujuan": CONSENT, **answers}
    form_id = office.config().google.form_id
    assert office.server.staff.edit_response(response_id, given, office.google.clock.now(), form_id)


def run(office: AdminOffice) -> dict[str, Any]:
    outcome = office.agenda("run", "--json", "--now", "2026-11-24T12:00")
    assert outcome.code == 0, outcome.err
    return dict(outcome.json())


def numbers(office: AdminOffice) -> dict[str, str]:
    """Number by name, of every row of the agenda."""
    rows = office.staff.rows("Agenda")
    number, name = (rows[0].index(header) for header in ("No. Registrasi", "Nama Lengkap"))
    return {row[number]: row[name] for row in rows[1:] if row and row[number]}


def items(office: AdminOffice) -> list[dict[str, Any]]:
    return list(office.google.state.forms[office.config().google.form_id].document["items"])


def test_a_form_that_was_unlinked_and_linked_again_replays_nothing(office: AdminOffice) -> None:
    """What came in between is registered once it is there; what Google copies into the new tab is known."""
    submit(office, "Siti", "01:00")
    run(office)
    office.server.staff.unlink_form(office.config().google.form_id)
    submit(office, "Budi", "02:00")
    assert run(office)["registered"] == 0
    assert "Link to Sheets" in office.doctor()["form linked"].found

    siti = office.staff.rows("Respons")[1]
    office.staff.rename_tab("Respons", "Respons lama")
    office.link()
    assert "rename the one it writes to now to 'Respons'" in office.setup().left[0]
    office.staff.rename_tab("Form Responses 1", "Respons")
    # Google copies every response it has into the tab of a new link (a script of others reports it); so does this.
    budi = [siti[0] + 1 / 24, *("Budi" if cell == "Siti" else cell for cell in siti[1:])]
    office.staff.write("Respons", "A2", [siti, budi], typed=False)

    assert run(office)["registered"] == 1
    assert numbers(office) == {"KONS-2026-0001": "Siti", "KONS-2026-0002": "Budi"}


def test_a_question_that_was_renamed_stops_the_run_and_its_answers_are_registered_afterwards(
    office: AdminOffice,
) -> None:
    """Google renames the column with it. The message names tab and column; the name given back, all goes on."""
    submit(office, "Siti", "01:00")
    run(office)
    question = next(item for item in items(office) if item["title"] == "Nama Lengkap")
    question["title"] = "Nama Anda"
    office.staff.rename_column("Respons", "Nama Lengkap", "Nama Anda")
    office.staff.submit({"Nama Anda": "Budi", "Persetujuan": CONSENT}, form_id=office.config().google.form_id)

    stopped = office.agenda("run", "--now", "2026-11-24T12:00")

    assert stopped.code == 5
    assert "tab 'Respons'" in stopped.err
    assert "'Nama Lengkap'" in stopped.err
    assert "Nama Lengkap" in office.doctor()["form questions"].found
    question["title"] = "Nama Lengkap"
    office.staff.rename_column("Respons", "Nama Anda", "Nama Lengkap")
    assert run(office)["registered"] == 1
    assert set(numbers(office).values()) == {"Siti", "Budi"}


def test_a_question_that_was_added_is_nobody_s_business_but_the_office_s(office: AdminOffice) -> None:
    """Its column is not read, and the responses with and without it keep and get their numbers."""
    submit(office, "Siti", "01:00")
    run(office)
    added = {"itemId": "neu", "title": "Tahu dari mana?"}
    added |= {"questionItem": {"question": {"questionId": "7e57", "textQuestion": {}}}}  # type: ignore[dict-item]
    office.google.state.forms[office.config().google.form_id].document["items"].append(added)
    submit(office, "Budi", "02:00", **{"Tahu dari mana?": "Radio"})

    assert run(office)["registered"] == 1
    assert numbers(office) == {"KONS-2026-0001": "Siti", "KONS-2026-0002": "Budi"}
    assert run(office)["rows_updated"] == 0


@pytest.mark.parametrize("source", ["sheet", "forms-api"])
def test_a_response_edited_by_its_visitor_keeps_its_number(office: AdminOffice, source: str) -> None:
    """However often; the row in the agenda stays as staff have it."""
    office.configure(responses=source)
    arrived = {"Nama Lengkap": "Siti", "Waktu Datang": "07:55"}
    response = submit(office, "Siti", "01:00", **{**arrived, "Uraian Singkat": "Tanya akta"})
    assert run(office)["registered"] == 1
    edit(office, response, "03:00", **{**arrived, "Uraian Singkat": "Tanya akta dan izin"})

    assert run(office)["registered"] == 0
    assert numbers(office) == {"KONS-2026-0001": "Siti"}
