r"""What \for prints is read as relations, one by one; what can be shared out in two ways is refused at its column."""

from __future__ import annotations

import pytest

from hwgen.model import Formula, Place, variable
from hwgen.model.errors import ContentError
from hwgen.reading import vocabulary
from hwgen.reading.hypotheses import Hypothesis, hypotheses, pieces

WORDS = vocabulary({name: variable(name) for name in ("n", "t", "s", "x", "x'", r"\delta", r"p^\star", "p")})


def _formula(text: str) -> Formula:
    places = tuple(Place(file="templates/t.tex.j2", line=1, column=1 + k) for k in range(len(text)))
    return Formula(macro="for", name="a", text=text, place=places[0], places=places)


def _read(text: str) -> tuple[Hypothesis, ...]:
    return hypotheses(_formula(text), WORDS)


def _said(text: str) -> list[str]:
    found = []
    for one in _read(text):
        signs = [r"\ne" if one.unequal else relation.symbol for relation in one.chain.relations]
        sides = [one.chain.side_text(index) for index in range(len(one.chain.sides))]
        found.append(" ".join(part for pair in zip(sides, [*signs, ""], strict=True) for part in pair if part))
    return found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (r"n\ge2", [r"n \ge 2"]),
        (r"0<\delta\le1", [r"0 < \delta \le 1"]),
        (r"\|x\|,\|x'\|\ne0", [r"\|x\| \ne 0", r"\|x'\| \ne 0"]),
        (r"n,p,t\ge1", [r"n \ge 1", r"p \ge 1", r"t \ge 1"]),
        (r"n\ge2,\ p\ge p^\star.", [r"n \ge 2", r"p \ge p^\star"]),
        (r"t\in[-1,1]", [r"-1 \le t \le 1"]),
        (r"t\in(0,\frac12]", [r"0 < t \le \frac12"]),
        (r"t\in\left[0,\frac12\right]", [r"0 \le t \le \frac12"]),
        (r"t\in\bigl[0,1\bigr)", [r"0 \le t < 1"]),
        (r"s,t\in[0,1]", [r"0 \le s \le 1", r"0 \le t \le 1"]),
        (r"0<t\le1,\ 0<s\le1", [r"0 < t \le 1", r"0 < s \le 1"]),
        (r"t>s,\quad s\neq1", ["t > s", r"s \ne 1"]),
        (r"0<s, s\le1", ["0 < s", r"s \le 1"]),
        (r"n\ge s, t\le1", [r"n \ge s", r"t \le 1"]),
        (r"n\ge\frac12, t\ge s", [r"n \ge \frac12", r"t \ge s"]),
        (r"-1\le s\le1, 0\le t\le1", [r"-1 \le s \le 1", r"0 \le t \le 1"]),
        (r"-1\le s, 0\le t", [r"-1 \le s", r"0 \le t"]),
        (r"\max_{j\ne1}x_j\ne0", [r"\max_{j\ne1}x_j \ne 0"]),
        (r"\sum_{j\in[3]}x_j\in[0,1]", [r"0 \le \sum_{j\in[3]}x_j \le 1"]),
        (r"s=t, n\ge2", ["s = t", r"n \ge 2"]),
        (r"s\in[0,n], t\in[0,1]", [r"0 \le s \le n", r"0 \le t \le 1"]),
        (r"\max(t,s)\le n", [r"\max(t,s) \le n"]),
    ],
)
def test_it_is_read_as_relations(text: str, said: list[str]) -> None:
    assert _said(text) == said


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        (r"0<s,t\le1", 5, "can be shared out in two ways over the names there"),
        (r"-1\le s,t\le1", 9, "can be shared out in two ways"),
        (r"\frac12<s,t<1", 11, "can be shared out in two ways"),
        (r"\pi<s,t<4", 7, "can be shared out in two ways"),
        (r"-t\le s,n\le t", 9, "can be shared out in two ways"),
        (r"0\le s,t\le1\le n", 8, "can be shared out in two ways"),
        (r"n\le s,t\le p", 8, "can be shared out in two ways"),
        (r"1>s,t\ge0", 5, "can be shared out in two ways"),
        (r"n\ge s,t,x\ge0", 8, "can be shared out in two ways"),
        (r"n\ge s,t,x\le0", 8, "can be shared out in two ways"),
        (r"0\le s\le n,t\le1", 13, "can be shared out in two ways"),
        (r"0<|s|,|t|\le1", 7, r"write each of them with all its bounds, or in a \for of its own"),
        (r"0<s,t\in[0,1]", 5, "can be shared out in two ways"),
        (r"0<s,t\ne1", 5, "can be shared out in two ways"),
        (r"n=1,2,s>0", 5, "a list of values, or half of what follows its comma; write each condition in full"),
        (r"n\ne0,1,s>0", 7, "a list of values"),
        (r"t\ne1,2,s\ne0", 7, "a list of values"),
        (r"t\ne0,\frac12,n\le4", 7, "a list of values"),
        (r"n\ge2,3,t=1", 7, "a list of values"),
        (r"2,s>0", 1, "a list of values"),
        (r"t,0<s", 3, "half of what follows its comma"),
        (r"t\ge0\ s\ge0", 6, r"'0\ s' between two relations may end one of them and begin another"),
        (r"t\ge0~s\ge0", 6, "between two relations"),
        (r"t\ge n\;s\ge0", 7, "between two relations"),
        (r"t\ge0\ \ s\ge0", 6, "is no product"),
        (r"t\ne0,n,s>0", 7, "goes on the list before it, or begins what follows"),
        (r"0<s,t=1", 5, "can be shared out in two ways"),
        (r"n", 1, "holds no relation; expected a hypothesis such as"),
        (r"n\ge1,t", 7, "holds no relation"),
        (r"n\ge1,,t>0", 7, "nothing stands before ','"),
        (r"n\in\{1,2\}", 1, r"\in something else than an interval"),
        (r"x\in\mathbb{R}", 1, r"\in something else than an interval"),
        (r"1\le s\ne t", 7, r"\ne in a chain of relations; expected it alone"),
        (r"s\ne t\ne n", 2, r"\ne in a chain of relations; expected it alone"),
        (r"y\ge1", 1, "y"),
        (r"n\ge", 2, "ends too early"),
        (r"n\approx1", 1, "holds no relation"),
        ("  ", 1, r"is empty; expected a hypothesis such as n\ge2"),
        (",", 1, "is empty"),
        (r"t\notin[0,1]", 2, r"\notin is no relation of numbers that is tried; write what it leaves, as t<0"),
        (r"t\notin[0,1],s\ge0", 2, r"\notin is no relation"),
        (r"n\ge1,x\succeq0", 8, r"\succeq is no relation of numbers that is tried; write \lambda_{\min}(A)\ge0"),
        (r"n\gg1", 2, r"\gg is no relation of numbers that is tried; write the bound that is meant, as n\ge100"),
        (r"t\in(0,\infty]", 1, r"has no such end; expected an interval of numbers, as [0,\infty)"),
        (r"t\in[-\infty,0)", 1, "has no such end"),
        (r"t\in(\infty,0)", 1, "has no such end"),
        (r"t\in(-\infty,\infty)", 1, "bounds nothing"),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_column(text: str, column: int, said: str) -> None:
    with pytest.raises(ContentError) as told:
        _read(text)
    assert said in told.value.message
    assert told.value.message.startswith(r"\for{a}: ")
    assert told.value.place
    assert told.value.place.column == column


@pytest.mark.parametrize(
    ("text", "same"),
    [
        (r"t\in(0,\infty)", "t>0"),
        (r"t\in[0,\infty)", r"t\ge0"),
        (r"t\in[0,+\infty)", r"t\ge0"),
        (r"t\in(-\infty,2]", r"t\le2"),
        (r"s,t\in(-\infty,0)", "s,t<0"),
    ],
)
def test_a_half_line_is_the_relation_that_it_says(text: str, same: str) -> None:
    ways = {">": "<", r"\ge": r"\le"}

    def relations(printed: str) -> list[list[str]]:
        found = [[one.chain.side_text(0), one.chain.relations[0].symbol, one.chain.side_text(1)] for one in _read(printed)]
        return [[right, ways[sign], left] if sign in ways else [left, sign, right] for left, sign, right in found]

    assert relations(text) == relations(same)


def test_nothing_at_all_is_refused_at_the_line_of_its_for() -> None:
    with pytest.raises(ContentError, match=r"^t\.tex\.j2:7: \\for\{a\}: is empty; expected a hypothesis such as"):
        hypotheses(Formula(macro="for", name="a", text="", place=Place(file="t.tex.j2", line=7)), WORDS)


def test_each_condition_knows_its_place_and_its_words() -> None:
    first, second = _read(r"\|x\|,  \|x'\| \ne 0")
    assert (first.text, first.place.column) == (r"\|x\| \ne 0", 1)
    assert (second.text, second.place.column) == (r"\|x'\| \ne 0", 9)


def test_its_pieces_stand_between_the_commas() -> None:
    assert pieces(_formula(r"n,p\ge1, 0<t\le1")) == ["n", r"p\ge1", r"0<t\le1"]
