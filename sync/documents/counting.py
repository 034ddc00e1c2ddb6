"""Jinja's compiler, which puts a charge before every turn of a loop and every statement, and refuses what has no bound.

What cannot be bounded is no part of the language: macros, blocks, inclusion, loops that call themselves, and lists of
lists, whose text grows by a power a level. A tag that uses one of them is refused when it is read.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinja2 import nodes, pass_context
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, markup_join

from sync.documents.budget import current, spend
from sync.documents.costs import check_flat, check_length, size_of

_TICK, _FLAT, _JOINED = "_tick", "_flat", "_joined"
_REFUSED: dict[type[nodes.Node], str] = {
    nodes.Dict: "a dictionary",
    nodes.Macro: "a macro",
    nodes.CallBlock: "a call block",
    nodes.Block: "a block",
    nodes.Extends: "a base template",
    nodes.Include: "another template",
    nodes.Import: "another template",
    nodes.FromImport: "another template",
}


def _text_under(body: list[nodes.Node]) -> int:
    """Count the characters that one turn of a loop prints in any case; loops inside it count for themselves."""
    total = 0
    for node in body:
        if isinstance(node, nodes.TemplateData):
            total += len(node.data)
        elif not isinstance(node, nodes.For):
            total += _text_under(list(node.iter_child_nodes()))
    return total


class CountingCompiler(CodeGenerator):
    """Jinja's compiler, with a charge put before every turn of a loop and every statement."""

    _checked: nodes.Node | None = None
    """The list that is being written inside its own check."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802  # as Jinja calls it
        kinds: tuple[type[nodes.Node], ...] = (*_REFUSED, nodes.For)
        for found in node.find_all(kinds):
            what = "a loop that calls itself" if isinstance(found, nodes.For) else _REFUSED[type(found)]
            if not isinstance(found, nodes.For) or found.recursive:
                self.fail(f"a template may not use {what}", found.lineno)
        super().visit_Template(node, frame)

    def pull_dependencies(self, nodes_: Any) -> None:
        used = [nodes.Filter(nodes.Const(0), name, [], [], None, None) for name in (_TICK, _FLAT, _JOINED)]
        super().pull_dependencies([*nodes_, *used])

    def visit_For(self, node: nodes.For, frame: Frame) -> None:  # noqa: N802  # as above
        turn: nodes.Expr = _charge(_text_under(node.body), node)
        body = [nodes.ExprStmt(turn, lineno=node.lineno), *node.body]
        test = None if node.test is None else nodes.And(_charge(0, node), node.test, lineno=node.lineno)
        counted = nodes.For(node.target, node.iter, body, node.else_, test, False, lineno=node.lineno)
        super().visit_For(counted, frame)

    def visit_If(self, node: nodes.If, frame: Frame) -> None:  # noqa: N802  # as above
        test = nodes.And(_charge(0, node), node.test, lineno=node.lineno)
        super().visit_If(nodes.If(test, node.body, node.elif_, node.else_, lineno=node.lineno), frame)

    def visit_Assign(self, node: nodes.Assign, frame: Frame) -> None:  # noqa: N802  # as above
        self.visit(nodes.ExprStmt(_charge(0, node), lineno=node.lineno), frame)
        super().visit_Assign(node, frame)

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802  # as above
        self.visit_Filter(_filter(_JOINED, nodes.Tuple(node.nodes, "load", lineno=node.lineno), node), frame)

    def visit_List(self, node: nodes.List, frame: Frame) -> None:  # noqa: N802  # as above
        self._flat(node, frame, super().visit_List)

    def visit_Tuple(self, node: nodes.Tuple, frame: Frame) -> None:  # noqa: N802  # as above
        if node.ctx == "load":
            self._flat(node, frame, super().visit_Tuple)
        else:
            super().visit_Tuple(node, frame)

    def _flat(self, node: nodes.List | nodes.Tuple, frame: Frame, write: Callable[[Any, Frame], None]) -> None:
        if _constant(node) or node is self._checked:
            write(node, frame)
            return
        self._checked, before = node, self._checked
        self.visit_Filter(_filter(_FLAT, node, node), frame)
        self._checked = before


def _constant(node: nodes.Node) -> bool:
    """Tell whether a list is written out in full, however nested: it is no longer than its tag."""
    return isinstance(node, nodes.Const) or (
        isinstance(node, nodes.List | nodes.Tuple) and all(map(_constant, node.items))
    )


def _filter(name: str, node: nodes.Expr, of: nodes.Node) -> nodes.Filter:
    return nodes.Filter(node, name, [], [], None, None, lineno=of.lineno)


def _charge(characters: int, of: nodes.Node) -> nodes.Filter:
    return _filter(_TICK, nodes.Const(characters), of)


@pass_context
def _tick(context: Context, characters: int) -> bool:  # noqa: ARG001  # taken, so that Jinja calls it at each turn
    budget = current()
    if budget is not None:
        budget.work()
        budget.print(characters)
    return True


@pass_context
def _flat(context: Context, items: Any) -> Any:  # noqa: ARG001  # as above
    check_flat(items)
    spend(len(items))
    return items


@pass_context
def _joined(context: Context, parts: tuple[Any, ...]) -> str:  # noqa: ARG001  # as above
    check_length(sum(map(size_of, parts)))
    return markup_join(parts)


CHARGES: dict[str, Callable[..., Any]] = {_TICK: _tick, _FLAT: _flat, _JOINED: _joined}
"""The filters that the compiled code calls."""
