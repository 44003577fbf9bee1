r"""A second tokeniser, which shares nothing with ours, finds the same formulas and the same arguments of \checked on the real page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conftest import PROJECT
from pylatexenc import latexwalker, macrospec
from pylatexenc.latexwalker import LatexEnvironmentNode, LatexMacroNode, LatexMathNode, LatexNode

from hwgen.page.page import Page
from hwgen.program import build
from hwgen.reading.commands import FORMULAS


def nodes(found: list[LatexNode]) -> Iterator[LatexNode]:
    """Every node, those inside of others too."""
    for node in found:
        if node is None:
            continue
        yield node
        arguments = getattr(node, "nodeargd", None)
        yield from nodes(list(arguments.argnlist) if arguments and arguments.argnlist else [])
        yield from nodes(list(getattr(node, "nodelist", None) or []))


@pytest.fixture(scope="module", params=["full", "concise"])
def page(request: pytest.FixtureRequest) -> Page:
    return build.read(build.Request(root=PROJECT, version=request.param)).page


@pytest.fixture(scope="module")
def second(page: Page) -> list[LatexNode]:
    """The nodes that the other tokeniser finds in what LaTeX sees."""
    context = latexwalker.get_default_latex_context_db()
    macros = [macrospec.std_macro("checked", "{{"), macrospec.std_macro("refuted", "{{"), macrospec.std_macro("verified", "{")]
    context.add_context_category("ours", macros=macros, prepend=True)
    body = page.text.text
    walker = latexwalker.LatexWalker(body, latex_context=context, tolerant_parsing=False)
    start = body.index(r"\begin{document}") + len(r"\begin{document}")
    found, _, _ = walker.get_latex_nodes(pos=start)
    return list(nodes(found))


def test_both_find_the_same_formulas(page: Page, second: list[LatexNode]) -> None:
    theirs = {
        (node.pos, node.pos + node.len)
        for node in second
        if isinstance(node, LatexMathNode)
        or (isinstance(node, LatexEnvironmentNode) and node.environmentname.removesuffix("*") in FORMULAS)
    }
    start = page.text.text.index(r"\begin{document}")
    assert len(theirs) > 300
    assert {(one.start, one.stop) for one in page.text.formulas if one.start > start} == theirs


def test_both_find_the_same_arguments(page: Page, second: list[LatexNode]) -> None:
    theirs = {
        (node.pos, argument.pos + 1, argument.pos + argument.len - 1)
        for node in second
        if isinstance(node, LatexMacroNode) and node.macroname in {"checked", "refuted"}
        for argument in [node.nodeargd.argnlist[1]]
    }
    assert len(theirs) > 40
    assert {(one.start, one.low, one.high) for one in page.marked if one.formula.macro != "verified"} == theirs
