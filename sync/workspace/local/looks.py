"""How a cell of each kind of column looks: in the book as it is made, and in the rows the job adds to it."""

from __future__ import annotations

from sync.domain.columns import Kind
from sync.workspace.local.styles import Look

MOMENT_FORMAT = "[<1]hh:mm;dd/mm/yyyy hh:mm"
"""Below 1 a number is a time of day: shown as a date it would fall on the 30th of December 1899."""
DATE_FORMAT = "dd/mm/yyyy"
_FORMATS = {
    Kind.MOMENT: MOMENT_FORMAT,
    Kind.DATE: DATE_FORMAT,
    Kind.DIGITS: "@",
}


def _font(before: str, colour: str) -> str:
    # Without a name and a size LibreOffice shows a serif.
    return f'<font>{before}<sz val="11"/><color rgb="FF{colour}"/><name val="Calibri"/><family val="2"/></font>'


def _fill(colour: str) -> str:
    return f'<fill><patternFill patternType="solid"><fgColor rgb="FF{colour}"/></patternFill></fill>'


LINK = Look(font=_font("<u/>", "0563C1"), text_mark=False)
_TOP = '<alignment vertical="top"/>'
_WRAPPED = '<alignment vertical="top" wrapText="1"/>'
_BORDER = (
    '<border><left/><right style="hair"><color rgb="FF8EA9DB"/></right><top/>'
    '<bottom style="thin"><color rgb="FF1F3864"/></bottom><diagonal/></border>'
)
_CENTRED = '<alignment horizontal="center" vertical="center" wrapText="1"/>'
# The job's own columns are headed lightly, those of staff and visitors darkly.
_STAFF_HEADER = Look(font=_font("<b/>", "FFFFFF"), fill=_fill("1F4E78"), border=_BORDER, alignment=_CENTRED)
_JOB_HEADER = Look(font=_font("<b/>", "1F3864"), fill=_fill("BDD7EE"), border=_BORDER, alignment=_CENTRED)


def look_of(kind: Kind) -> Look:
    wrapped = kind in {Kind.LONG, Kind.LINK}
    return Look(
        number_format=_FORMATS.get(kind, "General"),
        font=LINK.font if kind is Kind.LINK else None,
        alignment=_WRAPPED if wrapped else _TOP,
    )


def header_look(*, job: bool) -> Look:
    return _JOB_HEADER if job else _STAFF_HEADER


def status_fill(colour: str) -> str:
    """Return the fill of a conditional format, whose colour is that of the background."""
    background = f'<bgColor rgb="FF{colour}"/></patternFill></fill>'
    return f'<fill><patternFill patternType="solid"><fgColor rgb="FF{colour}"/>{background}'
