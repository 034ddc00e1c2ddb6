"""Hyperlinks as openpyxl loads them: it writes the target into a linked cell that is empty. That is undone here."""

from __future__ import annotations

from openpyxl.workbook import Workbook

from sync.workspace.local.package import MAIN, Package
from sync.workspace.local.xml_tree import each


def forget_invented_texts(package: Package, workbook: Workbook) -> None:
    """Empty the linked cells of ``workbook`` that are empty in the file."""
    sheets = {sheet.title: sheet for sheet in workbook.worksheets}
    for part in package.sheets:
        if part.name not in sheets:
            continue
        suspects = {
            cell.coordinate: cell
            for row in sheets[part.name].iter_rows()
            for cell in row
            if cell.hyperlink is not None and cell.value in {cell.hyperlink.target, cell.hyperlink.location}
        }
        if not suspects:
            continue
        for row in each(package.read(part.part), f"{MAIN}row"):
            for held in row:
                if len(held):
                    suspects.pop(held.get("r") or "", None)
        for cell in suspects.values():
            cell.value = None
