"""``agenda setup`` on an empty account makes a working office, and a second time changes nothing."""

from __future__ import annotations

from sync.workspace.google.admin import words
from tests.google_admin.office import AdminOffice


def test_an_empty_account_gets_one_of_each(empty: AdminOffice) -> None:
    """Named as people know them, in the shared drive, the form too, which the Forms API makes in My Drive."""
    report = empty.setup()

    made = empty.made()
    assert made.spreadsheets == [words.SPREADSHEET_TITLE]
    assert made.folders == [words.FOLDER_TITLE]
    assert made.forms == [words.FORM_TITLE]
    picture = empty.picture()
    assert picture["places"] == [[empty.account.drive_id]] * 2
    assert picture["form place"] == [empty.account.drive_id]
    assert picture["settings"] == ("Asia/Pontianak", "in_ID")
    assert set(report.links) == {"spreadsheet", "archive", "form"}


def test_the_book_has_its_tabs_looks_and_rules(empty: AdminOffice) -> None:
    """All tabs but the form's own; drop-downs that offer and never refuse; warnings, never locks."""
    empty.setup()

    book = empty.staff.book
    assert [sheet.title for sheet in book.sheets] == [
        "Agenda", "Agenda Keluar", "Rekap", "Petugas", "Referensi", "Register", "Arsip",
    ]  # fmt: skip
    agenda = book.by_title("Agenda")
    assert agenda is not None
    assert agenda.properties["gridProperties"] == {"frozenRowCount": 1, "frozenColumnCount": 1}
    rule = agenda.cell(5, empty.staff.column("Agenda", "Petugas")).validation
    assert rule is not None
    assert rule["condition"] == {"type": "ONE_OF_RANGE", "values": [{"userEnteredValue": "='Petugas'!$A$2:$A$6"}]}
    assert not rule.get("strict")
    formats = {
        header: (agenda.cell(5, empty.staff.column("Agenda", header)).format or {}).get("numberFormat", {})
        for header in ("Waktu Registrasi", "Waktu Datang", "Nomor HP/WhatsApp", "Nama Lengkap")
    }
    assert formats["Waktu Registrasi"] == {"type": "DATE_TIME", "pattern": "dd/mm/yyyy hh:mm"}
    assert formats["Waktu Datang"] == {}
    assert formats["Nomor HP/WhatsApp"]["pattern"] == formats["Nama Lengkap"]["pattern"] == "@"
    protected = [entry for _, entry in book.objects("protectedRanges")]
    assert all(entry["warningOnly"] for entry in protected)
    register = book.by_title("Register")
    assert register is not None
    assert [entry["description"].split() for entry in register.objects["protectedRanges"]] == [
        ["agenda", "revision", "1"]
    ]
    assert len(agenda.objects["conditionalFormats"]) == 7
    assert empty.staff.rows("Referensi")[1][0] == "Pengurus koperasi"


def test_the_tab_rekap_has_its_charts_and_gets_back_one_that_was_deleted(empty: AdminOffice) -> None:
    """The same four as in the Excel book; the ones that are there are not drawn again."""
    empty.setup()
    recap = empty.staff.book.by_title("Rekap")
    assert recap is not None
    drawn = [chart["chartId"] for chart in recap.objects["charts"]]

    recap.objects["charts"].pop()
    empty.setup()

    recap = empty.staff.book.by_title("Rekap")
    assert recap is not None
    assert len(drawn) == 4
    assert sorted(chart["chartId"] for chart in recap.objects["charts"]) == sorted(drawn)


def test_the_form_asks_everything_and_insists_on_two(empty: AdminOffice) -> None:
    """Flag, never reject: only name and consent are required; the notice stands above; nobody has to sign in."""
    empty.setup()

    form = empty.google.state.forms[empty.config().google.form_id].document
    asked = {item["title"]: item["questionItem"]["question"] for item in form["items"]}
    headers = list(empty.config().rules.columns.responses.headers.values())
    assert list(asked) == headers[1:]
    assert [title for title, question in asked.items() if question.get("required")] == ["Nama Lengkap", "Persetujuan"]
    assert "timeQuestion" in asked["Waktu Datang"]
    assert asked["Topik Konsultasi"]["choiceQuestion"]["type"] == "DROP_DOWN"
    assert asked["Persetujuan"]["choiceQuestion"]["options"] == [{"value": "Ya, saya setuju"}]
    notice = form["info"]["description"]
    assert all(word in notice for word in ("UU Nomor 27 Tahun 2022", "Tujuan", "Penyimpanan", "Hak", "000.8 / 1622.3"))
    assert form["settings"]["emailCollectionType"] == "DO_NOT_COLLECT"
    assert form["publishSettings"]["publishState"] == {"isPublished": True, "isAcceptingResponses": True}


def test_access_is_given_as_config_says_and_once(empty: AdminOffice) -> None:
    """Writers everywhere, readers not in the form's editor; what somebody has already stays."""
    empty.setup()

    writer, reader = ("bidang@kantor.go.id", "writer"), ("pimpinan@kantor.go.id", "reader")
    anyone = ("", "reader")
    assert empty.picture()["shared"] == [[writer, reader], [writer, reader], [anyone, writer]]


def test_responders_shared_opens_the_form_to_nobody_else(empty: AdminOffice) -> None:
    empty.configure(responders="shared")

    empty.setup()

    assert ("", "reader") not in empty.picture()["shared"][2]


def test_a_second_time_changes_nothing(empty: AdminOffice) -> None:
    """Not one call that writes; the same state to the last byte."""
    empty.setup()
    before = empty.google.snapshot()
    empty.writes()

    report = empty.setup()

    assert report.done == []
    assert empty.writes() == []
    state = empty.google.state
    assert {key: file.version for key, file in state.files.items()} == {
        key: file.version for key, file in before.files.items()
    }
    assert {key: form.document for key, form in state.forms.items()} == {
        key: form.document for key, form in before.forms.items()
    }


def test_the_linking_step_is_told_and_then_verified(empty: AdminOffice) -> None:
    """Every click with its link; afterwards the form's tab gets the name that config.yaml says."""
    report = empty.setup()
    assert any(empty.config().google.form_id in line for line in report.step)
    assert any("Tautkan ke Spreadsheet" in line for line in report.step)

    empty.link()
    again = empty.setup()

    assert (again.step, again.linked) == ((), True)
    assert empty.staff.book.sheets[0].title == "Respons"
    empty.writes()
    assert empty.setup().linked
    assert empty.writes() == []


def test_a_response_after_setting_up_is_registered_by_a_run(office: AdminOffice) -> None:
    """The whole of it through the command line: form, spreadsheet, receipt in the archive."""
    answers: dict[str, str | list[str]] = {
        "Waktu Datang": "08:05",
        "Nama Lengkap": "Siti",
        "Persetujuan": "Ya, saya setuju",
    }
    office.google.clock.set("2026-11-24T01:10:00Z")
    office.staff.submit(answers, form_id=office.config().google.form_id)

    outcome = office.agenda("run", "--json", "--now", "2026-11-24T10:00")

    assert outcome.code == 0, outcome.err
    assert (outcome.json()["registered"], outcome.json()["documents_filed"]) == (1, 1)
    row = office.staff.find("Agenda", "Nama Lengkap", "Siti")
    assert office.staff.rows("Agenda")[row - 1][0] == "KONS-2026-0001"
    office.writes()
    office.setup()
    assert office.writes() == []


def test_the_command_prints_what_it_did_and_the_step(empty: AdminOffice) -> None:
    outcome = empty.agenda("setup")

    assert outcome.code == 0, outcome.err
    assert "tab 'Agenda' made" in outcome.out
    assert "One step is left that only a person can do" in outcome.out
    again = empty.agenda("setup")
    assert "everything is there already" in again.out
