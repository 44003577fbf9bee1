"""Where a function is written: its file and line, its definition there, and whether it is the author's or a library's."""

from __future__ import annotations

import ast
import functools
import inspect
import sysconfig
from collections.abc import Callable
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

_Function = ast.FunctionDef | ast.Lambda
_INSTALLED = tuple(sysconfig.get_paths()[name] for name in ("stdlib", "platstdlib", "purelib", "platlib"))


@functools.cache
def _functions(path: str) -> list[_Function]:
    """Every function of a file, which many are looked for in."""
    return [node for node in ast.walk(ast.parse(Path(path).read_text())) if isinstance(node, _Function)]


def source(function: Callable[..., Any]) -> tuple[str, int]:
    """The file and the line of a function, what was given to it beforehand left out."""
    code = unwrapped(function)[0].__code__
    return code.co_filename, code.co_firstlineno


def unwrapped(function: Any) -> tuple[FunctionType, list[Any], dict[str, Any]]:
    """The function itself, and what was given to it beforehand. Raises TypeError for what no source defines."""
    given: list[Any] = []
    named: dict[str, Any] = {}
    while isinstance(function, functools.partial):
        given, named = [*function.args, *given], {**function.keywords, **named}
        function = function.func
    function = inspect.unwrap(function)
    if not isinstance(function, FunctionType):
        raise TypeError(f"{function!r} has no source")
    return function, given, named


@functools.cache
def definition(code: CodeType) -> _Function | None:
    """The definition that a code was compiled from."""
    try:
        found = _functions(code.co_filename)
    except (OSError, SyntaxError, ValueError):
        return None
    if code.co_name != "<lambda>":
        named = [node for node in found if isinstance(node, ast.FunctionDef) and node.name == code.co_name]
        return next((node for node in named if _first(node) == code.co_firstlineno), None)
    spots = {(line, column) for line, _, column, _ in code.co_positions() if line and column is not None}
    holding = [node for node in found if isinstance(node, ast.Lambda) and any(_holds(node.body, *spot) for spot in spots)]
    exact = [node for node in holding if node.lineno == code.co_firstlineno]
    return min(exact, key=lambda node: len(ast.dump(node)), default=None)


@functools.cache
def authors(code: CodeType) -> bool:
    """Whether a code is of a file that is not installed."""
    return not code.co_filename.startswith("<") and not installed(code.co_filename)


def installed(file: str) -> bool:
    """Whether a file belongs to Python or to a library that is installed."""
    return file.startswith(_INSTALLED)


def _first(node: ast.FunctionDef) -> int:
    return min([node.lineno, *(one.lineno for one in node.decorator_list)])


def _holds(node: ast.expr, line: int, column: int) -> bool:
    start, end = (node.lineno, node.col_offset), (node.end_lineno or node.lineno, node.end_col_offset or 0)
    return start <= (line, column) < end
