"""A drawing of one page as SVG, from what stands in its PDF: lines, areas, marks and letters, as matplotlib writes them.

What a browser shows is then what is printed, and nothing is drawn again. What is not known here (pictures of dots, patterns,
shadings, other fonts) raises Unknown.
"""

from __future__ import annotations

import dataclasses
import io
import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hwgen.program.glyphs import UNITS, Font, Unknown

Matrix = tuple[float, float, float, float, float, float]
PLAIN: Matrix = (1, 0, 0, 1, 0, 0)
CAPS, JOINS = ("butt", "round", "square"), ("miter", "round", "bevel")
# How a path is painted: whether it is closed first, filled, and drawn; whether crossings are counted.
PAINTS = {b"S": "d", b"s": "cd", b"f": "f", b"F": "f", b"f*": "fx", b"B": "fd", b"B*": "fdx", b"b": "cfd", b"b*": "cfdx", b"n": ""}


def matrix(a: Any, b: Any, c: Any, d: Any, e: Any, f: Any) -> Matrix:
    """A matrix from the numbers of a PDF."""
    return float(a), float(b), float(c), float(d), float(e), float(f)


def product(one: Matrix, other: Matrix) -> Matrix:
    """First the one, then the other."""
    (a, b, c, d, e, f), (p, q, r, s, t, u) = one, other
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def short(value: float, digits: int = 1) -> str:
    """A number in the fewest letters."""
    text = f"{value:.{digits}f}".rstrip("0").rstrip(".")
    return {"-0": "0", "": "0"}.get(text, text)


@dataclass(frozen=True, kw_only=True)
class State:
    """What a drawing goes on with until it is told otherwise."""

    matrix: Matrix
    width: float = 1.0
    cap: int = 0
    join: int = 0
    dash: Sequence[float] = ()
    stroke: str = "#000"
    fill: str = "#000"
    stroked: float = 1.0
    filled: float = 1.0
    clip: str = ""
    font: Font | None = None
    size: float = 0.0
    rise: float = 0.0


class Drawing:
    """A page under way: the state and those put aside, the path, where text stands, and what is written, each with how it looks."""

    def __init__(self, matrix: Matrix) -> None:
        self.state, self.aside = State(matrix=matrix), list[State]()
        self.path, self.clips, self.anchor = list[str](), False, ""
        self.line = self.place = PLAIN
        self.written, self.shared = list[tuple[str, str]](), dict[str, str]()
        self.resources: Any = {}
        self.fonts = dict[str, Font]()

    def run(self, content: Any, resources: Any) -> None:
        """Do all that a stream says."""
        outer, self.resources = self.resources, resources
        for operands, operator in content:
            if operator in PAINTS:
                self.paint(PAINTS[operator])
            elif operator in DONE:
                DONE[operator](self, *operands)
            elif operator not in NOTHING:
                raise Unknown(f"the operator {operator.decode(errors='replace')}")
        self.resources = outer

    def change(self, **what: Any) -> None:
        """Go on with another state."""
        self.state = dataclasses.replace(self.state, **what)

    def restore(self) -> None:
        """Go on as before what was put aside."""
        self.state = self.aside.pop()

    def look(self, name: Any) -> None:
        """Take the transparency of a named state."""
        told = self.resources["/ExtGState"][name].get_object()
        if told.keys() - {"/Type", "/CA", "/ca"}:
            raise Unknown(f"a state with {', '.join(sorted(told.keys()))}")
        self.change(stroked=float(told.get("/CA", self.state.stroked)), filled=float(told.get("/ca", self.state.filled)))

    def points(self, letter: str, *at: Any) -> None:
        """Go on with the path, by one of SVG's letters."""
        a, b, c, d, e, f = self.state.matrix
        pairs = [(float(x), float(y)) for x, y in zip(at[::2], at[1::2], strict=True)]
        self.path.append(letter + " ".join(f"{short(a * x + c * y + e)} {short(b * x + d * y + f)}" for x, y in pairs))

    def rectangle(self, *at: Any) -> None:
        """A rectangle by its corner and its size."""
        x, y, width, height = map(float, at)
        self.points("M", x, y)
        self.points("L", x + width, y, x + width, y + height, x, y + height)
        self.path.append("Z")

    def paint(self, how: str) -> None:
        """End the path: paint it, and cut off what follows by it where that was asked for."""
        d, self.path = "".join([*self.path, "Z"[: "c" in how]]), []
        if self.clips:
            self.clips = False
            outer = f' clip-path="url(#{self.state.clip})"' if self.state.clip else ""
            self.change(clip=self.named(f'<clipPath id="ID"{outer}><path d="{d}"/></clipPath>'))
        if d and how:
            body = f'<use href="#{self.named(self._path(d))}"{self.anchor}/>' if self.anchor else f'<path d="{d}"/>'
            self.written.append((self._looks(how), body))

    @staticmethod
    def _path(d: str) -> str:
        return f'<path id="ID" d="{d}"/>'

    def named(self, element: str) -> str:
        """The name of an element that others use."""
        return self.shared.setdefault(element, f"e{len(self.shared)}")

    def _looks(self, how: str) -> str:
        """How a path looks, as attributes."""
        now = self.state
        told = {"fill": now.fill if "f" in how else "none", "clip-path": f"url(#{now.clip})" if now.clip else ""}
        if "f" in how:
            told |= {"fill-opacity": short(now.filled, 3) if now.filled < 1 else "", "fill-rule": "evenodd" if "x" in how else ""}
        if "d" in how:
            scale = math.sqrt(abs(now.matrix[0] * now.matrix[3] - now.matrix[1] * now.matrix[2]))
            dash = " ".join(short(scale * one, 2) for one in now.dash)
            told |= {"stroke": now.stroke, "stroke-width": short(scale * now.width, 2), "stroke-dasharray": dash}
            told |= {"stroke-opacity": short(now.stroked, 3) if now.stroked < 1 else ""}
            told |= {"stroke-linecap": CAPS[now.cap] if now.cap else "", "stroke-linejoin": JOINS[now.join] if now.join else ""}
        return "".join(f' {name}="{value}"' for name, value in told.items() if value)

    def use(self, name: Any) -> None:
        """Do what a form says, which is drawn at several places: what it draws is written once."""
        form = self.resources["/XObject"][name].get_object()
        if form.get("/Subtype") != "/Form" or "/Matrix" in form or "/Group" in form or self.anchor:
            raise Unknown(f"the object {name} of type {form.get('/Subtype')}")
        before, x, y = self.state, *self.state.matrix[4:]
        self.change(matrix=(*before.matrix[:4], 0, 0))
        self.anchor = f' x="{short(x)}" y="{short(y)}"'
        self.run(operations(form), form.get("/Resources", self.resources))
        self.state, self.anchor = before, ""

    # Letters.

    def select(self, name: Any, size: Any) -> None:
        """Go on with another font."""
        if name not in self.fonts:
            self.fonts[name] = Font(self.resources["/Font"][name].get_object())
        self.change(font=self.fonts[name], size=float(size))

    def begin(self) -> None:
        """Begin a text."""
        self.line = self.place = PLAIN

    def stand(self, *told: Any) -> None:
        """Text stands there."""
        self.line = self.place = matrix(*told)

    def step(self, x: Any, y: Any) -> None:
        """Text goes on that far from where the line began."""
        self.line = self.place = product((1, 0, 0, 1, float(x), float(y)), self.line)

    def show(self, text: Any) -> None:
        """Write letters."""
        now, codes = self.state, bytes(text)
        if now.font is None or len(codes) % 2:
            raise Unknown("letters of one byte")
        for high, low in zip(codes[::2], codes[1::2], strict=True):
            self._letter(now.font, 256 * high + low)

    def kern(self, parts: Any) -> None:
        """Write letters with distances between them."""
        for one in parts:
            if isinstance(one, bytes):
                self.show(one)
            else:
                self._go(-float(one))

    def _go(self, thousandths: float) -> None:
        self.place = product((1, 0, 0, 1, thousandths * self.state.size / 1000, 0), self.place)

    def _letter(self, font: Font, code: int) -> None:
        scale = self.state.size / UNITS
        a, b, c, d, e, f = product(product((scale, 0, 0, scale, 0, self.state.rise), self.place), self.state.matrix)
        self._go(font.advance(code))
        outline = font.outline(code)
        if not outline:
            return
        unit = a * d - b * c
        x, y = (d * e - c * f) / unit, (a * f - b * e) / unit
        turned = " ".join(short(one, 4) for one in (a, b, c, d))
        looks, used = self._looks("f"), f'<use href="#{self.named(self._path(outline))}"'
        if self.state.clip:  # what cuts off is not to be moved with the letter
            self.written.append((looks, f'{used} transform="matrix({turned} {short(e)} {short(f)})"/>'))
        else:
            self.written.append((f'{looks} transform="matrix({turned} 0 0)"', f'{used} x="{x:.0f}" y="{y:.0f}"/>'))


def _colour(*parts: Any) -> str:
    levels = [round(255 * float(one)) for one in (parts * 3 if len(parts) == 1 else parts)]
    return "#" + "".join(f"{level:02x}" for level in levels)


def _space(_: Drawing, name: Any) -> None:
    if name != "/DeviceRGB":
        raise Unknown(f"the colours {name}")


NOTHING = frozenset([b"ET", b"M"])
DONE: Mapping[bytes, Callable[..., None]] = {
    b"q": lambda one: one.aside.append(one.state),
    b"Q": Drawing.restore,
    b"cm": lambda one, *told: one.change(matrix=product(matrix(*told), one.state.matrix)),
    b"w": lambda one, width: one.change(width=float(width)),
    b"J": lambda one, cap: one.change(cap=int(cap)),
    b"j": lambda one, join: one.change(join=int(join)),
    b"d": lambda one, dash, _: one.change(dash=tuple(map(float, dash))),
    b"gs": Drawing.look,
    b"RG": lambda one, *parts: one.change(stroke=_colour(*parts)),
    b"rg": lambda one, *parts: one.change(fill=_colour(*parts)),
    b"G": lambda one, *parts: one.change(stroke=_colour(*parts)),
    b"g": lambda one, *parts: one.change(fill=_colour(*parts)),
    b"CS": _space,
    b"cs": _space,
    b"m": lambda one, *at: one.points("M", *at),
    b"l": lambda one, *at: one.points("L", *at),
    b"c": lambda one, *at: one.points("C", *at),
    b"h": lambda one: one.path.append("Z"),
    b"re": Drawing.rectangle,
    b"W": lambda one: setattr(one, "clips", True),
    b"Do": Drawing.use,
    b"BT": Drawing.begin,
    b"Tf": Drawing.select,
    b"Tm": Drawing.stand,
    b"Td": Drawing.step,
    b"Ts": lambda one, rise: one.change(rise=float(rise)),
    b"Tj": Drawing.show,
    b"TJ": Drawing.kern,
}


def operations(stream: Any) -> Any:
    """What a stream says, operator by operator; texts as bytes."""
    from pypdf.generic import ContentStream

    return ContentStream(stream, None, "bytes").operations


def svg(pdf: bytes) -> str:
    """The one page of a PDF as SVG. Raises Unknown."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        (page,) = PdfReader(io.BytesIO(pdf)).pages
        left, low, right, high = (float(one) for one in page.mediabox)
        made = Drawing((1, 0, 0, -1, -left, high))
        made.run(operations(page["/Contents"]), page["/Resources"])
    except (PyPdfError, KeyError, IndexError, TypeError, ValueError) as error:
        raise Unknown(f"what is written otherwise: {type(error).__name__}: {error}") from None
    shared = "".join(element.replace('"ID"', f'"{name}"', 1) for element, name in made.shared.items())
    groups = itertools.groupby(made.written, key=lambda one: one[0])
    body = "".join(f"<g{looks}>{''.join(part for _, part in parts)}</g>" for looks, parts in groups)
    size = f'viewBox="0 0 {short(right - left)} {short(high - low)}" width="{short(right - left)}pt" height="{short(high - low)}pt"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} stroke-miterlimit="10"><defs>{shared}</defs>{body}</svg>'
