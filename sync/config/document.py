"""A YAML file as plain text values, with the line each of them stands on.

Scalars are read as text and typed later by the schema: so ``07.30`` is not the number 7.3, ``12:00`` is not 720 and
``no`` is not false.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import TypeAlias

import yaml

from sync.domain.clean import is_clean
from sync.files import read_whole

Value: TypeAlias = "str | list[Value] | dict[str, Value]"
Path: TypeAlias = tuple[str | int, ...]

LARGEST = 256 * 1024
"""Bytes of a configuration: the project's own has a twentieth."""
DEEPEST = 40
MOST_ENTRIES = 20_000
LONGEST = 10_000
"""Characters of one value."""


@dataclass(slots=True)
class YamlDocument:
    """The content, the 1-based line by path, and the faults that YAML itself does not mind (doubled keys …)."""

    content: Value
    lines: dict[Path, int] = field(default_factory=dict)
    faults: list[tuple[Path, str]] = field(default_factory=list)
    nodes: int = 0
    """How many entries were built."""

    def written(self, path: Sequence[str | int]) -> Path:
        """Return ``path`` as it is in the file: where one mapping stands for a list of one, without its index."""
        found: list[str | int] = []
        here: Value | None = self.content
        for part in path:
            if isinstance(here, dict) and isinstance(part, int):
                continue
            found.append(part)
            here = self.value(found)
        return tuple(found)

    def line(self, path: Sequence[str | int]) -> int:
        """Return the line of ``path``, or of the nearest ancestor that exists."""
        known = tuple(path)
        while known and known not in self.lines:
            known = known[:-1]
        return self.lines.get(known, 1)

    def value(self, path: Sequence[str | int]) -> Value | None:
        """Return what stands at ``path``, or None."""
        here: Value = self.content
        for part in path:
            if isinstance(here, dict) and isinstance(part, str):
                found = here.get(part)
            else:
                found = here[part] if isinstance(here, list) and isinstance(part, int) and part < len(here) else None
            if found is None:
                return None
            here = found
        return here


class TooMuchYaml(yaml.MarkedYAMLError):
    """It is YAML, but grows when it is read: aliases of aliases, brackets without end."""

    def __init__(self, problem: str, mark: yaml.Mark) -> None:
        super().__init__(problem=problem, problem_mark=mark)


class _Loader(yaml.SafeLoader):
    """PyYAML's own, which stops where brackets stand inside brackets without end."""

    _depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        self._depth += 1
        if self._depth > DEEPEST:
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]  # of PyYAML
            raise TooMuchYaml(f"more than {DEEPEST} lists stand inside each other", mark)
        node: yaml.Node | None = super().compose_node(parent, index)
        self._depth -= 1
        return node


def read_text(path: FilePath) -> str:
    """Return the text of a YAML file.

    Raises:
        Unfit: it is no file, or larger than a configuration can be.
        UnicodeDecodeError: it is not UTF-8.
        OSError: it cannot be read, or is a directory.
    """
    return read_whole(path, LARGEST).decode("utf-8-sig")


def parse_yaml(text: str) -> YamlDocument:
    """Return the document.

    Raises:
        yaml.YAMLError: the text is no YAML, or grows without end; its ``problem_mark`` has the place.
    """
    node = yaml.compose(text, Loader=_Loader)
    document = YamlDocument({})
    document.content = {} if node is None else _build(node, (), document)
    return document


def _build(node: yaml.Node, path: Path, document: YamlDocument) -> Value:
    document.nodes += 1
    if document.nodes > MOST_ENTRIES:
        # An alias is one node, but what it stands for is built again wherever it stands.
        raise TooMuchYaml(f"it has more than {MOST_ENTRIES:,} entries, aliases (*) counted in full", node.start_mark)
    if len(path) > DEEPEST:
        raise TooMuchYaml("an alias (*) stands inside what it stands for", node.start_mark)
    document.lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.SequenceNode):
        return [_build(item, (*path, index), document) for index, item in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        content: dict[str, Value] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            document.lines[(*path, key)] = key_node.start_mark.line + 1
            if key in content:
                document.faults.append(((*path, key), "this key stands here a second time; keep one"))
            content[key] = _build(value_node, (*path, key), document)
        return content
    text = str(node.value)
    if len(text) > LONGEST:
        document.faults.append((path, f"expected at most {LONGEST:,} characters"))
    elif not is_clean(text):
        document.faults.append((path, "expected text without control characters and half characters"))
    return text
