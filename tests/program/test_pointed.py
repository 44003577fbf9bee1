"""What is asked for by a place or a label: what stands there, in templates and in the content, and messages where nothing does."""

from __future__ import annotations

import pytest
from conftest import Homework

from hwgen.model.errors import ContentError
from hwgen.program import build, why
from hwgen.program.pointed import names

CIRCLE = "templates/circle.tex.j2"
THEOREM = r"""\begin{theorem}\label{thm:area}
A disc of radius $r$ has the area
\begin{equation}\label{eq:area}
  \checked{area}{A = \pi r^2}.
\end{equation}
\end{theorem}
"""


def asked(homework: Homework, what: str) -> list[str] | None:
    document = build.read(homework.request())
    return names(document.content, document.page, what)


@pytest.mark.parametrize(
    ("what", "found"),
    [
        (f"{CIRCLE}:5", ["area"]),
        (f"{CIRCLE}:5:12", ["area"]),
        (f"{CIRCLE}:6", ["area"]),  # the end of its display
        ("circle.tex.j2:10", ["tangent"]),  # the second line of a formula
        (f"{CIRCLE}:12", ["wrong_area"]),
        (f"{CIRCLE}:13", ["round_"]),
        (f"{CIRCLE}:15", ["slope_darts", "unit_area"]),
        (f"{CIRCLE}:18", ["darts_error"]),  # the caption
        ("fig:darts", ["darts_error"]),
        (f"{CIRCLE}:22", ["darts_table"]),
        ("circle:5", ["area"]),  # as the exercise is called
        ("templates/circle:10:4", ["tangent"]),
        ("area", None),
        ("0.1898", None),
        ("2025-01-01T10:20", None),
    ],
)
def test_a_place_and_a_label_lead_to_what_stands_there(homework: Homework, what: str, found: list[str] | None) -> None:
    assert asked(homework, what) == found


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (f"{CIRCLE}:3", f"{CIRCLE}:3: nothing under test stands there, and no value of this run"),
        (f"{CIRCLE}:99", f"{CIRCLE}:99: this file has 22 lines; expected one of them"),
        ("circle:0", f"{CIRCLE}:0: this file has 22 lines"),
        (f"{CIRCLE}:1", f"{CIRCLE}:1: this line prints nothing; expected one with words"),
        ("templates/circel.tex.j2:5", f"templates/circel.tex.j2: no template of that name is printed; .* Did you mean '{CIRCLE}'"),
        ("fig:drats", "fig:drats: no label of that name. Did you mean 'fig:darts'?"),
    ],
)
def test_where_nothing_stands_it_is_said(homework: Homework, what: str, said: str) -> None:
    with pytest.raises(ContentError, match=said):
        asked(homework, what)


def test_labels_of_a_theorem_and_of_its_display(homework: Homework) -> None:
    path = homework.root / CIRCLE
    text = path.read_text()
    start, stop = text.index("A disc of radius $r$ has"), text.index("which lies above")
    path.write_text(text[:start] + "\\newtheorem{theorem}{Theorem}\n" + THEOREM + text[stop:])
    assert asked(homework, "thm:area") == asked(homework, "eq:area") == ["area"]


def test_a_line_of_the_content_leads_to_what_is_declared_there(homework: Homework) -> None:
    document = build.read(homework.request())
    made = next(line for line in why.why(document, "area") if line.startswith("  by ")).rpartition("(")[2].rstrip(")")
    file, line = made.rsplit(":", 1)
    assert names(document.content, document.page, made) == ["area"]
    assert names(document.content, document.page, f"{file}:{int(line) + 1}") == ["area"]


def test_why_tells_each_of_what_stands_on_one_line(built: Homework) -> None:
    said = why.why(build.read(built.request()), f"{CIRCLE}:15")
    heads = [line for line in said if not line.startswith("  ")]
    assert [line.partition(" of circle")[0] for line in heads] == [
        f"{CIRCLE}:15: slope_darts",
        "constant slope_darts",
        f"{CIRCLE}:15: unit_area",
        "constant unit_area",
    ]
    alone = why.why(build.read(built.request()), "fig:darts")
    assert alone[0].startswith("figure darts_error of circle")
