r"""A constant after the symbol of another one is refused, and so is a figure's parameter that its caption types."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from hwgen.guards.parameters import exchanged, retyped
from hwgen.model.called import numbers
from hwgen.model.errors import ContentError
from hwgen.page.page import Names, Page

Make = Callable[[str], Page]
Said = Callable[..., list[str]]
RADIUS, NORM = "@@@{constants.radius}@", "@@@{constants.norm}@"
SYMBOLS = {"radius": "R", "norm": "r", "level": r"\frac12\Lambda^*", "barred": r"\bar D_R"}
USES = {"gap": {"0.4": "RATE of exercises.ex1.studies", "16.0": "NETWORKS of exercises.ex1.studies"}}


@pytest.fixture
def said(page: Make) -> Said:
    """What a guard refuses on a page where these symbols and uses are declared."""

    def refused(guard: Callable[[Page], Iterable[ContentError]], text: str, symbols: Mapping[str, str] = SYMBOLS) -> list[str]:
        names = Names(values={}, claims={}, symbols=symbols, uses=USES)
        return [str(error) for error in guard(replace(page(text), names=names))]

    return refused


@pytest.mark.parametrize(
    "text",
    [
        f"for $R={RADIUS}$ and $r={NORM}$",
        f"for $p=3$, $R \\, = {RADIUS}, r={NORM}$",
        rf"\[ m=r=R={RADIUS} \]",
        r"$\frac12\Lambda^*=@@@{constants.level}@$",
        r"$\bar D_R=@@@{constants.barred}@$",
        f"at most {RADIUS} per cent",
        f"$x<{RADIUS}$",
        "$2R=@@@{constants.other}@$",
    ],
)
def test_a_constant_after_its_own_symbol_is_welcome(said: Said, text: str) -> None:
    assert said(exchanged, text) == []


def test_two_constants_exchanged_are_both_told_with_what_was_expected(said: Said) -> None:
    assert said(exchanged, f"for $R={NORM}$ and\n$r={RADIUS}$") == [
        r"templates/t.tex.j2:1:8: \VAR{constants.norm}: R= stands before the value of r; expected r=, or \VAR{constants.radius}",
        r"templates/t.tex.j2:2:4: \VAR{constants.radius}: r= stands before the value of R; expected R=, or \VAR{constants.norm}",
    ]


@pytest.mark.parametrize(
    "symbol", ["R", r"\delta", "L_2", r"\Lambda^*", r"\tilde D_R", r"p^\star", "f_0", r"\bar{x}_{ij}", r"\tilde\alpha", r"\hat\theta_0"]
)
def test_a_constant_that_is_the_value_of_nothing_said_is_told_to_say_it(said: Said, symbol: str) -> None:
    (found,) = said(exchanged, f"${symbol}=@@@{{constants.other}}@$")
    assert f'expected exercise.stand_for(other=r"{"".join(symbol.split())}")' in found


@pytest.mark.parametrize("before", ["2R", "R^2L/2", "f(R)", "R+r"])
def test_a_declared_constant_stands_after_nothing_else(said: Said, before: str) -> None:
    assert len(said(exchanged, f"${before}={RADIUS}$")) == 1


FIGURE = r"\begin{{figure}}\includegraphics{{@@@{{figures.gap}}@}}\caption{{{caption}}}\end{{figure}}"


@pytest.mark.parametrize(
    "caption",
    [
        "for $d=2$",
        r"with $R = 1.5$, slope $-\frac12$",
        r"$m=r=R=1$",
        r"\textbf{for $\rho_0=3$}",
        "$d:=2$",
        r"$d \coloneqq 2$",
        r"$d\in\{2,3\}$",
        r"$d\in\left\{ 2,\dots,5 \right\}$",
        r"$R=-1$",
        r"$m=\frac12$",
        "$d=10^3$",
        r"$p\in\lbrace 8, 16\rbrace$",
    ],
)
def test_a_parameter_typed_in_the_caption_of_a_figure_is_refused(said: Said, caption: str) -> None:
    (found,) = said(retyped, FIGURE.format(caption=caption))
    assert "is typed in the caption of gap; expected \\VAR{constants.…} from what it was computed with" in found


@pytest.mark.parametrize(
    "caption",
    [
        f"for $R={RADIUS}$",
        r"slope $-\frac12$, confidence 95 per cent",
        r"$\phi(v)=v$",
        "$f(0)=1$",
        r"$\given{0.5}$",
        r"$\xi\in\{0,1\}$",
        r"$t\in[0,1]$",
        r"$\epsilon\in\{-1,+1\}$",
        r"$d\in D$",
        "$f:[0,1]$",
        r"$s=t+2$",
        r"$\given{2}\cdot8$",
    ],
)
def test_other_captions_are_welcome(said: Said, caption: str) -> None:
    assert said(retyped, FIGURE.format(caption=caption)) == []


def test_a_caption_of_no_figure_of_this_run_is_the_authors(said: Said) -> None:
    assert said(retyped, r"\begin{figure}\includegraphics{photo.png}\caption{$d=2$}\end{figure} and $d=2$") == []


@pytest.mark.parametrize("number", ["0.4", "0.40", "16", r"\frac25", r"\tfrac{4}{10}", "4\\cdot10^{-1}", "2^4", r"40\,\%", "16.0"])
def test_a_given_number_that_the_figure_was_computed_with_is_refused_and_both_are_named(said: Said, number: str) -> None:
    (found,) = said(retyped, FIGURE.format(caption=rf"steps of size $\given{{{number}}}$"))
    assert f"\\given{{{number}}}: gap was computed with {number} (" in found
    assert "of exercises.ex1.studies); expected \\VAR{constants.…} from there" in found


RATE = 0.4
STEPS = 500


def _study() -> float:
    return _descent(STEPS) + 0.125


def _descent(steps: int) -> float:
    return RATE * steps


def test_the_numbers_that_a_study_uses_are_those_that_its_code_names(tmp_path: Path) -> None:
    found = numbers(_study, lambda module: module == __name__)
    assert found == {500.0: f"STEPS of {__name__}", 0.4: f"RATE of {__name__}", 0.125: f"{__name__}._study"}
