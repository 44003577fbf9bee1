"""A figure that shows nothing, or a label that cannot be set, is refused in words; matplotlib itself says what is wrong with a label."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from hwgen.judging import making
from hwgen.judging.drawing import drawn
from hwgen.judging.seen import Unfit

Draw = Callable[[Any], None]


def labelled(label: str) -> Draw:
    def draw(figure: Any) -> None:
        axes = figure.subplots()
        axes.plot([1, 2], [3, 4])
        axes.set_xlabel(label)

    return draw


@pytest.mark.parametrize(
    ("label", "said"),
    [
        (
            r"the $\roh_k$ of it",
            r"label 'the $\roh_k$ of it' cannot be set: \roh is no symbol of matplotlib. Did you mean '\rho'?",
        ),
        (r"$\alhpa$", r"Did you mean '\alpha'?"),
        (r"$\qquux$", r"\qquux is no symbol of matplotlib."),
        ("step ${k$", "the figure's label 'step ${k$' cannot be set: expected '}' after '{k'"),
        (r"$\frac{1}$", r"cannot be set: expected \frac{num}{den} after '\frac{1}'"),
        ("$k^2^3$", "cannot be set: double superscript after 'k^2^3'"),
        (r"$\left( k$", r"cannot be set: expected '\\right' after '\left( k'"),
    ],
)
def test_a_label_that_cannot_be_set_is_told_whole_with_what_to_write(label: str, said: str) -> None:
    with pytest.raises(Unfit) as caught:
        drawn(labelled(label), (), 2.0)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_any_other_fault_of_a_drawing_stays_its_own() -> None:
    def draw(figure: Any) -> None:
        figure.subplots().plot([1, 2, 3], [1, 2])

    with pytest.raises(ValueError, match="x and y must have same first dimension"):
        drawn(draw, (), 2.0)


@pytest.mark.parametrize(
    ("draw", "said"),
    [
        (lambda figure: None, "the figure is empty; expected something drawn on the figure"),
        (lambda figure: figure.subplots(), "the figure is empty"),
        (lambda figure: figure.subplots().plot([1, 2], [np.nan, np.inf]), "the figure's line has no point: all 2 of them are nan"),
        (lambda figure: figure.subplots().plot([1, 2], [np.nan] * 2, label="slow"), "the figure's line 'slow' has no point"),
    ],
)
def test_a_figure_that_shows_nothing_is_refused(draw: Draw, said: str) -> None:
    with pytest.raises(Unfit) as caught:
        drawn(draw, (), 2.0)
    assert str(caught.value).startswith(said)


@pytest.mark.parametrize(
    "draw",
    [
        lambda figure: figure.subplots().plot([1, 2, 3], [1, np.nan, 3]),
        lambda figure: figure.subplots().plot([], [], label="for the legend") and figure.axes[0].plot([1], [2]),
        lambda figure: figure.subplots().bar([1, 2], [3, 4]),
        lambda figure: figure.subplots().scatter([1, 2], [3, 4]),
        lambda figure: figure.subplots().imshow([[1, 2], [3, 4]]),
        lambda figure: figure.subplots().text(0.5, 0.5, "a word"),
        lambda figure: figure.text(0.5, 0.5, "a word"),
        labelled(r"the $\rho_k$ of $\frac{1}{2}$"),
    ],
)
def test_a_figure_that_shows_something_is_drawn(draw: Draw) -> None:
    assert drawn(draw, (), 2.0).startswith(b"%PDF")


def test_a_study_of_which_an_array_is_nan_throughout_is_refused() -> None:
    assert making.arrays(lambda problem: {"x": np.array([1.0, np.nan])}, None)["x"][0] == 1.0
    with pytest.raises(Unfit, match="the study's 'y' is nan throughout; expected numbers"):
        making.arrays(lambda problem: {"x": np.ones(2), "y": np.array([np.nan, np.nan])}, None)
