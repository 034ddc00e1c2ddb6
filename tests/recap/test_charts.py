"""Charts: the same fields give the same picture, and no text can break one."""

from __future__ import annotations

import struct
from datetime import datetime
from typing import Any

import pytest

from sync.documents.charts import WIDTH, draw_charts
from sync.documents.templates import pictures_of
from sync.domain.documents import DocumentKind
from sync.domain.period import parse_period
from tests.recap.office import a_judged_book, a_row, fields_of, sample_office

NAMES = {"grafik_waktu", "grafik_kegiatan", "grafik_topik", "grafik_kabupaten"}


def test_the_same_fields_give_the_same_bytes() -> None:
    fields = fields_of(DocumentKind.RECAP, sample_office())

    first, second = draw_charts(fields), draw_charts(fields)

    assert set(first) == NAMES
    assert first == second


def test_a_picture_has_the_shape_it_is_given_on_paper() -> None:
    for picture in draw_charts(fields_of(DocumentKind.RECAP, sample_office())).values():
        width, height = struct.unpack(">II", picture.png[16:24])
        assert picture.width == WIDTH
        assert width / height == pytest.approx(picture.width / picture.height, rel=0.01)
        assert b"Software" not in picture.png


def test_descriptions_tell_the_figures_and_leave_the_zeros_out() -> None:
    pictures = draw_charts(fields_of(DocumentKind.RECAP, sample_office()))

    assert pictures["grafik_waktu"].description == (
        "Grafik batang: Konsultasi per minggu, November 2026: 2–8 Nov 26, 9–15 Nov 26, 16–22 Nov 22, dan 23–29 Nov 4."
    )
    assert pictures["grafik_kegiatan"].description == (
        "Grafik batang: Sesuai standar waktu per kegiatan, November 2026: Registrasi 88,5 % dari 78, Konsultasi 92,6 % "
        "dari 68, dan Dokumentasi 91,4 % dari 58."
    )


@pytest.mark.parametrize(
    "topic", ["$x^2$ \\frac{1}{0}", "日本語 😀", "%s {} <b>&", "a" * 20_000, "_____", "\u202ekanan"]
)
def test_what_people_type_is_drawn_as_it_stands(topic: str) -> None:
    judged = a_judged_book([a_row("KONS-2026-0001", datetime(2026, 11, 3, 9, 0), topic=topic, regency=topic)])

    assert set(draw_charts(fields_of(DocumentKind.RECAP, judged))) == NAMES


def test_a_period_without_consultations_has_no_chart() -> None:
    cancelled = a_judged_book([a_row("KONS-2026-0001", datetime(2026, 11, 3, 9, 0), remarks="BATAL")])

    assert draw_charts(fields_of(DocumentKind.RECAP, a_judged_book([]))) == {}
    assert draw_charts(fields_of(DocumentKind.RECAP, cancelled)) == {}


def test_more_topics_than_fit_end_in_one_bar_for_the_rest() -> None:
    moment = datetime(2026, 11, 3, 9, 0)
    rows = [a_row(f"KONS-2026-{order:04d}", moment, topic=f"Topik {order:02d}") for order in range(40)]
    fields: Any = fields_of(DocumentKind.RECAP, a_judged_book(rows), parse_period("2026"))
    chart = fields["grafik"]["topik"]

    assert len(chart["nilai"]) == 12
    assert (chart["label"][-1], sum(chart["nilai"])) == ("Selebihnya", 40)


def test_other_documents_have_none() -> None:
    assert pictures_of(DocumentKind.AGENDA_IN, {}) == {}
