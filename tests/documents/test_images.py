"""The QR code on a receipt."""

from __future__ import annotations

import io

import segno
from matplotlib.image import imread

from sync.documents.images import qr_picture


def test_the_picture_is_the_code_that_segno_draws() -> None:
    drawn = io.BytesIO()
    segno.make("KONS-2026-0001", error="m", micro=False, mask=2).save(drawn, kind="png", scale=8, border=4)
    ours = imread(io.BytesIO(qr_picture("KONS-2026-0001", 34).png))
    assert (ours == imread(io.BytesIO(drawn.getvalue()))).all()


def test_the_picture_says_what_it_holds() -> None:
    assert qr_picture("KONS-2026-0007", 34).description == "Kode QR berisi nomor KONS-2026-0007"
