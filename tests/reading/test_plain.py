"""A tree survives the way to plain data and back: what it says in words is the same."""

from __future__ import annotations

import json
import math

import pytest
from reading.displays import BINDINGS, DISPLAYS

from hwgen.model import Formula, Place
from hwgen.model.errors import ContentError
from hwgen.reading import Chain, read, vocabulary
from hwgen.reading.plain import KINDS, chain, plain
from hwgen.reading.spelled import spelled

WORDS = vocabulary(BINDINGS)


def _read(text: str) -> Chain:
    return read(Formula(macro="checked", name="c", text=text, place=Place(file="f", line=1)), WORDS)


@pytest.mark.parametrize("text", [text for text, value in DISPLAYS if not math.isnan(value)])
def test_a_tree_comes_back_as_it_was(text: str) -> None:
    try:
        there = _read(f"{text} = 0")
    except ContentError:
        return  # test_displays.py counts them
    back = chain(json.loads(json.dumps(plain(there))))
    assert spelled(back) == spelled(there)
    assert plain(back) == plain(there)


def test_brackets_are_kept_apart() -> None:
    assert plain(_read("t = n(m-t)")) != plain(_read("t = n m - t"))


@pytest.mark.parametrize("data", [{"is": "number", "text": "1"}, {"is": "chain", "sides": [{"is": "riddle"}], "relations": []}])
def test_what_is_no_chain_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"chain|no part of a formula"):
        chain(data)


def test_every_kind_of_node_has_a_name() -> None:
    assert {"number", "symbol", "operation", "indexed", "ranging", "averaged", "cases"} <= set(KINDS)
