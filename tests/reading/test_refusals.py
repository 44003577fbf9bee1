r"""Every refusal that the reader can raise has an example, points at what is at fault, names it, and gives no advice that is refused."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import FrameType

import pytest
from reading.refusals import ALSO, BOUND, FORMULAS, FORMULAS_WITH_ALSO, HYPOTHESES, PREAMBLE
from reading.refusals_of_operators import OPERATORS

import hwgen.reading
from hwgen.model import Bindings, Formula, Place, value
from hwgen.model.errors import ContentError
from hwgen.page.definitions import followed
from hwgen.reading import read, vocabulary
from hwgen.reading.hypotheses import hypotheses
from hwgen.reading.lexer import tokens
from hwgen.reading.macros import used
from hwgen.reading.tokens import tokenize

SOURCE = Path(hwgen.reading.__file__).parent
MACROS = tuple(followed(tokens(PREAMBLE)))
EVERYTHING: Bindings = {**BOUND, **ALSO}
Site = tuple[str, int, int]


@cache
def sites() -> dict[Site, str]:
    """Every call in the reader that makes a refusal, by file and lines."""
    found: dict[Site, str] = {}
    for path in sorted(SOURCE.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in {"refuse", "expect", "ContentError"}:
                found[path.name, node.lineno, node.end_lineno or node.lineno] = ast.unparse(node)
    return found


def formula(marked: str, macro: str = "checked") -> Formula:
    text = marked.replace("‸", "")
    places = tuple(Place(file="t.tex.j2", line=1, column=column + 1) for column in range(len(text)))
    return Formula(macro=macro, name="k", text=text, place=places[0], places=places, macros=used(text, MACROS))


def refused(marked: str, bound: Bindings, macro: str = "checked") -> ContentError:
    words = vocabulary(bound)
    with pytest.raises(ContentError) as caught:
        hypotheses(formula(marked, macro), words) if macro == "for" else read(formula(marked), words)
    return caught.value


def examples() -> Iterator[tuple[str, Bindings, str]]:
    yield from ((one, BOUND, "checked") for one in (*FORMULAS, *OPERATORS))
    yield from ((one, EVERYTHING, "checked") for one in FORMULAS_WITH_ALSO)
    yield from ((one, BOUND, "for") for one in HYPOTHESES)


EXAMPLES = list(examples())
NAMES = [one[:60] for one, _, _ in EXAMPLES]


def test_every_refusal_in_the_source_has_an_example(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: set[tuple[str, int]] = set()
    made = ContentError.__init__

    def noted(self: ContentError, message: str, place: Place | None = None) -> None:
        frame: FrameType | None = sys._getframe(1)
        while frame:
            path = Path(frame.f_code.co_filename)
            if path.parent == SOURCE:
                seen.add((path.name, frame.f_lineno))
            frame = frame.f_back
        made(self, message, place)

    monkeypatch.setattr(ContentError, "__init__", noted)
    for one, bound, macro in EXAMPLES:
        refused(one, bound, macro)
    with pytest.raises(ContentError, match="one symbol in two spellings"):
        vocabulary({r"\hat K": value(lambda: 1.0), r"\hat{K}": value(lambda: 1.0)})
    for taken in ("0", r"\pi", r"\infty", r"\log", r"\le", r"\mathrm{d}", r"\operatorname{tr}"):
        with pytest.raises(ContentError, match="a meaning of its own"):
            vocabulary({taken: value(lambda: 1.0)})
    for expression in (r"\frac12", r"\sqrt{t}", "t+1", r"\sin(t)", r"\lfloor t\rfloor", "n!", "f(0)", r"\|x\|"):
        with pytest.raises(ContentError, match="is an expression"):
            vocabulary({expression: value(lambda: 1.0)})
    with pytest.raises(ContentError, match="would print '2', a sign or a number"):
        vocabulary({r"\mathit{2}": value(lambda: 1.0)})
    missing = [said for (file, low, high), said in sites().items() if not any((file, line) in seen for line in range(low, high + 1))]
    assert not missing


@pytest.mark.parametrize(("marked", "bound", "macro"), EXAMPLES, ids=NAMES)
def test_it_points_at_what_is_at_fault(marked: str, bound: Bindings, macro: str) -> None:
    place = refused(marked, bound, macro).place
    assert place is not None
    assert place.column == marked.index("‸") + 1


@pytest.mark.parametrize(("marked", "bound", "macro"), EXAMPLES, ids=NAMES)
def test_it_names_what_it_saw(marked: str, bound: Bindings, macro: str) -> None:
    """Some word of the formula, or of what the formula lacks, stands in the message."""
    message = refused(marked, bound, macro).message.removeprefix(rf"\{macro}{{k}}: ")
    typed = {token for token in re.findall(r"\\[A-Za-z]+|\\.|[^\s\\]", marked.replace("‸", "")) if token not in set("ts=")}
    words = {one.lstrip("\\") for one in typed} | {"relation", "expected", "formula", "more", "number", "row", "derivative", "infinite"}
    quoted = {word for part in re.findall(r"'([^']+)'", message) for word in typed if word in part and not word.isalpha()}
    named = quoted or {word for word in words if re.search(rf"(?<![A-Za-z]){re.escape(word)}s?(?![A-Za-z])", message)}
    assert named or any(f"'{word}'" in message for word in "ts"), message


@pytest.mark.parametrize(("marked", "bound", "macro"), EXAMPLES, ids=NAMES)
def test_advice_that_is_a_formula_is_read(marked: str, bound: Bindings, macro: str) -> None:
    message = refused(marked, bound, macro).message
    advice = re.search(r"\b([Ww]rite|as in|leave it out)\b.*", message, re.DOTALL)
    for quoted in re.findall(r"(?<![\w'])'([^']+)'", advice[0] if advice else ""):
        if len(tokenize_or_nothing(quoted)) < 2:  # a sign, no formula
            continue
        relation = re.search(r"=|<|>|\\(?:le|ge)(?![a-z])", re.sub(r"[_^]\{(?:[^{}]|\{[^{}]*\})*\}", "", quoted))
        text = quoted if relation else f"0 = {quoted}"
        read(formula(text), vocabulary(bound))


def tokenize_or_nothing(text: str) -> tuple[object, ...]:
    try:
        return tokenize(text)
    except ContentError:
        return ()
