"""README and docs are true: their commands, options, words and sentences exist, and none that exists is missing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer
import yaml

from sync.cli.main import COMMANDS as LISTED
from sync.cli.main import EXIT_INTERNAL, app_for
from sync.domain.finding import BLOCKING, Code, Finding
from sync.domain.repair.verify import Difference
from sync.domain.wording import finding_text

ROOT = Path(__file__).resolve().parent.parent
PAGES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
    for path in (ROOT / "README.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").glob("*.md")))
}
README, OPERATOR, TEMUAN = PAGES["README.md"], PAGES["docs/operator.md"], PAGES["docs/temuan.md"]
COMMANDS = {
    name: typer.main.get_command(app_for([name])).commands[name]  # type: ignore[attr-defined]  # a group of commands
    for name in LISTED
}
CONFIG = yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8"))
EVERYWHERE = {"--config", "--log"}
"""Options that every command takes; the operator's page says so once."""
EXAMPLES = {
    Code.STEP_OVER_STANDARD: (
        {"step": "«kegiatan»", "standard": "«standar»", "working": "14700", "wall": "18300"},
        {"step": "«kegiatan»", "standard": "«standar»"},
    ),
    Code.DUPLICATE_REGISTRATION: ({}, {"copies": "«n»"}),
    Code.ROWS_MIXED: ({"+KONS-2026-0003": "Saran", "-KONS-2026-0004": "Nama Lengkap", "#": "Surel"},),
}
"""The facts that sentences with more than one shape, or with facts of their own, are shown with."""
USUAL = ({"step": "«kegiatan»", "count": "«n»", "title": "«dokumen»"},)


def options_of(name: str) -> set[str]:
    found = {option for parameter in COMMANDS[name].params for option in parameter.opts if option.startswith("--")}
    return found - {"--help"}


def section(page: str, heading: str) -> str:
    """Return what stands below a heading, until the next of its rank or a higher one."""
    rank = len(heading) - len(heading.lstrip("#"))
    match = re.search(rf"^{re.escape(heading)}\n(.*?)(?=^#{{1,{rank}}} |\Z)", page, re.MULTILINE | re.DOTALL)
    assert match, heading
    return match[1]


def first_cells(text: str) -> list[str]:
    """Return the first word in code of each table row."""
    return re.findall(r"^\| `([^`]+)`", text, re.MULTILINE)


def anchor(heading: str) -> str:
    """Return the anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def test_every_command_the_readme_names_exists() -> None:
    """Nobody types a command that is not there."""
    named = set(re.findall(r"`agenda ([a-z]+)", README)) | set(
        re.findall(r"^\$ \S*agenda ([a-z]+)", README, re.MULTILINE)
    )

    assert named == set(COMMANDS)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_list_of_commands_says_of_each_what_it_says_itself(name: str) -> None:
    """The list is printed without loading a command."""
    assert " ".join((COMMANDS[name].help or "").split("\n\n")[0].split()) == LISTED[name][1]


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_option_of_a_command_stands_under_that_command(name: str) -> None:
    """A feature that is not written down does not exist for its users; one that is gone is not offered either."""
    options = options_of(name)
    told = {re.split(r"[ =]", cell)[0] for cell in first_cells(section(OPERATOR, f"### `agenda {name}`"))}

    assert COMMANDS[name].help
    assert options >= EVERYWHERE
    assert told == options - EVERYWHERE


def test_the_operators_page_tells_no_command_that_is_not_there() -> None:
    assert set(re.findall(r"^### `agenda ([a-z]+)`", OPERATOR, re.MULTILINE)) == set(COMMANDS)


@pytest.mark.parametrize("page", sorted(PAGES))
def test_every_command_line_on_a_page_can_be_typed(page: str) -> None:
    """Each command exists, and takes the options that it is shown with."""
    for name, rest in re.findall(r"(?<![\w:/-])(?:\.venv/bin/)?agenda\s([a-z]+)\b([^`\n]*)", PAGES[page]):
        if name in COMMANDS:
            shown = set(re.findall(r"(?<!\S)--[a-z-]+", rest.split("#")[0]))
            assert shown <= options_of(name) | {"--help"}, f"agenda {name}{rest}"
    for name in re.findall(r"`agenda\s([a-z]+)", PAGES[page]):
        assert name in COMMANDS, f"agenda {name}"


@pytest.mark.parametrize("page", sorted(PAGES))
def test_every_link_between_the_pages_leads_somewhere(page: str) -> None:
    """A file that is there, and a heading in it."""
    for target, place in re.findall(r"\]\(([^)#:]*)(?:#([^)]*))?\)", PAGES[page]):
        path = ((ROOT / page).parent / target).resolve() if target else ROOT / page
        assert path.is_file(), target
        if place:
            headings = re.findall(r"^#+ (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
            assert place in {anchor(heading) for heading in headings}, f"{target}#{place}"


@pytest.mark.parametrize("page", ["docs/" + path.name for path in sorted((ROOT / "docs").glob("*.md"))])
def test_every_page_is_found_from_the_readme(page: str) -> None:
    assert f"]({page}" in README


@pytest.mark.parametrize("key", sorted(CONFIG))
def test_every_part_of_the_configuration_is_in_the_readme(key: str) -> None:
    """config.yaml is commented; the README says what its parts are for."""
    assert f"`{key}`" in README


@pytest.mark.parametrize("target", sorted({*re.findall(r"(?:^\$|`)\s?make ([a-z]+)", "\n".join(PAGES.values()), re.M)}))
def test_every_make_target_the_pages_name_exists(target: str) -> None:
    """The two commands of the first screen, and the others."""
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def test_every_exit_code_in_the_readme_is_one_the_program_has() -> None:
    """0 to 5, as the errors and the outermost edge have them."""
    from sync import errors

    codes = {
        error.exit_code
        for error in vars(errors).values()
        if isinstance(error, type) and issubclass(error, errors.AgendaError) and hasattr(error, "exit_code")
    }

    told = {int(code) for code in re.findall(r"\*\*(\d)\*\*", section(README, "## Exit codes"))}
    assert told == codes | {0, EXIT_INTERNAL}


def test_every_word_of_verify_is_explained_as_what_it_is() -> None:
    """Errors in the one table, notes in the other; a word that verify no longer says is in neither."""
    errors, notes = re.split(r"^\| note ", section(OPERATOR, "## Words of verify"), flags=re.MULTILINE)

    assert sorted(first_cells(errors)) == sorted(word.value for word in Difference if not word.is_note)
    assert sorted(first_cells(notes)) == sorted(word.value for word in Difference if word.is_note)


def test_every_finding_is_explained_once() -> None:
    assert sorted(first_cells(TEMUAN)) == sorted(code.value for code in Code)


@pytest.mark.parametrize("code", Code, ids=lambda code: str(code.value))
def test_a_finding_is_explained_by_its_very_sentence(code: Code) -> None:
    """So that who reads it in the book finds it on the page; and the page says whether it keeps a visit open."""
    (row,) = re.findall(rf"^\| `{code.value}`.*$", TEMUAN, re.MULTILINE)
    mark, sentence = row.split(" | ")[:2]
    shown = [finding_text(Finding(code, "", facts), "«kolom»") for facts in EXAMPLES.get(code, USUAL)]

    for text in shown:
        assert text in sentence
    assert len(sentence) <= sum(map(len, shown)) + len(" Atau, selagi berjalan: ")
    assert ("⛔" in mark) == (code in BLOCKING)
