"""The house keeps its size: no module, of tests neither, is longer than a reader holds in mind, no function of the engine than a screen."""

from __future__ import annotations

import ast
import io
import os
import re
import tokenize
from collections.abc import Iterator

import pytest
from conftest import PROJECT

LONGEST_MODULE = 300
LONGEST_FUNCTION = 40
MODULES = sorted((PROJECT / "hwgen").rglob("*.py"))
TESTING = sorted((PROJECT / "tests").rglob("*.py"))
# An exception to a rule of ruff or mypy, with nothing said after it.
UNSAID = re.compile(r"# ?(?:noqa|type: ?ignore)(?:: ?[A-Z]+\d+(?:, ?[A-Z]+\d+)*|\[[^\]]*\])?\s*$")


def too_long(name: str, text: str, functions: bool = True) -> Iterator[str]:
    """What is too long in the text of a module, by name; `functions` says whether those in it count too."""
    if len(text.splitlines()) > LONGEST_MODULE:
        yield name
    if not functions:
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION:
            yield f"{name}: {node.name}"


def test_no_module_and_no_function_is_too_long() -> None:
    assert [found for path in MODULES for found in too_long(str(path.relative_to(PROJECT)), path.read_text())] == []


def test_no_module_of_tests_is_too_long() -> None:
    """A table in a function of its own may be longer than a screen; a file of tests is looked through as any other is."""
    assert len(TESTING) > 100
    assert [found for path in TESTING for found in too_long(str(path.relative_to(PROJECT)), path.read_text(), functions=False)] == []


def test_every_module_says_what_it_owns() -> None:
    texts = {str(path.relative_to(PROJECT)): path.read_text() for path in MODULES}
    assert len(texts) > 100
    assert [name for name, text in texts.items() if text.strip() and not ast.get_docstring(ast.parse(text))] == []


def without_a_reason(name: str, text: str) -> Iterator[str]:
    """The lines of a module that leave a rule out and do not say why."""
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT and UNSAID.search(token.string):
            yield f"{name}:{token.start[0]}"


def test_every_exception_to_a_rule_says_why() -> None:
    assert [found for path in [*MODULES, *TESTING] for found in without_a_reason(str(path.relative_to(PROJECT)), path.read_text())] == []


@pytest.mark.parametrize(
    "comment", ["# noqa", "# noqa: B018", "#  x  # noqa: B018, E501", "# type: ignore", "# type: ignore[misc, arg-type] "]
)
def test_an_exception_without_a_reason_is_found(comment: str) -> None:
    assert list(without_a_reason("m.py", f"x = 1\ny = 2  {comment}\n")) == ["m.py:2"]
    assert list(without_a_reason("m.py", f"y = 2  {comment.strip()} # it is made there\nz = '{comment}'\n")) == []


def test_one_line_more_is_too_long() -> None:
    function = "def f():\n" + "    pass\n" * (LONGEST_FUNCTION - 1)
    assert list(too_long("m.py", function)) == []
    assert list(too_long("m.py", function + "    pass\n")) == ["m.py: f"]
    assert list(too_long("m.py", "x = 1\n" * LONGEST_MODULE)) == []
    assert list(too_long("m.py", "x = 1\n" * (LONGEST_MODULE + 1))) == ["m.py"]
    assert list(too_long("m.py", function + "    pass\n" * LONGEST_MODULE, functions=False)) == ["m.py"]


@pytest.mark.skipif("PYTEST_XDIST_WORKER" not in os.environ, reason="one process has no workers to share tests among")
@pytest.mark.xdist_group("house")
def test_tests_of_a_group_go_to_one_worker(request: pytest.FixtureRequest) -> None:
    """xdist tells a group by the end of a test's name: where pytest does not take it over, what a group shares is made again."""
    assert request.node.nodeid.endswith("@house")
