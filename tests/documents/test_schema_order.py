"""Properties stand in the order of the schema (ECMA-376, wml.xsd): Word offers to repair a file where they do not."""

from __future__ import annotations

import pytest
from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from sync.documents.making.__main__ import TEMPLATES
from sync.documents.sample import Variety
from sync.domain.documents import DocumentKind
from tests.documents.office import EVERY_PAPER, FOLDER, document
from tests.documents.reading import parts_of

ORDER = {
    "pPr": (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
        "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
        "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
        "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
    ),
    "rPr": (
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof "
        "snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText "
        "vertAlign rtl cs em lang"
    ),
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "tcBorders": "top left start bottom right end insideH insideV tl2br tr2bl",
    "pBdr": "top left bottom right between bar",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
    "personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "compat": "doNotExpandShiftReturn compatSetting",
    "settings": "zoom defaultTabStop characterSpacingControl compat themeFontLang decimalSymbol listSeparator",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
}

FIRST = {"p": "pPr", "r": "rPr", "tbl": "tblPr", "tr": "trPr", "tc": "tcPr"}
"""The properties of an element, if it has them, are its first child."""


def local(node: etree._Element) -> str:
    return str(node.tag).rpartition("}")[2]


def misplaced(content: bytes) -> list[str]:
    found = []
    for name, part in parts_of(content).items():
        if not (name.startswith("word/") and name.endswith(".xml")):
            continue
        for node in etree.fromstring(part).iter(etree.Element):
            order = ORDER.get(local(node), "").split()
            children = [local(child) for child in node if isinstance(child.tag, str)]
            if order and children:
                places = [order.index(child) if child in order else -1 for child in children]
                if places != sorted(places) or -1 in places:
                    found.append(f"{name}: {local(node)} {children}")
            first = FIRST.get(local(node))
            if first in children[1:]:
                found.append(f"{name}: {first} is not the first in {local(node)}")
            if local(node) == "tbl" and children[1:2] != ["tblGrid"]:
                found.append(f"{name}: a table without its grid")
            if local(node) == "body" and children[-1:] != ["sectPr"]:
                found.append(f"{name}: the body ends with {children[-1:]}, not with its paper")
            if local(node) == "tc" and children[-1:] != ["p"]:
                found.append(f"{name}: a cell ends with {children[-1:]}, not with a paragraph")
    return found


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_keeps_the_schemas_order(name: str) -> None:
    assert misplaced((FOLDER / f"{name}.docx").read_bytes()) == []


@pytest.mark.parametrize(("kind", "variant"), EVERY_PAPER)
@pytest.mark.parametrize("variety", list(Variety))
def test_every_document_keeps_the_schemas_order(kind: DocumentKind, variant: str, variety: Variety) -> None:
    assert misplaced(document(kind, variety, variant)) == []
