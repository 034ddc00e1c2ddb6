"""The README is true: its commands, options and keys exist, and none that exists is missing from it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer
import yaml

from sync.cli.main import COMMANDS as LISTED
from sync.cli.main import app_for

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = {
    name: typer.main.get_command(app_for([name])).commands[name]  # type: ignore[attr-defined]  # a group of commands
    for name in LISTED
}
CONFIG = yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8"))


def test_every_command_the_readme_names_exists() -> None:
    """Nobody types a command that is not there."""
    named = set(re.findall(r"`agenda ([a-z]+)", README)) | set(re.findall(r"^\$ agenda ([a-z]+)", README, re.MULTILINE))

    assert named == set(COMMANDS)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_list_of_commands_says_of_each_what_it_says_itself(name: str) -> None:
    """The list is printed without loading a command."""
    assert " ".join((COMMANDS[name].help or "").split("\n\n")[0].split()) == LISTED[name][1]


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_option_of_a_command_is_in_the_readme_and_has_a_help_text(name: str) -> None:
    """A feature that is not written down does not exist for its users."""
    command = COMMANDS[name]

    assert command.help
    for parameter in command.params:
        for option in parameter.opts:
            if option.startswith("--") and option != "--help":
                assert f"{option}" in README, f"{name} {option}"


@pytest.mark.parametrize("key", sorted(CONFIG))
def test_every_part_of_the_configuration_is_in_the_readme(key: str) -> None:
    """config.yaml is commented; the README says what its parts are for."""
    assert f"`{key}`" in README


@pytest.mark.parametrize("target", re.findall(r"^\$ make ([a-z]+)", README, re.MULTILINE))
def test_every_make_target_the_readme_names_exists(target: str) -> None:
    """The two commands of the first screen, and the others."""
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def test_every_exit_code_in_the_readme_is_one_the_program_has() -> None:
    """0, 2, 3, 4 and 5, as the errors have them."""
    from sync import errors

    codes = {
        error.exit_code
        for error in vars(errors).values()
        if isinstance(error, type) and issubclass(error, errors.AgendaError) and hasattr(error, "exit_code")
    }

    assert codes == {int(code) for code in re.findall(r"\*\*(\d)\*\*", README)} - {0}
