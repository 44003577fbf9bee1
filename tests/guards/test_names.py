"""Names of templates and exercises match both ways, before any mathematics runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import TASK

from hwgen.guards.names import declared, mismatched, unprinted
from hwgen.model import Place, Student
from hwgen.model.catalog import Catalog, Exercise
from hwgen.model.errors import ContentError
from hwgen.page.page import Page
from hwgen.page.rendered import Rendered


def _bind(name: str) -> Any:
    def bind(problem: Any) -> dict[str, Any]:
        raise AssertionError("no mathematics while names are matched")

    bind.__name__ = name
    return bind


def _catalog(in_words: Sequence[str] = ()) -> Catalog:
    exercise = Exercise("toy", title="Toy", problem=None)
    exercise.claim(domain={}, identity="algebra", in_words=in_words)(_bind("kappa"))
    exercise.claim(domain={}, false=True, quotes="x = y")(_bind("wrong_kappa"))
    exercise.statement(identity="algebra")(_bind("nullity"))
    return Catalog("toy", (exercise,))


def _page(*printed: tuple[str, str], whole: Page | None = None, quoted: str = "x =\n y") -> Page:
    """A page that prints these, each in a template line of its own."""
    texts = [
        rf"\{macro}{{{name}}}" + {"checked": "{x = z}", "refuted": f"{{{quoted}}}", "for": "{x>0}"}.get(macro, "")
        for macro, name in printed
    ]
    lines = tuple(Place(file="templates/t.tex.j2", line=line) for line, text in enumerate(texts, 1) for _ in text.split("\n"))
    return Page(
        root=Path(), homework=TASK, who=Student(), names=declared(_catalog()), rendered=Rendered("\n".join(texts), lines), whole=whole
    )


def _told(page: Page) -> list[str]:
    """What is refused on it, without columns."""
    found: list[ContentError] = [*mismatched(page), *unprinted(page)]
    return [str(replace(one.place, file=Path(one.place.file).name, column=None)) + f": {one.message}" for one in found if one.place]


ALL = (("checked", "kappa"), ("refuted", "wrong_kappa"), ("verified", "nullity"))


HERE = f"test_names.py:{_bind('kappa').__code__.co_firstlineno}: "


def test_names_that_match_pass() -> None:
    assert _told(_page(*ALL)) == []


def test_a_claim_may_be_printed_twice() -> None:
    assert _told(_page(*ALL, ALL[0])) == []


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ((*ALL, ("checked", "kapa")), r"t.tex.j2:4: \checked{kapa}: no claim of that name. Did you mean 'kappa'?"),
        ((("refuted", "kappa"), *ALL[1:]), r"t.tex.j2:1: \refuted{kappa}: expected \checked{kappa}"),
        ((ALL[0], ("checked", "wrong_kappa"), ALL[2]), r"t.tex.j2:2: \checked{wrong_kappa}: expected \refuted{wrong_kappa}"),
        ((*ALL[:2], ("checked", "nullity")), r"t.tex.j2:3: \checked{nullity}: expected \verified{nullity}"),
        (ALL[1:], HERE + r"kappa: declared in toy and never printed; expected \checked{kappa} in a template, or the claim deleted"),
        (ALL[:2], HERE + r"nullity: declared in toy and never printed; expected \verified{nullity} in a template, or the claim deleted"),
    ],
)
def test_a_mismatch_is_told(printed: tuple[tuple[str, str], ...], said: str) -> None:
    assert _told(_page(*printed)) == [said]


def test_all_mismatches_are_told_in_one_go() -> None:
    assert len(_told(_page(("checked", "kapa"), ("checked", "nulity")))) == 3


def test_an_erratum_prints_what_its_claim_quotes() -> None:
    said = r"\refuted{wrong_kappa}: the page prints x = 2y; the claim quotes x = y; expected the same"
    assert _told(_page(*ALL, quoted="x = 2y")) == [f"t.tex.j2:2: {said}"]


def test_a_shorter_version_prints_less_but_nothing_else() -> None:
    assert _told(_page(ALL[0], whole=_page(*ALL))) == []
    (said,) = _told(_page(("checked", "kapa"), whole=_page(*ALL)))
    assert "no claim of that name" in said


def test_a_hypothesis_belongs_to_claims_with_a_formula() -> None:
    assert _told(_page(*ALL, ("for", "kappa, wrong_kappa"))) == []
    assert _told(_page(*ALL, ("for", "kappa,kapa"))) == [r"t.tex.j2:4: \for{kappa,kapa}: no claim 'kapa'. Did you mean 'kappa'?"]
    (said,) = _told(_page(*ALL, ("for", "nullity")))
    assert said.startswith(r"t.tex.j2:4: \for{nullity}: nullity is a sentence without a formula; expected claims")


def test_a_version_that_leaves_a_hypothesis_out_is_refused() -> None:
    whole = _page(*ALL, ("for", "kappa"))
    assert _told(_page(ALL[0], ("for", "kappa"), whole=whole)) == []
    assert _told(_page(ALL[1], whole=whole)) == []
    said = r"\checked{kappa}: this version prints it without its hypothesis x>0; expected \for{kappa} in it too"
    assert _told(_page(ALL[0], whole=whole)) == [f"t.tex.j2:1: {said}"]


def test_a_hypothesis_in_words_stands_on_the_page() -> None:
    names = declared(_catalog(["for  all", "of them"]))
    page = replace(_page(*ALL), names=names)
    assert len(_told(page)) == 2
    said = Rendered("for all\n" + page.rendered.text, (page.text.place(0), *page.rendered.lines))
    (left,) = _told(replace(page, rendered=said))
    assert r"\checked{kappa}: its hypothesis in words, 'of them', is not on the page; expected these words" in left


def test_a_misspelt_name_is_one_message_and_its_claim_is_not_called_unprinted_too() -> None:
    said = r"\checked{kapa}: no claim of that name. Did you mean 'kappa'?"
    assert _told(_page(("checked", "kapa"), *ALL[1:])) == [f"t.tex.j2:1: {said}"]


def test_a_claim_whose_command_is_misspelt_is_told_where_the_page_has_it() -> None:
    (said,) = _told(_page(("chekced", "kappa"), *ALL[1:]))
    assert said == r"t.tex.j2:1: \chekced{kappa}: no command of that name, and kappa is never printed. Did you mean '\checked'?"
