"""What the fields of a problem mean, as their author says it: in a comment behind each field. Nothing is computed from it."""

from __future__ import annotations

import dataclasses
import inspect
import io
import itertools
import textwrap
import tokenize
from typing import Any

from hwgen.model.catalog import Catalog


def meanings(content: Catalog) -> dict[str, dict[str, str]]:
    """Of each exercise, its fields that have a comment, with it."""
    return {one.name: said(one.problem) for one in content.exercises}


def said(problem: Any) -> dict[str, str]:
    """The comments behind the fields of a problem, by name; none where its class is in no file."""
    if not dataclasses.is_dataclass(problem):
        return {}
    names = {one.name for one in dataclasses.fields(problem)}
    try:
        text = textwrap.dedent(inspect.getsource(problem if isinstance(problem, type) else type(problem)))
        tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    except (OSError, TypeError, SyntaxError, tokenize.TokenError):  # of what no file holds nothing is told
        return {}
    found, field = dict[str, str](), ""
    for before, token in itertools.pairwise(tokens):
        if token.string == ":" and before.string in names and before.line.strip().startswith(before.string):
            field = before.string
        elif token.type == tokenize.COMMENT and field and token.line.strip().startswith(field):
            found[field] = token.string.lstrip("# ").strip()
        elif token.type == tokenize.NEWLINE:
            field = ""
    return found
