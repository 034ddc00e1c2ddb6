"""What each document says: its fields, as plain values by the (Indonesian) names the Word templates use.

Fields are JSON values (text, true/false, whole numbers, lists, mappings), cleaned and worded; they are what a document
is fingerprinted by, so nothing in them changes unless the rows behind them do: no "now", no running minutes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

FieldValue: TypeAlias = "str | bool | int | float | Sequence[FieldValue] | Mapping[str, FieldValue] | None"
Fields: TypeAlias = Mapping[str, FieldValue]
