"""What a template says, against what it may say: every field it names, every one it must name, and tags that lose text.

The fields it may name are those of a sample context, so nothing has to be listed twice: a field is known if the
document's own builder makes it.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from jinja2 import nodes
from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from sync.documents.environment import template_environment
from sync.documents.faults import Fault, FaultCode
from sync.documents.prepare import PreparedTemplate, TemplatePart
from sync.documents.tagcheck import tag_faults

Path: TypeAlias = tuple[str, ...]
ITEM = "[]"
"""The step of a path that goes from a list to one of its items."""
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STANDS_ALONE = {"p": "p", "tr": "tr"}
_TAG = re.compile(r"\{%\s*(p|tr) [^%}]*%\}")


@dataclass(frozen=True, slots=True)
class FieldUse:
    """A field that a template names; ``printed`` if it stands between ``{{ }}`` as a whole."""

    path: Path
    printed: bool

    @property
    def name(self) -> str:
        return ".".join(self.path).replace(f".{ITEM}", "")


def check_fields(template: PreparedTemplate, sample: Mapping[str, object], required: Sequence[str]) -> list[Fault]:
    """Return the faults of a template whose tags can be read."""
    faults: list[Fault] = []
    used: set[str] = set()
    for part in template.parts:
        tree = part.tree
        if part.too_much is not None:
            tag, why = part.too_much.tag, part.too_much.why
            faults.append(Fault(FaultCode.TOO_MUCH, template.name, field=tag, place=place_of(part), detail=why))
            continue
        if tree is None or _has_leftovers(tree):
            faults += _tag_faults(template.name, part)
        if tree is None:
            continue
        for use in field_uses(tree):
            used.add(use.name)
            fault = _judge(use, sample, template.name, place_of(part))
            if fault is not None and fault not in faults:
                faults.append(fault)
    if all(part.tree is not None for part in template.parts):
        faults += [
            Fault(FaultCode.REQUIRED_FIELD, template.name, field=name)
            for name in required
            if not any(use == name or use.startswith(f"{name}.") for use in used)
            and name not in {fault.suggestion for fault in faults}
        ]
    return faults


def lost_text(name: str, part: str, root: etree._Element) -> list[Fault]:
    """Return the paragraphs and rows whose text would vanish with the ``{%p`` or ``{%tr`` tag they hold.

    ``root`` is the part's XML as the file has it.
    """
    faults = []
    for kind, element_name in _STANDS_ALONE.items():
        for element in root.iter(f"{_WORD}{element_name}"):
            text = "".join(piece.text or "" for piece in element.iter(f"{_WORD}t"))
            tags = [match for match in _TAG.finditer(text) if match[1] == kind]
            rest = _TAG.sub("", text).strip()
            if tags and (rest or len(tags) > 1):
                faults.append(Fault(FaultCode.LOST_TEXT, name, field=tags[0][0], place=part, near=_short(rest)))
    return faults


def place_of(part: TemplatePart) -> str:
    """Return where a part's text stands: text, header 1, footer 2, footnotes."""
    stem = part.name.rpartition("/")[2].removesuffix(".xml")
    if stem == "document":
        return "text"
    return re.sub(r"(\D)(\d+)$", r"\1 \2", stem)


def field_uses(tree: nodes.Template) -> Iterator[FieldUse]:
    """Yield every field a template names, as a path from the top: names of loops are followed to their lists."""
    yield from _walk(tree, {})


def known_fields(sample: Mapping[str, object], prefix: Path = ()) -> Iterator[Path]:
    """Yield the paths of all fields of a sample context that can be printed."""
    for name, value in sample.items():
        yield from _leaves(value, (*prefix, name))


def _leaves(value: object, path: Path) -> Iterator[Path]:
    if isinstance(value, Mapping):
        yield from known_fields(value, path)
    elif isinstance(value, list | tuple):
        found = dict.fromkeys(leaf for item in value for leaf in _leaves(item, (*path, ITEM)))
        yield from found or (path,)
    else:
        yield path


Scope: TypeAlias = "dict[str, Path | None]"


def _walk(node: nodes.Node, scope: Scope) -> Iterator[FieldUse]:
    if isinstance(node, nodes.For):
        yield from _walk(node.iter, scope)
        inner: Scope = {**scope, "loop": None}
        path = _path(node.iter, scope)
        if isinstance(node.target, nodes.Name):
            inner[node.target.name] = None if path is None else (*path, ITEM)
        else:
            inner |= {name.name: None for name in node.target.find_all(nodes.Name)}
        for child in (*node.body, *([node.test] if node.test else ())):
            yield from _walk(child, inner)
        for child in node.else_:
            yield from _walk(child, scope)
    elif isinstance(node, nodes.Assign):
        yield from _walk(node.node, scope)
        path = _path(node.node, scope)
        for name in [node.target] if isinstance(node.target, nodes.Name) else node.target.find_all(nodes.Name):
            scope[name.name] = path if name is node.target else None
    elif isinstance(node, nodes.Output):
        for child in node.nodes:
            path = _path(child, scope)
            if path is not None:
                yield FieldUse(path, printed=True)
            else:
                yield from _walk(child, scope)
    elif isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem):
        path = _path(node, scope)
        if path is not None:
            yield FieldUse(path, printed=False)
        else:
            for child in node.iter_child_nodes():
                yield from _walk(child, scope)
    else:
        inner = dict(scope) if isinstance(node, nodes.If | nodes.With | nodes.Macro) else scope
        for child in node.iter_child_nodes():
            yield from _walk(child, inner)


def _path(node: nodes.Node, scope: Scope) -> Path | None:
    """Return the field that an expression names, or None if it is none (or one of a value unknown here)."""
    if isinstance(node, nodes.Name):
        return scope.get(node.name, (node.name,))
    if isinstance(node, nodes.Getattr):
        parent = _path(node.node, scope)
        return None if parent is None else (*parent, node.attr)
    if isinstance(node, nodes.Getitem):
        parent = _path(node.node, scope)
        if parent is None or not isinstance(node.arg, nodes.Const):
            return None
        return (*parent, node.arg.value if isinstance(node.arg.value, str) else ITEM)
    return None


def _judge(use: FieldUse, sample: Mapping[str, object], file: str, place: str) -> Fault | None:
    values: list[object] = [sample]
    for step in use.path:
        if step == ITEM:
            values = [item for value in values if isinstance(value, list | tuple) for item in value]
            if not values:
                return None
            continue
        maps = [value for value in values if isinstance(value, Mapping)]
        names = {name for value in maps for name in value}
        if step not in names:
            return Fault(FaultCode.UNKNOWN_FIELD, file, use.name, _nearest(use, step, names), place)
        values = [value[step] for value in maps if step in value]
    if use.printed and any(isinstance(value, Mapping | list | tuple) for value in values):
        return Fault(FaultCode.FIELD_WITH_PARTS, file, use.name, place=place)
    return None


def _nearest(use: FieldUse, step: str, names: set[str]) -> str:
    close = difflib.get_close_matches(step.lower(), sorted(names), n=1, cutoff=0.6)
    if not close:
        return ""
    before = [part for part in use.path[: use.path.index(step)] if part != ITEM]
    return ".".join((*before, close[0]))


def _has_leftovers(tree: nodes.Template) -> bool:
    """Tell whether there are braces that are no tag: an opening without its end, or an end alone."""
    pieces = (re.sub(r"<[^>]+>", "", data.data) for data in tree.find_all(nodes.TemplateData))
    return any(re.search(r"\{\{|\}\}|\{%|%\}|\{#|#\}", piece) for piece in pieces)


def _tag_faults(file: str, part: TemplatePart) -> list[Fault]:
    place = place_of(part)
    detail = part.syntax.message if part.syntax and part.syntax.message else "unreadable"
    tag = part.tags.at(part.syntax.lineno) if part.syntax else ""
    found = tag_faults(file, place, etree.fromstring(part.original), template_environment())
    return found or [Fault(FaultCode.SYNTAX, file, place=place, near=tag, detail=detail)]


def _short(text: str) -> str:
    return " ".join(text.split())[:60]
