"""The key of a result holds what is declared of it, wherever that is written."""

from __future__ import annotations

import dataclasses
from typing import cast

import pytest

from hwgen.judging.tasks import tasks_for
from hwgen.model import Figure
from hwgen.model.catalog import Catalog


def _drawn(figure: object) -> None:
    """Nothing."""


class _Declared:
    """A catalog of one figure."""

    package = "judging"

    def __init__(self, noun: Figure) -> None:
        self.noun = noun

    def find(self, _: str) -> Figure:
        return self.noun

    def problem(self, _: object) -> None:
        return None


def _key(noun: Figure) -> str:
    return tasks_for(cast(Catalog, _Declared(noun)), (), ["tall"], wrong=False)["tall"].key


@pytest.mark.parametrize(("changes", "stale"), [({"height": 3.0}, True), ({"sentence": "Another."}, False)])
def test_what_is_declared_by_a_call_is_in_the_key_and_its_words_are_not(changes: dict[str, object], stale: bool) -> None:
    noun = Figure(name="tall", exercise="one", sentence="One.", draw=_drawn)
    assert (_key(dataclasses.replace(noun, **changes)) != _key(noun)) is stale
