"""The file in which ``agenda setup`` remembers what it made: ids, and what it was about to make.

It lies beside config.yaml, is written before and right after each thing is made, and is read by ``load_config``:
an id in config.yaml wins over one in here. Nothing in it is secret.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import yaml

from sync.config.document import parse_yaml, read_text
from sync.errors import ConfigInvalid
from sync.files import Unfit

IDS = ("spreadsheet_id", "archive_folder_id", "form_id")
"""Entries that stand in for an empty key of the same name under ``workspace.google``."""
_HEAD = (
    "# Written by `agenda setup`: the ids of what it made. Keep this file beside the configuration; an id in\n"
    "# config.yaml wins over one in here.\n"
)


class MadeFile:
    """Entries of one configuration's file, each a text. There may be no file yet: then there are no entries."""

    def __init__(self, config: Path) -> None:
        name = "google-ids.yaml" if config.stem == "config" else f"{config.stem}.google-ids.yaml"
        self.path = config.resolve().parent / name

    def read(self) -> dict[str, str]:
        """Return all entries.

        Raises:
            ConfigInvalid: the file is no longer what setup wrote.
        """
        try:
            content = parse_yaml(read_text(self.path)).content
        except FileNotFoundError:
            return {}
        except (yaml.YAMLError, UnicodeDecodeError, IsADirectoryError, Unfit):
            content = []
        if not isinstance(content, dict) or not all(isinstance(value, str) for value in content.values()):
            fault = f"{self.path.name}: not what `agenda setup` wrote (lines such as form_id: 1AbC…); mend or remove it"
            raise ConfigInvalid(str(self.path), [fault])
        return {key: str(value) for key, value in content.items() if value}

    def put(self, entries: Mapping[str, str | None]) -> None:
        """Set entries, or remove those that are None; a crash leaves the file as it was before or as it is after."""
        kept = {**self.read(), **entries}
        lines = yaml.safe_dump({key: value for key, value in kept.items() if value}, default_flow_style=False)
        draft = self.path.with_name(self.path.name + ".new")
        with draft.open("w", encoding="utf-8") as stream:
            stream.write(_HEAD + ("" if lines == "{}\n" else lines))
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(self.path)


def with_made_ids(config: Path, given: Mapping[str, str]) -> dict[str, str]:
    """Return the ids that ``given`` (by key of ``workspace.google``) leaves empty and setup has made.

    Raises:
        ConfigInvalid.
    """
    made = MadeFile(config).read()
    return {key: made[key] for key in IDS if key in made and not given.get(key)}
