"""The theme of a new book: the colours, fonts and effects that a spreadsheet program offers first. Plain ones."""

from __future__ import annotations

_COLOURS = {
    "dk1": "000000",
    "lt1": "FFFFFF",
    "dk2": "1F3864",
    "lt2": "E7E6E6",
    "accent1": "1F4E78",
    "accent2": "C55A11",
    "accent3": "7F7F7F",
    "accent4": "BF8F00",
    "accent5": "2E75B6",
    "accent6": "548235",
    "hlink": "0563C1",
    "folHlink": "954F72",
}
_FONT = '<a:latin typeface="Calibri"/><a:ea typeface=""/><a:cs typeface=""/>'
_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_LINE = f'<a:ln w="6350">{_FILL}</a:ln>'
_EFFECT = "<a:effectStyle><a:effectLst/></a:effectStyle>"

THEME = (
    '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Office"><a:themeElements>'
    '<a:clrScheme name="Office">'
    + "".join(f'<a:{name}><a:srgbClr val="{colour}"/></a:{name}>' for name, colour in _COLOURS.items())
    + f'</a:clrScheme><a:fontScheme name="Office"><a:majorFont>{_FONT}</a:majorFont><a:minorFont>{_FONT}</a:minorFont>'
    f'</a:fontScheme><a:fmtScheme name="Office"><a:fillStyleLst>{_FILL * 3}</a:fillStyleLst><a:lnStyleLst>{_LINE * 3}'
    f"</a:lnStyleLst><a:effectStyleLst>{_EFFECT * 3}</a:effectStyleLst><a:bgFillStyleLst>{_FILL * 3}"
    "</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
)
"""``theme1.xml``: three of each kind of style is the least the format takes (ISO 29500-1, 20.1.4.1)."""
