"""Whatever is typed, a message or a value within two seconds: 10^5 mutated formulas in `make soak`, some thousand in `make test`."""

from __future__ import annotations

import time
import warnings

import numpy as np
import pytest
from reading.displays import BINDINGS

from hwgen.evidence.evaluation import evaluate, scope_at
from hwgen.model import Formula, Place
from hwgen.model.errors import ContentError
from hwgen.reading import read, vocabulary
from hwgen.reading.spelled import spelled
from soak.mutated import mutated

WORDS = vocabulary(BINDINGS)
LIMIT = 2.0
SAMPLE, ALL, SHARE = 1500, 100_000, 12_500
BOUND = 600.0


def outcome(text: str) -> str:
    """What went wrong with a formula, or nothing: an exception that is no message, a message without a place, too long a time."""
    places = tuple(Place(file="t.tex.j2", line=9, column=column + 1) for column in range(len(text)))
    started = time.process_time()
    try:
        chain = read(Formula(macro="checked", name="k", text=text, place=places[0], places=places), WORDS)
        assert spelled(chain)
        scope = scope_at(BINDINGS, {})
        for side in chain.sides:
            evaluate(side, scope)
    except ContentError as error:
        said = error.message
        if not said or len(said) > 600:
            return f"a message of {len(said)} characters"
    except Exception as error:  # anything else is what this test is about
        return f"{type(error).__name__}: {error}"
    seconds = time.process_time() - started
    return f"{seconds:.1f} s" if seconds > LIMIT else ""


def failures(count: int, seed: int) -> list[str]:
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        return [f"{said}: {text}" for text in mutated(count, seed) if (said := outcome(text))]


def test_a_sample_of_mutated_formulas_is_read_and_evaluated_or_refused() -> None:
    assert not failures(SAMPLE, seed=1)


@pytest.mark.parametrize(
    "text",
    [
        r"t = \sum_{k\ge1}\frac{1}{\sup_{u\in[0,1]}(k^3+u)}",
        r"t = \sum_{k\ge1}\frac{1}{\int_0^1(k(k+1)+u)\,\mathrm du}",
        r"t = \sum_{j=1}^{100}\sum_{k=1}^{100}\int_0^1\sin(jku)\,\mathrm du",
        r"t = \prod_{k=1}^{5000}\sup_{u\in[0,1]}(1+u/k^2)",
        r"t = \sum_{k=1}^{5000}\min_{u\in[0,1]}(k+u)",
        r"x \min_{u\in\mathbb R} f(u) \le n",
    ],
)
def test_what_is_searched_or_integrated_for_each_of_many_terms_takes_no_longer(text: str) -> None:
    assert outcome(text) == ""


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(ALL // SHARE))
def test_mutated_formulas_are_read_and_evaluated_or_refused(seed: int) -> None:
    started = time.process_time()
    assert not failures(SHARE, seed=1000 + seed)
    assert time.process_time() - started < BOUND
