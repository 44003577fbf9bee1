"""Names of templates and exercises match both ways, before any mathematics runs."""

from __future__ import annotations

from typing import Any

import pytest

from hwgen.model import Formula, Place
from hwgen.model.catalog import Catalog, Exercise
from hwgen.model.errors import ContentErrors
from hwgen.page.names import declared, match


def _bind(name: str) -> Any:
    def bind(problem: Any) -> dict[str, Any]:
        raise AssertionError("no mathematics while names are matched")

    bind.__name__ = name
    return bind


def _catalog() -> Catalog:
    exercise = Exercise("toy", title="Toy", problem=None)
    exercise.claim(domain={}, identity="algebra")(_bind("kappa"))
    exercise.claim(domain={}, false=True, quotes="x = y")(_bind("wrong_kappa"))
    exercise.statement(identity="algebra")(_bind("nullity"))
    return Catalog("toy", (exercise,))


def _formulas(*printed: tuple[str, str]) -> list[Formula]:
    return [
        Formula(macro=macro, name=name, text="x =\n y" if macro == "refuted" else "", place=Place(file="templates/t.tex.j2", line=line))
        for line, (macro, name) in enumerate(printed, 1)
    ]


ALL = (("checked", "kappa"), ("refuted", "wrong_kappa"), ("verified", "nullity"))


def test_names_that_match_pass() -> None:
    match(_catalog(), _formulas(*ALL))


def test_a_claim_may_be_printed_twice() -> None:
    match(_catalog(), _formulas(*ALL, ALL[0]))


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ((*ALL, ("checked", "kapa")), r"templates/t.tex.j2:4: \checked{kapa}: no claim of that name. Did you mean 'kappa'?"),
        ((("refuted", "kappa"), *ALL[1:]), r"templates/t.tex.j2:1: \refuted{kappa}: expected \checked{kappa}"),
        ((ALL[0], ("checked", "wrong_kappa"), ALL[2]), r"templates/t.tex.j2:2: \checked{wrong_kappa}: expected \refuted{wrong_kappa}"),
        ((*ALL[:2], ("checked", "nullity")), r"templates/t.tex.j2:3: \checked{nullity}: expected \verified{nullity}"),
        (ALL[1:], r"kappa: declared in toy and never printed; expected \checked{kappa} in a template"),
        (ALL[:2], r"nullity: declared in toy and never printed; expected \verified{nullity} in a template"),
    ],
)
def test_a_mismatch_is_told(printed: tuple[tuple[str, str], ...], said: str) -> None:
    with pytest.raises(ContentErrors) as caught:
        match(_catalog(), _formulas(*printed))
    assert str(caught.value) == said


def test_all_mismatches_are_told_in_one_go() -> None:
    with pytest.raises(ContentErrors) as caught:
        match(_catalog(), _formulas(("checked", "kapa"), ("checked", "nulity")))
    assert len(caught.value.errors) == 5


def test_an_erratum_prints_what_its_claim_quotes() -> None:
    false = Formula(macro="refuted", name="wrong_kappa", text="x = 2y", place=Place(file="templates/t.tex.j2", line=7))
    with pytest.raises(ContentErrors) as caught:
        match(_catalog(), [*_formulas(ALL[0], ALL[2]), false])
    said = r"\refuted{wrong_kappa}: the page prints x = 2y; the claim quotes x = y; expected the same"
    assert str(caught.value) == f"templates/t.tex.j2:7: {said}"


def test_a_shorter_version_prints_less_but_nothing_else() -> None:
    declared(_catalog(), _formulas(ALL[0]))
    with pytest.raises(ContentErrors, match="no claim of that name"):
        declared(_catalog(), _formulas(("checked", "kapa")))
