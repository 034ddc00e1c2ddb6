"""Jinja's sandbox with a fence around what a template can cost: each operator, filter, method and loop is bounded."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from sync.documents.budget import TooCostly, current, spend
from sync.documents.costs import charged, check_call, check_operands, size_of
from sync.documents.counting import CHARGES, CountingCompiler

_DROPPED = ("pprint", "random", "tojson", "urlize", "xmlattr")
"""Filters that no Word template needs, and whose length or time has no bound."""
_TEXT_METHODS = frozenset(
    (
        "capitalize", "casefold", "center", "count", "endswith", "find", "index", "isalnum", "isalpha", "isdigit",
        "islower", "isspace", "isupper", "join", "ljust", "lower", "lstrip", "partition", "removeprefix",
        "removesuffix", "replace", "rfind", "rindex", "rjust", "rpartition", "rsplit", "rstrip", "split",
        "splitlines", "startswith", "strip", "swapcase", "title", "upper", "zfill",
    )
)  # fmt: skip
_METHODS: dict[type, frozenset[str]] = {
    str: _TEXT_METHODS,
    dict: frozenset({"get", "items", "keys", "values"}),
    list: frozenset({"count", "index"}),
    tuple: frozenset({"count", "index"}),
    int: frozenset(),
    float: frozenset({"is_integer"}),
}


class BoundedEnvironment(ImmutableSandboxedEnvironment):
    """The environment that every template runs in; what it does is charged to the document's budget."""

    code_generator_class = CountingCompiler
    intercepted_binops: ClassVar[frozenset[str]] = frozenset(("+", "*", "**", "%"))  # type: ignore[misc]  # as Jinja has it

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.globals.clear()
        for name in _DROPPED:
            del self.filters[name]
        for name, function in self.filters.items():
            self.filters[name] = _bounded(name, function)
        self.filters |= CHARGES

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        for kind, names in _METHODS.items():
            if isinstance(obj, kind):
                return attr in names
        return super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:
        """Leave ``str.format`` to :meth:`is_safe_attribute`, which has no place for it: the filter does the same."""

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        check_operands(operator, left, right)
        result = super().call_binop(context, operator, left, right)
        spend(size_of(result))
        return result

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805  # as Jinja's
        check_call(getattr(__obj, "__name__", ""), getattr(__obj, "__self__", ""), args, kwargs)
        result = super().call(__context, __obj, *args, **kwargs)
        return charged(result)


def _bounded(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a filter that refuses what would cost too much, and is charged for what it did."""

    @functools.wraps(function)  # with the mark that tells Jinja what to pass first
    def bounded(*arguments: Any, **named: Any) -> Any:
        if current() is None:
            # While a template is only read, Jinja tries to fold what is constant; where that fails, it leaves it.
            raise TooCostly("nothing is made now")
        passed = arguments[:1] if hasattr(function, "jinja_pass_arg") else ()
        subject, *given = arguments[len(passed) :]
        if name == "join" and isinstance(subject, Iterator):
            subject = list(subject)
        check_call(name, subject, tuple(given), named)
        return charged(function(*passed, subject, *given, **named))

    return bounded
