"""A template that would take for ever, or all the memory: refused with file and tag, when checked and in a run."""

from __future__ import annotations

import io
import os
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.documents.budget import Budget, TooCostly, limited, spend
from sync.documents.sample import Variety, sample_fields
from sync.documents.templates import load_templates
from sync.documents.tryout import explain_template
from sync.domain.documents import DocumentKind
from sync.errors import TemplateInvalid
from tests.build import rules
from tests.documents.office import FOLDER, folder_with, request
from tests.documents.reading import edited, parts_of, text_of

TELAAHAN = DocumentKind.TELAAHAN
ORIGINAL = (FOLDER / "telaahan.docx").read_bytes()


def with_tag(text: str) -> bytes:
    return edited(ORIGINAL, lambda xml: xml.replace("{{ koperasi }}", text))


def faults(folder: Path, content: bytes) -> list[str]:
    with pytest.raises(TemplateInvalid) as caught:
        load_templates(folder_with(folder, "telaahan.docx", content), rules(), (TELAAHAN,))
    return list(caught.value.faults)


@pytest.mark.parametrize(
    ("text", "tag", "why"),
    [
        ("{% for a in tahap %}" * 12 + "x" + "{% endfor %}" * 12, "{% for a in tahap %}", "repeats itself too often"),
        ('{{ "A"*10**10 }}', '{{ "A"*10**10 }}', "a text of more than"),
        ("{{ 9**9**9**9**9 }}", "{{ 9**9**9**9**9 }}", "thousands of digits"),
        ("{{ [nama]*10**9 }}", "{{ [nama]*10**9 }}", "* with a list"),
        ("{{ 'A'.center(10**10) }}", "{{ 'A'.center(10**10) }}", "center is given more than"),
        ("{{ nama|center(9999999999) }}", "{{ nama|center(9999999999) }}", "center is given more than"),
        ("{{ nama|indent(9999999999) }}", "{{ nama|indent(9999999999) }}", "indent is given more than"),
        ('{{ "%9999999999d"|format(1) }}', '{{ "%9999999999d"|format(1) }}', "too wide"),
        ('{{ "%*d" % (999999999, 1) }}', '{{ "%*d" % (999999999, 1) }}', "too wide"),
        ("{{ tahap|batch(10**9, 1)|list }}", "{{ tahap|batch(10**9, 1)|list }}", "batch is given more than"),
        ("{{ 1.5|round(10**9) }}", "{{ 1.5|round(10**9) }}", "round is given more than"),
        ("{% set a='x'*9999 %}{{ a|replace('x', a) }}", "{{ a|replace('x', a) }}", "a text of more than"),
        ("{% set a='x'*9999 %}{{ a|join(a) }}", "{{ a|join(a) }}", "repeats itself too often|a text of more than"),
        ("{% set a='x'*1000 %}" + "{% set a=a~a %}" * 40, "{% set a=a~a %}", "a text of more than"),
        ("{% set a=[nama, nama] %}{% set b=[a, a] %}{{ b }}", "{% set b=[a, a] %}", "a list of lists"),
        ("{{ " + "(" * 900 + "1" + ")" * 900 + " }}", "{{ ((((", "brackets inside each other"),
        ("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", "{{ ((((", "longer than 2,000 characters"),
        ("{% if nama %}" * 90 + "{% endif %}" * 90, "{% if nama %}", "blocks stand inside each other"),
        ("{{ nama }}" * 6000, "{{ nama }}", "more than 5,000 tags"),
        ("{# " * 3000, "{# {# {#", "many tags have no end"),
    ],
)
def test_a_tag_that_asks_for_too_much_is_named(tmp_path: Path, text: str, tag: str, why: str) -> None:
    """Whatever it would have done is not done: each would need hours, or more memory than there is."""
    (line,) = faults(tmp_path, with_tag(text))

    assert line.startswith("telaahan.docx")
    assert tag in line
    assert any(reason in line for reason in why.split("|")), line
    assert "meminta terlalu banyak" in "\n".join(explain_template(tmp_path / "telaahan.docx", rules()))


@pytest.mark.parametrize(
    "text",
    [
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% for langkah in tahap recursive %}{{ loop(tahap) }}{% endfor %}",
        "{% include 'telaahan.docx' %}",
        "{{ " + "+".join(["1"] * 900) + " }}",
        "{{ '{:9999999999}'.format(1) }}",
        "{{ 'a'.encode().hex() }}",
        "{{ [nama, koperasi] }}",
    ],
)
def test_what_cannot_be_bounded_is_no_part_of_the_language(tmp_path: Path, text: str) -> None:
    """Told like any tag that cannot be read, with the tag."""
    (line, *_) = faults(tmp_path, with_tag(text))

    assert text[:14] in line


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("{% for t in tahap %}{{ loop.index + 1 }}{{ ', ' if not loop.last }}{% endfor %}", "2, 3, 4"),
        ("{{ [nama, 'dan', 7]|join(' ')|upper|truncate(2000) }}", "SITI AMINAH DAN 7"),
        ("{{ 'x' ~ 3 * 2 ~ 'y'|center(5)|trim }}", "x6y"),
        ("{% for a, b in (('p', 1), ('q', 2)) %}{{ a ~ b }}{% endfor %}", "p1q2"),
        ("{{ '%03d'|format(7) }}{{ '-' * 10 }}", "007----------"),
        ("{% raw %}ini { bukan } isian{% endraw %}", "ini { bukan } isian"),
    ],
)
def test_what_an_officer_may_want_goes_on_working(tmp_path: Path, text: str, printed: str) -> None:
    folder = folder_with(tmp_path, "telaahan.docx", with_tag(text))
    fields = {**sample_fields(TELAAHAN, rules(), Variety.FULL), "nama": "Siti Aminah"}

    made = load_templates(folder, rules(), (TELAAHAN,)).render(request(TELAAHAN, fields))

    assert any(printed in paragraph for paragraph in text_of(made))


def test_a_loop_that_only_grows_with_the_book_is_stopped_in_the_run(tmp_path: Path) -> None:
    """On the sample of its check it is small; on the real rows it is not."""
    square = "".join(f"{{% for t{depth} in tahap %}}" for depth in range(3)) + "x" + "{% endfor %}" * 3
    loaded = load_templates(folder_with(tmp_path, "telaahan.docx", with_tag(square)), rules(), (TELAAHAN,))
    fields = sample_fields(TELAAHAN, rules(), Variety.FULL)
    steps = fields["tahap"]
    assert isinstance(steps, list | tuple)

    with pytest.raises(TemplateInvalid) as caught:
        loaded.render(request(TELAAHAN, {**fields, "tahap": [steps[0]] * 2000}))

    (line,) = caught.value.faults
    assert line.startswith("telaahan.docx: the tag {% for t2 in tahap %} asks for too much")


def test_what_may_be_spent_grows_with_the_rows() -> None:
    """A year's agenda of a hundred thousand cells is no attack."""
    with limited({"baris": [{"nama": "Ani"}] * 100_000}):
        for _ in range(1_000_000):
            spend()


def test_time_is_bounded_even_where_no_count_is() -> None:
    """By the time this thread worked, not by the clock on the wall: a slow machine is no attack."""
    clock: Iterator[float] = iter([0.0, 1.0, 2.0, 9.0])
    budget = Budget(10, clock=lambda: next(clock))

    def loop() -> None:
        for _ in range(1_000):
            budget.work()

    with pytest.raises(TooCostly, match="too long"):
        loop()


def _zipped(parts: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return content.getvalue()


def _entities(xml: str) -> str:
    grown = "".join("<!ENTITY a{} '{}'>".format(i, f"&a{i - 1};" * 10) for i in range(1, 10))
    head, _, tail = xml.partition("?>")
    used = tail.replace("<w:body>", '<w:body w:x="&a9;">', 1)
    return f"{head}?><!DOCTYPE w [<!ENTITY a0 'lololol'>{grown}]>{used}"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda xml: xml.replace("<w:body>", "<w:body>" + "<w:p/>" * 500_000, 1), "MB of text"),
        (lambda xml: xml.replace("<w:body>", "<w:body>" + "<w:p>" * 90_000 + "</w:p>" * 90_000, 1), "is damaged"),
        (_entities, "is damaged"),
    ],
    ids=["a zip bomb", "deep XML", "entities that grow"],
)
def test_a_document_that_grows_without_end_is_refused(tmp_path: Path, change: object, why: str) -> None:
    parts = parts_of(ORIGINAL)
    parts["word/document.xml"] = change(parts["word/document.xml"].decode()).encode()  # type: ignore[operator]  # above

    (line,) = faults(tmp_path, _zipped(parts))

    assert why in line


def test_pictures_of_a_gigabyte_are_refused(tmp_path: Path) -> None:
    (line,) = faults(tmp_path, _zipped({**parts_of(ORIGINAL), "word/media/a.png": bytes(70_000_000)}))

    assert "unpacks to more than" in line


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes among its files")
def test_a_pipe_in_place_of_a_template_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "telaahan.docx")

    with pytest.raises(TemplateInvalid, match="a device or a pipe"):
        load_templates(tmp_path, rules(), (TELAAHAN,))
