"""Read config.yaml, check it against the schema and against the workbook's columns, and turn it into rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from pydantic import ValidationError

from sync.config.document import YamlDocument, parse_yaml
from sync.config.made import with_made_ids
from sync.config.rules import build_rules, column_faults
from sync.config.schema import ConfigFile
from sync.config.schema_workspace import GoogleSection
from sync.domain.archive import DocumentKind
from sync.domain.rules import Rules
from sync.errors import ConfigInvalid, ConfigMissing

Fault = tuple[tuple[str | int, ...], str]


@dataclass(frozen=True, slots=True)
class Config:
    """The configuration, ready for use. Paths are absolute."""

    path: Path
    rules: Rules
    zone: ZoneInfo
    backend: str
    local_folder: Path
    templates: Path
    papers: Mapping[DocumentKind, str]
    """The paper of a kind of document, where it is not the usual one."""
    google: GoogleSection

    @property
    def utc_offset(self) -> timedelta:
        """The zone's distance from UTC (Indonesia's zones have no daylight saving)."""
        offset = datetime(2026, 1, 1, tzinfo=self.zone).utcoffset()
        assert offset is not None, "a ZoneInfo always has an offset"
        return offset


def load_config(path: Path) -> Config:
    """Return the configuration at ``path``; its relative paths are relative to its own folder.

    Ids of Google's that it leaves empty come from the file in which ``agenda setup`` remembers them.

    Raises:
        ConfigMissing: there is no file.
        ConfigInvalid: with every fault at once, each with file, line, key path, what was found and what is expected.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        raise ConfigMissing(str(path)) from None
    except UnicodeDecodeError as error:
        raise ConfigInvalid(
            str(path), [f"{path.name}: byte {error.start} is not UTF-8; save the file as UTF-8"]
        ) from None
    try:
        document = parse_yaml(text)
    except yaml.YAMLError as error:
        raise ConfigInvalid(str(path), [_yaml_fault(path.name, error)]) from None
    faults: list[Fault] = list(document.faults)
    file: ConfigFile | None = None
    try:
        file = ConfigFile.model_validate(document.content)
    except ValidationError as error:
        faults += [(document.written(item["loc"]), _sentence(item)) for item in error.errors()]
    else:
        faults += column_faults(file)
    if file is None or faults:
        raise ConfigInvalid(str(path), [_line(path.name, document, *fault) for fault in _in_order(document, faults)])
    base = path.resolve().parent
    return Config(
        path=path.resolve(),
        rules=build_rules(file),
        zone=ZoneInfo(file.zona_waktu),
        backend=file.workspace.backend,
        local_folder=base / file.workspace.local.folder,
        templates=base / file.dokumen.templat,
        papers=_papers(file),
        google=_google(path, file),
    )


def _google(path: Path, file: ConfigFile) -> GoogleSection:
    """Return the section, with the ids that setup made where it has none of its own."""
    section = file.workspace.google
    if file.workspace.backend != "google":
        return section
    return section.model_copy(update=with_made_ids(path, section.model_dump()))


def _papers(file: ConfigFile) -> dict[DocumentKind, str]:
    chosen = file.dokumen.kertas.model_dump(by_alias=True)
    usual = {"tanda-registrasi": "a5", "telaahan": "a4"}
    return {DocumentKind(kind): paper for kind, paper in chosen.items() if paper != usual[kind]}


def _in_order(document: YamlDocument, faults: Iterable[Fault]) -> list[Fault]:
    return sorted(faults, key=lambda fault: document.line(fault[0]))


def _line(name: str, document: YamlDocument, path: tuple[str | int, ...], sentence: str) -> str:
    key = ".".join(str(part) for part in path) or "(the file)"
    return f"{name}:{document.line(path)}: {key}: {_found(document, path)}{sentence}"


def _found(document: YamlDocument, path: tuple[str | int, ...]) -> str:
    value = document.value(path) if path else None
    return f"found {value[:60]!r}, " if isinstance(value, str) else ""


def _sentence(error: Mapping[str, Any]) -> str:
    kind, context = error["type"], error.get("ctx", {})
    sentences = {
        "missing": "this key is missing",
        "extra_forbidden": "unknown key; take it out or mend its spelling",
        "literal_error": f"expected one of {context.get('expected')}",
        "string_too_short": "expected some text",
        "string_pattern_mismatch": f"expected the form {context.get('pattern')}",
        "int_parsing": "expected a whole number",
        "date_from_datetime_parsing": "expected a date such as 2026-11-24",
        "date_parsing": "expected a date such as 2026-11-24",
        "bool_parsing": "expected true or false",
        "model_type": "expected a mapping (key: value)",
        "dict_type": "expected a mapping (key: value)",
        "list_type": "expected a list",
        "too_short": "expected at least one entry",
    }
    message = str(error["msg"]).removeprefix("Value error, ")
    return sentences.get(kind, message[:1].lower() + message[1:])


def _yaml_fault(name: str, error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    place = f"{name}:{mark.line + 1}" if mark else name
    return (
        f"{place}: not YAML: {getattr(error, 'problem', None) or 'it cannot be parsed'}; check indentation and quotes"
    )
