"""Held to the outside: the parser tests that come with the installed SymPy. Where ours reads, both agree at random points.

The table beside this file holds how many are read and which are refused; `python -m reading.test_sympy` in tests writes it anew.
"""

from __future__ import annotations

import functools
import importlib
import json
import math
import random
import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sympy

from hwgen.evidence.evaluation import evaluate, scope_at
from hwgen.model import Binding, Formula, Place, function, value
from hwgen.model.errors import ContentError
from hwgen.reading import Chain, read, vocabulary

TABLE = Path(__file__).with_name("sympy_table.json")
MODULES = ("sympy.parsing.tests.test_latex", "sympy.parsing.tests.test_latex_lark")
POINTS, LOST = 3, 6
RELATIONS = {"=": sympy.Eq, "<": sympy.StrictLessThan, ">": sympy.StrictGreaterThan, r"\le": sympy.LessThan, r"\ge": sympy.GreaterThan}


def pairs() -> Iterator[tuple[str, Any]]:
    """Every display of SymPy's tests once, with the expression expected there."""
    seen: set[str] = set()
    for name in MODULES:
        module = importlib.import_module(name)
        for listed in sorted(one for one in vars(module) if one.endswith("PAIRS")):
            for text, expected, *_ in vars(module)[listed]:
                if text not in seen and isinstance(expected, sympy.Basic | sympy.MatrixBase):
                    seen.add(text)
                    yield text, expected


def spelling(symbol: Any) -> str:
    name = str(symbol).replace("{", "{").split("(")[0]
    return rf"\{name}" if name in {"theta", "pi", "alpha", "beta", "phi"} else name


def wave(*arguments: Any) -> Any:
    """What every function of the displays is taken for; the same in numbers and in SymPy."""
    return sum((k + 1) * one + one**2 / (k + 2) for k, one in enumerate(arguments))


def bindings_of(text: str, expected: Any, values: dict[Any, float]) -> dict[str, Binding]:
    if isinstance(expected, sympy.Symbol):
        return {text: value(lambda: values[expected])}
    functions = {one.func for one in expected.atoms(sympy.core.function.AppliedUndef)}
    found: dict[str, Binding] = {spelling(symbol): value(lambda number=number: number) for symbol, number in values.items()}
    return found | {spelling(one.__name__): function(lambda *arguments: float(wave(*arguments))) for one in functions}


def chain_of(text: str, expected: Any, bindings: dict[str, Binding]) -> Chain:
    """The display read; a letter that SymPy's expression has lost by simplifying is bound to some number."""
    relational = isinstance(expected, sympy.core.relational.Relational)
    formula = Formula(macro="checked", name="sympy", text=text if relational else f"{text} = 0", place=Place(file="sympy", line=1))
    for _ in range(LOST):
        try:
            return read(formula, vocabulary(bindings))
        except ContentError as error:
            lost = re.search(r"'([a-z])' is not bound", error.message)
            if lost is None:
                raise
            bindings[lost[1]] = value(lambda: 0.375)
    return read(formula, vocabulary(bindings))


def number_of(expected: Any, values: dict[Any, float]) -> float | None:
    """The value of SymPy's expression, if it is one real number."""
    for one in expected.atoms(sympy.core.function.AppliedUndef):
        expected = expected.subs(one, wave(*one.args))
    found = expected.subs(values).doit().evalf(20)
    return float(found) if found.is_real and found.is_finite else None


def agree(text: str, expected: Any) -> bool:
    """Whether the display is read. Raises AssertionError where what is read has another value."""
    chosen = random.Random(text)
    for _ in range(POINTS):
        free = sorted(expected.free_symbols, key=str) if hasattr(expected, "free_symbols") else []
        values = {symbol: chosen.choice([2.0, 3.0]) if str(symbol) in "nk" else chosen.uniform(0.2, 0.9) for symbol in free}
        bindings = bindings_of(text, expected, values)
        try:
            chain = chain_of(text, expected, bindings)
            ours = [evaluate(side, scope_at(bindings, {})).value for side in chain.sides]
        except ContentError:
            return False
        relational = isinstance(expected, sympy.core.relational.Relational)
        if relational:
            assert RELATIONS[chain.relations[0].symbol] is type(expected), text
        theirs = expected.args if relational else (expected,)
        for our, their in zip(ours, theirs, strict=False):
            if isinstance(their, sympy.MatrixBase):
                numbers = [float(one) for one in their.subs(values).doit()]
                assert list(our.ravel()) == pytest.approx(numbers), text
                continue
            number = number_of(their, values)
            assert number is None or (isinstance(our, float) and (math.isnan(our) or our == pytest.approx(number, rel=1e-6, abs=1e-9))), (
                text,
                our,
                number,
            )
    return True


@functools.cache
def refused() -> tuple[int, tuple[str, ...]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = {text: agree(text, expected) for text, expected in pairs()}
    return sum(found.values()), tuple(text for text, ok in found.items() if not ok)


def test_what_is_read_agrees_with_sympy_and_the_table_stands() -> None:
    kept = json.loads(TABLE.read_text())
    count, texts = refused()
    assert {"read": count, "refused": list(texts)} == kept, f"python {Path(__file__).name} writes the table anew; look at what changed"


if __name__ == "__main__":
    count, texts = refused()
    TABLE.write_text(json.dumps({"read": count, "refused": texts}, indent=1, ensure_ascii=False) + "\n")
    print(f"{count} read, {len(texts)} refused")
