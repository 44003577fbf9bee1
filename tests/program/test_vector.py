"""A printed figure as SVG: what its PDF says of lines, areas, marks and letters, and nothing where it says anything else."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hwgen.judging.drawing import drawn
from hwgen.model import Figure
from hwgen.program import pictures as program
from hwgen.program import redrawn
from hwgen.program.glyphs import Unknown
from hwgen.program.vector import product, short, svg

SVG = "{http://www.w3.org/2000/svg}"
HEIGHT = 2.0
# A PDF of one page in the fewest words, for what matplotlib writes seldom.
OBJECTS = (
    b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 50]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>"
    b"/ExtGState<</A<</CA .5/ca .25>>/B<</SMask/None>>>>>>>>endobj\n"
)


def of(draw: Callable[[Any], None]) -> ET.Element:
    """What matplotlib draws, through its PDF."""
    return ET.fromstring(svg(drawn(lambda figure: draw(figure), (), HEIGHT)))


def plain(content: bytes, form: bytes = b"0 0 m 2 0 l S", kind: bytes = b"/Form/BBox[0 0 9 9]") -> str:
    stream = b"4 0 obj<</Length %d>>stream\n%s\nendstream endobj\n" % (len(content), content)
    other = b"5 0 obj<</Type/XObject/Subtype%s/Length %d>>stream\n%s\nendstream endobj\n" % (kind, len(form), form)
    whole = b"%PDF-1.4\n" + OBJECTS + stream + other
    places = [whole.index(b"\n%d 0 obj" % number) + 1 for number in range(1, 6)]
    table = b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return svg(whole + table + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(whole))


def attributes(text: str, name: str) -> list[str]:
    return re.findall(rf' {name}="([^"]*)"', text)


def test_a_line_stands_where_the_pdf_has_it_with_the_top_up() -> None:
    text = plain(b"2 w 1 0 0 RG [3 1] 0 d 10 0 m 20 50 l S")
    assert attributes(text, "viewBox") == ["0 0 100 50"]
    assert attributes(text, "d") == ["M10 50L20 0"]
    assert attributes(text, "stroke") == ["#ff0000"]
    assert attributes(text, "stroke-width") == ["2"]
    assert attributes(text, "stroke-dasharray") == ["3 1"]
    assert attributes(text, "fill") == ["none"]


def test_a_matrix_moves_turns_and_widens_and_what_is_put_aside_comes_back() -> None:
    text = plain(b"q 0 2 -2 0 40 10 cm 1 w 5 0 m 0 5 l S Q 5 0 m 0 5 l S")
    assert attributes(text, "d") == ["M40 30L30 40", "M5 50L0 45"]
    assert attributes(text, "stroke-width") == ["2", "1"]


@pytest.mark.parametrize(
    ("operator", "fill", "rule", "closed"),
    [("f", "#00ff00", [], False), ("f*", "#00ff00", ["evenodd"], False), ("B", "#00ff00", [], False), ("b", "#00ff00", [], True),
     ("s", "none", [], True), ("S", "none", [], False)],
)  # fmt: skip
def test_each_way_to_paint(operator: str, fill: str, rule: list[str], closed: bool) -> None:
    text = plain(f"0 1 0 rg 0 0 m 9 0 l 9 9 l {operator}".encode())
    assert attributes(text, "fill") == [fill]
    assert attributes(text, "fill-rule") == rule
    assert attributes(text, "d")[0].endswith("Z") is closed
    assert bool(attributes(text, "stroke")) is (operator not in {"f", "f*"})


def test_transparency_is_that_of_the_named_state() -> None:
    text = plain(b"/A gs 0 0 9 9 re B")
    assert (attributes(text, "stroke-opacity"), attributes(text, "fill-opacity")) == (["0.5"], ["0.25"])


def test_what_is_cut_off_is_cut_off_until_the_state_comes_back_and_within_what_was() -> None:
    text = plain(b"q 0 0 50 50 re W n q 10 10 20 20 re W n 0 0 m 9 9 l S Q 1 1 m 9 9 l S Q 2 2 m 9 9 l S")
    clips = dict(re.findall(r'<clipPath id="(\w+)"([^>]*)>', text))
    assert clips == {"e0": "", "e1": ' clip-path="url(#e0)"'}
    groups = ET.fromstring(text).iter(f"{SVG}g")
    assert [one.get("clip-path") for one in groups] == ["url(#e1)", "url(#e0)", None]


def test_a_mark_is_written_once_and_used_where_it_stands() -> None:
    text = plain(b"1 0 0 1 10 20 cm /X Do 1 0 0 1 5 0 cm /X Do")
    assert text.count("M0 0L2 0") == 1
    assert list(zip(attributes(text, "x"), attributes(text, "y"), strict=True)) == [("10", "30"), ("15", "30")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"/P cs", "the colours /P"),
        (b"/S sh", "the operator sh"),
        (b"/B gs", "a state with /SMask"),
        (b"EX", "the operator EX"),
        (b"/Y Do", "KeyError: '/Y'"),
        (b"BT /F 9 Tf (a) Tj ET", "KeyError: '/Font'"),
        (b"BT (ab) Tj ET", "letters of one byte"),
        (b"0 0 m 1 l S", "ValueError"),
        (b"0 0 m /a /b l S", "ValueError"),
        (b"Q", "IndexError"),
    ],
)
def test_what_is_not_known_is_not_guessed(content: bytes, said: str) -> None:
    with pytest.raises(Unknown, match=said):
        plain(content)


@pytest.mark.parametrize("kind", [b"/Image/Width 1/Height 1", b"/Form/Matrix[2 0 0 2 0 0]", b"/Form/Group<</S/Transparency>>"])
def test_a_picture_of_dots_and_what_is_drawn_apart_are_not_guessed(kind: bytes) -> None:
    with pytest.raises(Unknown, match="the object /X of type /"):
        plain(b"/X Do", kind=kind)


def test_no_pdf_is_none() -> None:
    with pytest.raises(Unknown, match="what is written otherwise"):
        svg(b"nothing")


def test_the_letters_of_a_figure_are_all_there_in_their_order() -> None:
    def words(figure: Any) -> None:
        figure.text(0.1, 0.5, "abcab", fontsize=10)
        figure.text(0.5, 0.5, "a", fontsize=20, rotation=90)

    found = of(words)
    used = [one.get("href", "") for one in found.iter(f"{SVG}use")]
    assert len(used) == 6
    assert used[0] == used[3] == used[5] != used[1] == used[4]
    groups = [one.get("transform") for one in found.iter(f"{SVG}g") if one.get("transform")]
    small, large = ([float(one) for one in re.findall(r"[-\d.]+", str(matrix))] for matrix in groups)
    assert small[0] == pytest.approx(-small[3]) == pytest.approx(large[1] / -2, rel=0.02)
    x, y = (float(next(found.iter(f"{SVG}use")).get(axis, "")) for axis in "xy")
    width, height = (float(one) for one in found.get("viewBox", "").split()[2:])
    assert (x * small[0], y * small[3]) == pytest.approx((0.1 * width, 0.5 * height), abs=0.2)


def test_the_points_of_a_plot_are_at_their_places() -> None:
    def plot(figure: Any) -> None:
        figure.set_layout_engine("none")
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, 10), ylim=(0, 10))
        axes.plot([1, 2, 5, 7, 8], [1, 9, 5, 2, 4], "o")

    found = of(plot)
    width, height = (float(one) for one in found.get("viewBox", "").split()[2:])
    seen = [(float(one.get("x", "")) / width * 10, 10 - float(one.get("y", "")) / height * 10) for one in found.iter(f"{SVG}use")]
    wanted = np.array([(1, 1), (2, 9), (5, 5), (7, 2), (8, 4)])
    assert np.array(seen)[-5:] == pytest.approx(wanted, abs=0.02)


def test_letters_that_are_cut_off_are_not_moved_with_what_cuts() -> None:
    def words(figure: Any) -> None:
        figure.set_layout_engine("none")
        axes = figure.add_axes((0, 0, 0.5, 1))
        axes.text(0.5, 0.5, "a", clip_on=True)

    found = of(words)
    (letter,) = (one for one in found.iter(f"{SVG}g") if one.get("clip-path") and one.find(f"{SVG}use[@transform]") is not None)
    assert letter.get("transform") is None


@pytest.mark.parametrize(("number", "text"), [(0.0, "0"), (-0.04, "0"), (10.0, "10"), (-2.25, "-2.2"), (100.06, "100.1")])
def test_a_number_is_written_in_few_letters(number: float, text: str) -> None:
    assert short(number) == text


def test_a_product_is_the_one_and_then_the_other() -> None:
    turned, moved = (0, 1, -1, 0, 0, 0), (1, 0, 0, 1, 5, 7)
    assert product(turned, moved) == (0, 1, -1, 0, 5, 7)
    assert product(moved, turned) == (0, 1, -1, 0, -7, 5)


def dotted(figure: Any, _: Any) -> None:
    figure.subplots().imshow(np.eye(3))


class Content:
    """A content with one figure."""

    def __init__(self, draw: Callable[..., None]) -> None:
        self.noun = Figure(name="eye", exercise="one", sentence="One.", draw=draw, of=("arrays",))

    def find(self, _: str) -> Figure:
        return self.noun


def test_a_figure_that_the_pdf_does_not_tell_is_drawn_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    evidence = {"figures": {"eye": "eye.pdf"}, "studies": {"arrays": {"x": [1.0]}}}
    (tmp_path / "eye.pdf").write_bytes(drawn(dotted, ({},), HEIGHT))
    with pytest.raises(Unknown):
        svg((tmp_path / "eye.pdf").read_bytes())
    monkeypatch.setattr(redrawn.catalog, "load", lambda *_: Content(dotted))
    with ThreadPoolExecutor(1) as pool:
        found = program.pictures("content", evidence, tmp_path, tmp_path / "kept", pool)()
    assert found["eye"].startswith("data:image/svg+xml,")
    assert b"data:image/png;base64" in (tmp_path / "kept/eye.svg").read_bytes()  # after its signature


def test_a_picture_is_made_again_where_the_printed_one_or_the_code_is_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    monkeypatch.setattr(program, "svg", lambda data: [made.append(data), f"<svg>{len(data)}</svg>"][1])

    def shown() -> str:
        with ThreadPoolExecutor(1) as pool:
            return program.pictures("content", {"figures": {"a": "a.pdf"}}, tmp_path, tmp_path / "kept", pool)()["a"]

    (tmp_path / "a.pdf").write_bytes(b"one")
    assert shown() == shown()
    assert len(made) == 1
    (tmp_path / "a.pdf").write_bytes(b"three")
    assert "5" in shown()
    assert len(made) == 2
    monkeypatch.setattr(program, "MADE_BY", (*program.MADE_BY, "why.py"))
    shown()
    assert len(made) == 3
    monkeypatch.setattr(program, "_version", lambda library: f"{library} 99".encode())
    shown()
    assert len(made) == 4
    (tmp_path / "kept/a.svg").write_text("<svg>evil</svg>")
    assert "evil" not in shown()
