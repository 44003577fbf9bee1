"""One thing has no s, and any other number of them has."""

from __future__ import annotations

import pytest

from hwgen.page.nouns import counted


@pytest.mark.parametrize(("number", "said"), [(0, "0 pages"), (1, "1 page"), (2, "2 pages"), (21, "21 pages")])
def test_a_noun_agrees_with_its_number(number: int, said: str) -> None:
    assert counted(number, "page") == said
