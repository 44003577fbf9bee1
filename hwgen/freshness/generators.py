"""Where generators of random numbers begin for each computation, so that its numbers do not tell what was computed before it.

Those of Python and of libraries begin at its key; those that a module of the content keeps, where that module made them begin.
"""

from __future__ import annotations

import contextlib
import random
import sys
from collections.abc import Iterable, Iterator
from typing import Any

_authors: dict[int, tuple[Any, Any]] = {}
_seed = random.Random.seed


def remember(values: Iterable[Any]) -> None:
    """The generators among the values of a module of the author's names, as they are before anything is computed."""
    for one in values:
        if id(one) not in _authors and (state := _state(one)) is not None:
            _authors[id(one)] = one, state


@contextlib.contextmanager
def begun(number: int) -> Iterator[None]:
    """While this lasts, numbers are drawn from the beginning, and whatever would begin anywhere begins at this number."""
    _seed_libraries(number)
    for one, state in _authors.values():
        _put_back(one, state)

    def seeded(generator: random.Random, a: Any = None, version: int = 2) -> None:
        _seed(generator, number if a is None else a, version)

    random.Random.seed = seeded  # type: ignore[method-assign, assignment] # what a library makes while it is first imported goes through it, too
    try:
        yield
    finally:
        random.Random.seed = _seed  # type: ignore[method-assign] # as it was


def _seed_libraries(number: int) -> None:
    random.seed(number)
    if (numpy := sys.modules.get("numpy")) is not None:
        numpy.random.seed(number)
    if (symbols := sys.modules.get("sympy.core.random")) is not None:
        symbols.rng.seed(number)


def _state(one: Any) -> Any:
    """Where a generator is, or None for what is none."""
    if isinstance(one, random.Random) and not isinstance(one, random.SystemRandom):
        return one.getstate()
    numpy = sys.modules.get("numpy")
    if numpy is not None and isinstance(one, numpy.random.RandomState):
        return one.get_state()
    if numpy is not None and isinstance(one, numpy.random.Generator):
        return one.bit_generator.state
    return None


def _put_back(one: Any, state: Any) -> None:
    if isinstance(one, random.Random):
        one.setstate(state)
    elif hasattr(one, "set_state"):
        one.set_state(state)
    else:
        one.bit_generator.state = state
