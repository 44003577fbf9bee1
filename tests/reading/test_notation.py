"""docs/notation.md: every example of what is read is read, and every example of what is refused is refused."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from hwgen.evidence.evaluation import evaluate, scope_at
from hwgen.model import Formula, Place, expectation, function, probability, value, variable
from hwgen.model.errors import ContentError
from hwgen.reading import commands, read, vocabulary
from hwgen.reading.roles import Role

PAGE = Path(__file__).parents[2] / "docs" / "notation.md"
LAW = (np.array([0.25, 0.25, 0.5]), np.array([0.0, 1.0, 2.0]))
BINDINGS = {
    "t": value(lambda: 1.5),
    "s": value(lambda: 0.5),
    "n": value(lambda: 3),
    r"\lambda": value(lambda: 0.75),
    r"\Gamma": value(lambda: 0.25),
    "r": variable("r"),
    "q": value(lambda r: r**2),
    "x": value(lambda: np.array([1.0, -2.0])),
    "w": value(lambda: np.array([0.5, 0.25])),
    "A": value(lambda: np.array([[2.0, 0.5], [0.5, 1.0]])),
    "B": value(lambda: np.array([[1.0, -0.5], [0.25, 3.0]])),
    "a": value(lambda: np.array([0.5, -1.0, 2.0])),
    "S": value(lambda: np.array([1.0, 2.0])),
    "f": function(np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "g": function(np.sin, np.cos),
    "h": function(lambda i, u: u**i),
    r"\mathbb{E}": expectation(lambda: LAW, "D"),
    r"\mathbb{P}": probability(lambda: LAW, "D"),
}
_WORDS = (
    r"hwgen .*|\\checked\{name\}\{formula\}|.*….*|[-+/_^\[!]|\\[A-Za-z{]+|[a-zA-Z]|\\sin\^2"
    r"|\\mathbb\{[EP]\}|:=|\\mathbb [EP]|\\mathrm\{d\}u|du|\.|,|;"
)
NO_EXAMPLE = re.compile(f"^({_WORDS})$")


def examples() -> list[tuple[str, bool]]:
    """The formulas between backticks, and whether each is said to be read."""
    found: list[tuple[str, bool]] = []
    for line in PAGE.read_text().split("\n"):
        if line.startswith("|"):
            cells = line.split(" | ")
            found += [(text, index < 3) for index, cell in enumerate(cells[2:], start=2) for text in re.findall(r"`([^`]+)`", cell)]
        elif line.startswith(("- ", "  ")):
            head, _, tail = line.partition("Refused: ")
            if "refused with what to write" in line:
                head, tail = "", line
            found += [(text, True) for text in re.findall(r"`([^`]+)`", head)] + [(text, False) for text in re.findall(r"`([^`]+)`", tail)]
    return [(text, read_) for text, read_ in found if not NO_EXAMPLE.match(text)]


def evaluated(text: str) -> None:
    place = Place(file="notation.md", line=1)
    whole = text if re.search(r":=|\\coloneqq|\\triangleq", text) else f"{text} = 0"
    chain = read(Formula(macro="checked", name="example", text=whole, place=place), vocabulary(BINDINGS))
    evaluate(chain.sides[0], scope_at(BINDINGS, {"r": 0.5}))


@pytest.mark.parametrize("text", [text for text, is_read in examples() if is_read])
def test_what_the_page_says_is_read_is_read(text: str) -> None:
    evaluated(text)


@pytest.mark.parametrize("text", [text for text, is_read in examples() if not is_read])
def test_what_the_page_says_is_refused_is_refused(text: str) -> None:
    with pytest.raises(ContentError):
        evaluated(text)


def test_the_page_has_examples_of_both_kinds() -> None:
    kinds = [is_read for _, is_read in examples()]
    assert kinds.count(True) > 60
    assert kinds.count(False) > 40


_ROLES = (
    Role.FRACTION,
    Role.BINOMIAL,
    Role.ROOT,
    Role.INTEGRAL,
    Role.NAMED,
    Role.ACCENT,
    Role.FONT,
    Role.THIN,
    Role.OPEN,
    Role.CLOSE,
    Role.BAR,
)
# The rest of what prints nothing belongs to the text around.
_STYLES = ("displaystyle", "textstyle", "limits", "nolimits", "nonumber", "notag", "allowbreak", "relax", "quad", "enspace")


def known() -> set[str]:
    """Every command that the reader's tables give a meaning in a formula."""
    named = {*commands.RELATIONS, *commands.BETWEEN, *commands.ELEMENTARY, *commands.REACHING, *commands.TIMES, *commands.TENSORS}
    named |= {*commands.SPELLINGS, *commands.SIZES, *commands.words(*_ROLES)}
    named |= {f"\\operatorname{{{one}}}" for one in commands.OPERATORS} | {f"\\begin{{{one}}}" for one in commands.ROWS}
    return named | {f"\\{one}" for one in _STYLES}


@pytest.mark.parametrize("word", sorted(known()))
def test_every_command_that_is_known_stands_in_an_example(word: str) -> None:
    end = r"(?![A-Za-z])" if word[-1].isalpha() else ""
    assert any(re.search(re.escape(word) + end, text) for text, _ in examples())
