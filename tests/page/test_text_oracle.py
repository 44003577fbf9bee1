r"""A second tokeniser, which shares nothing with ours, finds the same formulas and the same arguments of \checked.

It does so on the real page, and on ten thousand damaged pieces of a page (excerpts.tex) and of one that has every kind of
structure: there both find the same, or a guard of ours refuses the piece.
"""

from __future__ import annotations

import dataclasses
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import PROJECT, TASK
from pylatexenc import latexwalker, macrospec
from pylatexenc.latexwalker import LatexEnvironmentNode, LatexMacroNode, LatexMathNode, LatexNode, LatexWalkerParseError

from hwgen.guards import guards
from hwgen.model import Place, Student
from hwgen.page.page import Names, Page, Printed
from hwgen.page.rendered import Rendered
from hwgen.program import build
from hwgen.reading.commands import FORMULAS

# Where a formula begins and where its last character stands; where a macro begins, and its formula.
Found = tuple[set[tuple[Any, Any]], set[tuple[Any, Any]]]
SEEDS, EACH = range(4), 2500
# Accents of the text and a command of another class, which it knows and no page of ours has.
NOT_OURS = ("exercise", *"bcdHkrtuv")
STRUCTURES = r"""Text $x_{1}$ and \emph{more $y$}, \textbf{a} 50\% of \verb|$%{| it. % a comment with $ and {
\[ \checked{a}{x = \frac12 y} \quad\text{if $n\ge2$ and $m$ is}\quad \refuted{b}{y \le 2}, \]
\begin{align*} x &= y \\[2pt] &\le \left(z\right] \end{align*}
Then \begin {equation}\label{eq} \checked {c} { x < y } \end {equation} so.
\begin{itemize} \item[(a)] $a$ \item {\small $b$}\footnote{It is \(c\).} \end{itemize}
\begin{tabular}{ll} $a$ & \(b\) \\ \hline \multicolumn{2}{c}{$\checked{d}{x=1}$} \\[3pt] \end{tabular}
\begin{displaymath} x \mbox{ for } y \end{displaymath} \begin{math} z \end{math} $$ \verified{e} x $$
\begin{verbatim} $ \checked{f}{x} % { \end{verbatim} and \{ $\{x\}$ \} and \\ $u$
\begin{gather} \begin{split} x &= y \\ &= z \end{split} \end{gather} \begin{eqnarray*} x &=& y \end{eqnarray*}"""
INSERTED = r"""\begin {equation} \begin{equation} \end{equation} \begin{split} \end{split} \begin{align*} \end{align*} \begin{math}
\end{math} \begin{displaymath} \end{displaymath} \begin{quote} \end{quote} \begin{verbatim} \end{verbatim} \begin \end
\item \text{ \frac \sqrt ^ & [ ]
\checked{a}{x=y} \checked \verified{b} \left( \right) $ $$ \[ \] \( \) { } \{ \% % \\ \\[ \\[2pt] \verb
\verb| \verb|$| \verb+%+"""
INSERTS = [*re.split(r"(?<!begin)\s", INSERTED), "\\", "\n\n", "%\n", "% $ {\n"]
PIECE = re.compile(r"\\(?:begin|end)\s*\{[^{}]*\}|\\[A-Za-z]+|\\.|[A-Za-z]+|\s+|.", re.DOTALL)


def nodes(found: list[LatexNode]) -> Iterator[LatexNode]:
    """Every node, those inside of others too."""
    for node in found:
        if node is None:
            continue
        yield node
        arguments = getattr(node, "nodeargd", None)
        yield from nodes(list(arguments.argnlist) if arguments and arguments.argnlist else [])
        yield from nodes(list(getattr(node, "nodelist", None) or []))


def _context() -> Any:
    context = latexwalker.get_default_latex_context_db()
    macros = [*(macrospec.std_macro(name, "{{") for name in ("checked", "refuted", "for")), macrospec.std_macro("verified", "{")]
    context.add_context_category("ours", macros=[*macros, *(macrospec.std_macro(name, "") for name in NOT_OURS)], prepend=True)
    return context


CONTEXT = _context()


def theirs(text: str, start: int = 0) -> Found:
    """The formulas, and the arguments of \\checked, \\refuted and \\for, that the other tokeniser finds; as offsets."""
    walker = latexwalker.LatexWalker(text, latex_context=CONTEXT, tolerant_parsing=False)
    found = list(nodes(walker.get_latex_nodes(pos=start)[0]))
    formulas = {
        (node.pos, node.pos + node.len - 1)
        for node in found
        if isinstance(node, LatexMathNode)
        or (isinstance(node, LatexEnvironmentNode) and node.environmentname.removesuffix("*") in FORMULAS)
    }
    macros = [
        node for node in found if isinstance(node, LatexMacroNode) and node.macroname in {"checked", "refuted", "for"} and node.nodeargd
    ]
    return formulas, {(node.pos, node.nodeargd.argnlist[1].pos + 1) for node in macros}


def ours(page: Page, place: Callable[[int], Any] = int) -> Found:
    """The same, as our tokens say it."""
    formulas = {(place(one.start), place(one.stop - 1)) for one in page.text.formulas}
    return formulas, {(place(one.start), place(one.low)) for one in page.marked if one.formula.macro != "verified"}


@pytest.fixture(scope="module", params=["full", "concise"])
def real(request: pytest.FixtureRequest) -> Page:
    page = build.read(build.Request(root=PROJECT, version=request.param)).page
    # The other tokeniser sees what \further adds in every version.
    return dataclasses.replace(page, who=dataclasses.replace(page.who, version=page.homework.versions[0]))


def test_both_find_the_same_on_the_real_page(real: Page) -> None:
    start = real.text.text.index(r"\begin{document}") + len(r"\begin{document}")
    formulas, arguments = theirs(real.text.text, start)
    assert len(formulas) > 300
    assert len(arguments) > 40
    own, marked = ours(real)
    assert ({one for one in own if one[0] >= start}, {one for one in marked if one[0] >= start}) == (formulas, arguments)


def _page(text: str) -> Page:
    places = tuple(Place(file="t", line=line) for line in range(1, text.count("\n") + 2))
    return Page(root=Path("nowhere"), homework=TASK, who=Student(), names=Names(values={}, claims={}), rendered=Rendered(text, places))


def _refused(page: Page) -> bool:
    return any(True for guard in TOLD for _ in guard(page))


# What says that a text is not what it looks like; whether a formula is in good company is no matter of tokens.
TOLD = [guard for stage in guards.STAGES for guard in stage if guard.__name__ in {"unbalanced", "astray", "hidden", "unreadable"}]


@pytest.fixture(scope="session")
def excerpts() -> list[str]:
    """Pieces of a real page, each whole by itself, and the page of structures by its lines, as often."""
    real = (Path(__file__).with_name("excerpts.tex")).read_text().strip().split("\n\n")
    structures = STRUCTURES.split("\n")
    assert [one for one in (*real, *structures) if _refused(_page(one))] == []
    return [*real, *(structures * (1 + len(real) // len(structures)))]


def _mutated(chance: random.Random, text: str) -> str:
    """One to three tokens taken away, put in, or exchanged."""
    pieces = PIECE.findall(text)
    for _ in range(chance.choice([1, 1, 2, 3])):
        at, other = chance.randrange(len(pieces)), chance.randrange(len(pieces))
        match chance.randrange(3):
            case 0 if len(pieces) > 1:
                del pieces[at]
            case 1:
                pieces.insert(at, chance.choice(INSERTS))
            case _:
                pieces[at], pieces[other] = pieces[other], pieces[at]
    return "".join(pieces) + "\nand so on\n"


def _line_and_column(text: str) -> Callable[[int], tuple[int, int]]:
    return lambda offset: (text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


def disagreement(text: str) -> str:
    """What the two see otherwise in a text that no guard of ours refuses; empty if they agree, and `refused` if one does."""
    page = _page(text)
    if _refused(page):
        return "refused"
    try:
        formulas, arguments = theirs(text)
    except LatexWalkerParseError as error:
        return f"they cannot read it, and no guard refuses it: {error}\n{text}"
    at = _line_and_column(text)
    found = tuple({(at(low), at(high)) for low, high in one} for one in (formulas, arguments))
    own = ours(page, lambda offset: (page.text.place(offset).line, page.text.place(offset).column))
    return "" if found == own else f"theirs {found}\nours {own}\n{text}"


@pytest.mark.parametrize("seed", SEEDS)
def test_both_find_the_same_on_damaged_pages_or_ours_refuses(seed: int, excerpts: list[str]) -> None:
    chance, said = random.Random(seed), []
    for _ in range(EACH):
        said.append(disagreement(_mutated(chance, chance.choice(excerpts))))
    assert [one for one in said if one not in {"", "refused"}] == []
    assert said.count("") > EACH / 4
    assert said.count("refused") > EACH / 4


def test_a_difference_would_be_seen() -> None:
    assert disagreement(r"a $x$ b \verb|$| c % $" + "\nd\n") == ""
    assert disagreement("a $x\n\ny$ b\n") == "refused"
    text = r"a \begin{numbered} $x$ \end{numbered} $\exercise$ b"
    assert disagreement(text) == ""
    CONTEXT.add_context_category("other", macros=[macrospec.std_macro("exercise", "{")], prepend=True)
    try:
        assert "they cannot read it" in disagreement(text)
    finally:
        CONTEXT.add_context_category("again", macros=[macrospec.std_macro("exercise", "")], prepend=True)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_guard_has_an_answer_to_a_damaged_page(seed: int, excerpts: list[str]) -> None:
    chance = random.Random(1000 + seed)
    for _ in range(250):
        page = _page(_mutated(chance, chance.choice(excerpts)))
        said = [str(error) for stage in guards.STAGES[:2] for guard in stage for error in guard(page)]
        said += guards.noticed(Printed(page, {}))
        assert all("expected" in one or "closed" in one for one in said)
