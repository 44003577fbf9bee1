"""LaTeX is asked of its tokens: a pattern that looks for a command of it stands only where there are none, and says here over what."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

import pytest
from conftest import PROJECT

# What reads LaTeX's own files and logs, text that is no LaTeX yet, and one token or number at a time.
ALLOWED = {
    "hwgen/bench/edits.py": "templates as an author edits them, by hand",
    "hwgen/bench/repeated.py": "templates that are copied many times, under other names",
    "hwgen/guards/denials.py": "words, among which a hypothesis stands as its macro",
    "hwgen/guards/entries.py": "one token",
    "hwgen/guards/misleading.py": "the comments of Jinja2, in templates that are no LaTeX yet",
    "hwgen/guards/operations.py": "words, among which a hypothesis stands as its macro",
    "hwgen/guards/overprinting.py": "a length, as TeX writes it",
    "hwgen/guards/redefinitions.py": "the log of LaTeX, which tells what was declared again",
    "hwgen/judging/moved.py": "the name of a symbol",
    "hwgen/judging/seen.py": "what matplotlib says of a formula that it cannot set",
    "hwgen/page/comments.py": "a line of a template, to know where its comment begins: what follows is no LaTeX",
    "hwgen/page/definitions.py": "one token",
    "hwgen/page/digits.py": "a number, as the module itself prints it",
    "hwgen/page/template_errors.py": "the statements of Jinja2, and what Jinja2 says of them",
    "hwgen/program/bundle.py": "a text with its comments, which are kept",
    "hwgen/program/memory.py": "the rows of a ledger, which are JSON",
    "hwgen/program/report.py": "labels in the .aux file that LaTeX wrote",
    "hwgen/program/scaffold.py": "a template as written, into which lines are put",
    "hwgen/program/why.py": "a number, as it is copied from a page",
    "hwgen/reading/lexer.py": "the one pass that makes tokens",
    "hwgen/reading/quotes.py": "one token",
    "hwgen/reading/signs.py": "one token",
    "hwgen/reading/refusals.py": "a piece of a formula that may begin or end anywhere, to be quoted",
    "hwgen/reading/tokens.py": "the pass over a formula, below the grammar",
    "hwgen/report/numbers.py": "a number, as it is printed",
    "hwgen/report/words.py": "a point, as Python prints it",
    "hwgen/typesetting/log.py": "the log of LaTeX, and the text as LaTeX had it when it stopped",
    "hwgen/typesetting/scripts.py": "the declarations of one of LaTeX's own files",
    "hwgen/typesetting/unwatched.py": "files of any catcodes, whose names have @ and _ in them",
}


def patterns(text: str) -> Iterator[int]:
    """The lines of a module where a pattern begins that looks for a backslash."""
    module = ast.parse(text)
    assigned = [one for one in module.body if isinstance(one, ast.Assign)]
    named = {target.id: one.value for one in assigned for target in one.targets if isinstance(target, ast.Name)}
    for node in ast.walk(module):
        called = node.func if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else None
        # re.escape only quotes: what is looked for stands in the call around it.
        ours = called is not None and ast.unparse(called.value) == "re" and called.attr != "escape"
        if ours and isinstance(node, ast.Call) and any(r"\\" in one for one in _said(node.args[0], named)):
            yield node.lineno


def _said(node: ast.AST, named: Mapping[str, ast.AST]) -> Iterator[str]:
    """The strings of an expression, and of what the module calls by the names in it."""
    for one in ast.walk(node):
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield one.value
        elif isinstance(one, ast.Name) and one.id in named:
            yield from _said(named[one.id], {name: value for name, value in named.items() if name != one.id})


def test_no_pattern_looks_for_a_command_of_latex_elsewhere() -> None:
    paths = sorted((PROJECT / "hwgen").rglob("*.py"))
    found = {str(path.relative_to(PROJECT)): list(patterns(path.read_text())) for path in paths}
    assert {name: lines for name, lines in found.items() if lines and name not in ALLOWED} == {}
    assert [name for name in ALLOWED if not found[name]] == []


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ('import re\n_A = re.compile(r"\\\\date\\s*")\n', [2]),
        ('import re\n_A = r"\\\\[a-z]+"\n_B = re.compile(rf"({_A})$")\n', [3]),
        ('import re\nx = re.sub(\n    r"\\\\[,;]", "", "y")\n', [2]),
        ('import re\n_A = re.compile(r"\\d+\\s*$")\nx = re.escape("\\\\")\n', []),
        ('_A = r"\\\\date"\n', []),
    ],
)
def test_a_pattern_over_latex_is_found(text: str, lines: list[int]) -> None:
    assert list(patterns(text)) == lines
