"""The statements of the text as a reader sees them: every theorem and answer, whatever follows it, with all of its proofs.

A formula stands in a statement where it is printed in it; a hypothesis of it does not make it stand.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from hwgen.page.arguments import arguments, text_of
from hwgen.page.environments import Part, references
from hwgen.page.formulas import FOR
from hwgen.page.page import Page
from hwgen.page.references import Statement, with_proofs
from hwgen.reading.roles import Role


@dataclass(frozen=True, kw_only=True)
class Stated(Statement):
    """A statement; `held` and `proving` are the places of the formulas in it and in its proofs.

    `taken_up` are the keys of those that are proved, and speak of a formula in it; `high` is where its words end, `asked` the question
    whose heading is above it.
    """

    held: frozenset[str] = frozenset()
    proving: frozenset[str] = frozenset()
    taken_up: tuple[str, ...] = ()
    high: int = 0
    asked: str = ""


def stated(page: Page) -> list[Stated]:
    """The statements of a page, in its order: what \\newtheorem names, and every environment of a kind that proofs follow."""
    shown = with_proofs(page)
    own = [part for _, part, _ in shown]
    found = [_whole(page, one, part, proofs) for one, part, proofs in shown]
    return [dataclasses.replace(one, taken_up=_taken_up(page, one, found, own)) for one in found]


def _whole(page: Page, one: Statement, part: Part, proofs: Sequence[Part]) -> Stated:
    """A statement with what stands in it and in all of its proofs."""
    inside = [(name, place) for proof in proofs for name, place in _printed(page, proof)]
    held = _printed(page, part)
    refers = [one.name for proof in proofs for one in references(page.text.tokens, proof.begin, proof.end)]
    return Stated(
        **{
            **vars(one),
            "claims": tuple(dict.fromkeys(name for name, _ in held)),
            "proved_with": tuple(dict.fromkeys(name for name, _ in inside)),
            "refers": tuple(label for label in dict.fromkeys(refers) if label not in one.labels),
            "proved": bool(proofs),
        },
        high=part.high,
        asked="" if one.words or one.label else _asked(page, part),
        held=frozenset(place for _, place in held),
        proving=frozenset(place for _, place in inside),
    )


def _asked(page: Page, part: Part) -> str:
    r"""The question above a part, as its heading names it: a command such as \subquestion, of what it is called and its title."""
    found = page.text.tokens
    above = [index for index in found.between(Role.COMMAND, -1, part.begin) if found.texts[index].endswith("question")]
    asked = [text_of(found, braces[0]) for index in above if len(braces := list(arguments(found, index))) > 1]
    return asked[-1] if asked else ""


def _printed(page: Page, part: Part) -> list[tuple[str, str]]:
    """The claims whose formulas stand in a part, with their places."""
    inside = (one.formula for one in page.marked if part.low <= one.start < part.high)
    return [(one.name, str(one.place)) for one in inside if one.macro != FOR]


def _taken_up(page: Page, one: Stated, found: Sequence[Stated], own: Sequence[Part]) -> tuple[str, ...]:
    """The proved statements whose words refer to a label in this one."""
    names = [{label.name for label in references(page.text.tokens, part.begin, part.end)} for part in own]
    return tuple(other.key for other, said in zip(found, names, strict=True) if other.key != one.key and other.proved and one.labels & said)
