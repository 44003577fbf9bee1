"""Values of a run among the tokens of a page."""

from __future__ import annotations

from hwgen.page.values import is_constant, values
from hwgen.reading.lexer import tokens

TEXT = r"$p = @@@{constants.width}@$ and @@@{figures.law}@ % @@@{constants.hidden}@"


def test_each_value_is_found_with_its_token() -> None:
    found = tokens(TEXT)
    assert [(one.namespace, one.name) for one in values(found)] == [("constants", "width"), ("figures", "law")]
    assert [found.texts[one.token] for one in values(found)] == ["@@@{constants.width}@", "@@@{figures.law}@"]
    assert [one.name for one in values(found, next(values(found)).token + 1)] == ["law"]


def test_a_constant_is_told_from_a_figure() -> None:
    assert is_constant("@@@{constants.width}@")
    assert not is_constant("@@@{figures.law}@")
