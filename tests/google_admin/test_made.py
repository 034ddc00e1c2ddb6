"""The file of made ids: read by load_config, beaten by config.yaml, whole at every moment."""

from __future__ import annotations

from pathlib import Path

import pytest

from sync.config import load_config
from sync.config.made import MadeFile
from sync.errors import ConfigInvalid
from tests.google_admin.office import AdminOffice


def test_ids_that_setup_made_stand_in_for_empty_ones(empty: AdminOffice) -> None:
    MadeFile(empty.config_path).put({"spreadsheet_id": "1made", "form_id": "1form", "spreadsheet_name": "x"})
    empty.configure(form_id="1mine")

    section = empty.config().google

    assert (section.spreadsheet_id, section.form_id, section.archive_folder_id) == ("1made", "1mine", "")


def test_an_office_on_a_folder_does_not_look_at_it(empty: AdminOffice) -> None:
    MadeFile(empty.config_path).path.write_text("nonsense", encoding="utf-8")
    text = empty.config_path.read_text(encoding="utf-8").replace("backend: google", "backend: local")
    empty.config_path.write_text(text, encoding="utf-8")

    assert load_config(empty.config_path).google.spreadsheet_id == ""


@pytest.mark.parametrize("text", ["nonsense", "- a\n", "form_id: [1]\n", "form_id: {a: b}\n", "a: 'b\n"])
def test_a_file_that_is_not_setup_s_is_a_fault_with_its_name(empty: AdminOffice, text: str) -> None:
    """Never read as "nothing was made yet": everything would be made a second time."""
    MadeFile(empty.config_path).path.write_text(text, encoding="utf-8")

    with pytest.raises(ConfigInvalid) as stopped:
        empty.config()

    assert "google-ids.yaml" in str(stopped.value)


def test_entries_come_and_go_and_ids_stay_texts(tmp_path: Path) -> None:
    """An id may look like a number, a date or a truth value."""
    made = MadeFile(tmp_path / "config.yaml")
    entries = {"spreadsheet_id": "0123", "form_id": "yes", "archive_folder_id": "2026-11-24", "form_name": "a: b # c"}
    made.put(dict(entries))

    assert made.read() == entries
    made.put({"form_name": None})
    assert set(made.read()) == {"spreadsheet_id", "form_id", "archive_folder_id"}
    assert [path.name for path in tmp_path.iterdir()] == ["google-ids.yaml"]


def test_two_configurations_in_one_folder_keep_theirs_apart(tmp_path: Path) -> None:
    MadeFile(tmp_path / "config.yaml").put({"form_id": "1"})

    assert MadeFile(tmp_path / "cabang.yaml").read() == {}
    assert MadeFile(tmp_path / "cabang.yaml").path.name == "cabang.google-ids.yaml"
