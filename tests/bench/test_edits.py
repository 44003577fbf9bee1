from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from hwgen.bench import edits
from hwgen.model.errors import ContentError

TEXT = r"""\question{1(a)}{The kernel}
A number $x$ and the rest.
Both lie in the plane, as the reader knows.
\checked{kappa}{\kappa(\rho) = \frac12-\frac{1}{2\pi}\arccos\rho}
"""


def test_one_word_of_one_plain_sentence_changes() -> None:
    assert edits.word(TEXT, 0, TEXT) == TEXT.replace("in the plane", "in this plane")
    assert edits.word(TEXT, 1, TEXT) == TEXT.replace("in the plane", "in that plane")


def test_one_half_under_test_becomes_an_equal_fraction_new_each_time() -> None:
    assert edits.formula(TEXT, 0, TEXT) == TEXT.replace(r"\frac12", r"\frac{2}{4}")
    assert len({edits.formula(TEXT, turn, TEXT) for turn in range(20)} | {TEXT}) == 21


def test_a_half_outside_a_formula_under_test_is_left_alone() -> None:
    with pytest.raises(ContentError, match=r"^no \\frac12 inside \\checked to edit; expected one in some template"):
        edits.formula(text := r"Of course $\frac12 < 1$, and \checked{a}{\frac125 = 2}.", 0, text)


def test_what_the_version_leaves_out_is_left_alone() -> None:
    more = "Both lie in the open ball.\n\\checked{more}{x = \\frac12}\n" + TEXT
    assert edits.word(more, 0, TEXT) == more.replace("in the plane", "in this plane")
    assert edits.formula(more, 0, TEXT) == more.replace(r"\frac12-", r"\frac{2}{4}-")


@pytest.mark.parametrize("edit", [edits.word, edits.formula])
def test_the_templates_of_the_project_can_be_edited(edit: Callable[[str, int, str], str]) -> None:
    texts = [path.read_text() for path in (Path(__file__).parents[2] / "templates").glob("*.j2")]

    def possible(text: str) -> bool:
        try:
            return edit(text, 0, text) != text
        except ContentError:
            return False

    assert any(possible(text) for text in texts)
