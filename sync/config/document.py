"""A YAML file as plain text values, with the line each of them stands on.

Scalars are read as text and typed later by the schema: so ``07.30`` is not the number 7.3, ``12:00`` is not 720 and
``no`` is not false.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import yaml

Value: TypeAlias = "str | list[Value] | dict[str, Value]"
Path: TypeAlias = tuple[str | int, ...]


@dataclass(slots=True)
class YamlDocument:
    """The content, the 1-based line by path, and the faults that YAML itself does not mind (doubled keys)."""

    content: Value
    lines: dict[Path, int] = field(default_factory=dict)
    faults: list[tuple[Path, str]] = field(default_factory=list)

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


def parse_yaml(text: str) -> YamlDocument:
    """Return the document.

    Raises:
        yaml.YAMLError: the text is no YAML; its ``problem_mark`` has the place.
    """
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    document = YamlDocument({})
    document.content = {} if node is None else _build(node, (), document)
    return document


def _build(node: yaml.Node, path: Path, document: YamlDocument) -> Value:
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
    return str(node.value)
