"""``workbook.xml``: the list of tabs, the names, and whether all is to be calculated anew."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from sync.workspace.local.package import MAIN, Package
from sync.workspace.local.xml_tree import Element, local_name, written

_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_WORKSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_ORDER = (
    *("fileVersion", "fileSharing", "workbookPr", "AlternateContent", "revisionPtr", "absPath", "workbookProtection"),
    *("bookViews", "sheets", "functionGroups", "externalReferences", "definedNames", "calcPr"),
)
"""What stands before the rest (ISO 29500-1, CT_Workbook)."""
_FILTER, _TITLES = "_xlnm._FilterDatabase", "_xlnm.Print_Titles"


def add_sheet(package: Package, name: str, part: bytes, print_titles: str, filtered: str) -> None:
    """Add a tab at the end."""
    target = package.free_name("xl/worksheets/sheet{}.xml")
    package.add(target, part, _WORKSHEET)
    (relation,) = package.relate(package.workbook, "worksheet", [target])
    root = package.tree(package.workbook)
    sheets = root.find(f"{MAIN}sheets")
    taken = [int(sheet.get("sheetId", "0")) for sheet in sheets]
    sheet = etree.SubElement(sheets, f"{MAIN}sheet")
    sheet.set("name", name)
    sheet.set("sheetId", str(max(taken, default=0) + 1))
    sheet.set(_RELATION_ID, relation)
    here = str(len(taken))
    tab = "'" + name.replace("'", "''") + "'"
    if filtered:
        first, last = filtered.split(":")
        _define(root, _FILTER, f"{tab}!{_fixed(first)}:{_fixed(last)}", localSheetId=here, hidden="1")
    _define(root, _TITLES, print_titles, localSheetId=here)
    package.put(package.workbook, written(root))
    package.__dict__.pop("sheets", None)


def defined_names(package: Package) -> set[str]:
    """Return the names that hold for the whole book."""
    return {
        name.get("name", "")
        for name in package.tree(package.workbook).iterfind(f"{MAIN}definedNames/{MAIN}definedName")
        if name.get("localSheetId") is None
    }


def define_name(package: Package, name: str, formula: str) -> None:
    root = package.tree(package.workbook)
    _define(root, name, formula)
    package.put(package.workbook, written(root))


def refresh(package: Package, filters: Iterable[tuple[str, str]], *, calculate: bool) -> None:
    """Bring the hidden names of filters in line with ``filters``, by tab; have formulas calculated on opening."""
    root = package.tree(package.workbook)
    before = written(root)
    places = {sheet.get("name"): str(index) for index, sheet in enumerate(root.find(f"{MAIN}sheets"))}
    for tab, filtered in filters:
        for name in root.iterfind(f"{MAIN}definedNames/{MAIN}definedName"):
            if name.get("name") == _FILTER and name.get("localSheetId") == places.get(tab) and ":" in filtered:
                first, last = filtered.split(":")
                name.text = f"{(name.text or '').rpartition('!')[0]}!{_fixed(first)}:{_fixed(last)}"
    if calculate:
        _group(root, "calcPr").set("fullCalcOnLoad", "1")
    if written(root) != before:
        package.put(package.workbook, written(root))


def _define(root: Element, name: str, formula: str, **attributes: Any) -> None:
    defined = etree.SubElement(_group(root, "definedNames"), f"{MAIN}definedName", name=name, **attributes)
    defined.text = formula


def _group(root: Element, name: str) -> Element:
    found = root.find(f"{MAIN}{name}")
    if found is None:
        found = etree.Element(f"{MAIN}{name}")
        before = _ORDER[: _ORDER.index(name)]
        root.insert(max(index for index, child in enumerate(root) if local_name(child) in before) + 1, found)
    return found


def _fixed(cell: str) -> str:
    letters = cell.replace("$", "").rstrip("0123456789")
    return f"${letters}${cell.replace('$', '')[len(letters) :]}"
