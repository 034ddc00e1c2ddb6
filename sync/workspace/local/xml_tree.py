"""lxml, with its parser set so that a file from outside can do no harm: no entities, no network."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, TypeAlias

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

Element: TypeAlias = Any

XmlError: type[Exception] = etree.LxmlError
"""What is raised for XML that is none."""


def parse(xml: bytes) -> Element:
    """Return the root of ``xml``.

    Raises:
        XmlError: it is not well-formed.
    """
    return etree.fromstring(xml, _parser(recover=False))


def parse_leniently(xml: bytes) -> Element | None:
    """Return the root of as much of ``xml`` as can be made out; None if that is nothing."""
    return etree.fromstring(xml, _parser(recover=True))


def each(xml: bytes, tag: str) -> Iterator[Element]:
    """Yield every element ``tag`` once it is whole, and empty it afterwards: a big part never stands in memory."""
    for _, element in etree.iterparse(io.BytesIO(xml), tag=tag, huge_tree=True, resolve_entities=False):
        yield element
        element.clear()


def as_text(element: Element) -> str:
    """Return the element as XML."""
    return str(etree.tostring(element, encoding="unicode"))


def written(root: Element) -> bytes:
    """Return a part whose root is ``root``."""
    part: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    return part


def local_name(element: Element) -> str:
    """Return the element's name without its namespace; ``""`` for a comment."""
    return str(etree.QName(element).localname) if isinstance(element.tag, str) else ""


def _parser(*, recover: bool) -> Any:
    return etree.XMLParser(recover=recover, resolve_entities=False, no_network=True, huge_tree=True)
