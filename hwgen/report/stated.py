"""The statements of the text as a reader sees them: every theorem and answer, whatever follows it, with all of its proofs.

A proof belongs to what it follows, to what its title names (a label, or the last one of a kind, as in "Proof of the answer"), and
with the proof that it follows. A formula stands in a statement where it is printed in it; a hypothesis of it does not make it stand.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from hwgen.page.arguments import arguments, text_of
from hwgen.page.environments import FLOATS, PROOF, Part, environments, heading, references, referred
from hwgen.page.formulas import FOR
from hwgen.page.page import Page
from hwgen.page.references import Statement, proof_of, statement, theorems
from hwgen.reading.roles import Role

# The heading of a question: what it is called, and its title.
_QUESTION = re.compile(r"\\[a-z]*question")
# What no title of a proof makes a statement.
_NONE = FLOATS | {PROOF, *(f"{kind}{star}" for kind in ("equation", "align", "gather", "multline") for star in ("", "*"))}


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
    parts = environments(page.text)
    follows = {part: proof for part in parts if part.kind not in FLOATS and (proof := proof_of(page, part, parts))}
    named = theorems(page)
    kinds = {*named, *_kinds(page, parts, follows)}
    own = [
        part for part in parts if part.kind != PROOF and (part.kind in kinds or (part in follows and not _named_by(page, follows[part])))
    ]
    shown = [statement(page, part, follows.get(part), named, number) for number, part in enumerate(own, 1)]
    proofs: dict[int, list[Part]] = {}
    for proof in (part for part in parts if part.kind == PROOF):
        owner = _owner(page, proof, shown, _before(proof, follows, own))
        if owner is not None:
            proofs.setdefault(owner, []).append(proof)
    found = [_whole(page, one, own[number], proofs.get(number, ())) for number, one in enumerate(shown)]
    return [dataclasses.replace(one, taken_up=_taken_up(page, one, found, own)) for one in found]


def _kinds(page: Page, parts: Sequence[Part], follows: dict[Part, Part]) -> set[str]:
    """The kinds of environments that titles of proofs name, or that a proof follows more often than not: an equation may do so once."""
    every, followed = Counter(part.kind for part in parts), Counter(part.kind for part in follows)
    said = {word for part in parts if part.kind == PROOF for word in heading(page.text, part)[0].lower().split()}
    return {kind for kind, times in every.items() if kind not in _NONE and (kind in said or 2 * followed[kind] > times)}


def _named_by(page: Page, proof: Part) -> set[str]:
    """The labels that the title of a proof names."""
    return set(referred(heading(page.text, proof)[0]))


def _before(proof: Part, follows: dict[Part, Part], own: Sequence[Part]) -> int | None:
    """The statement that a proof follows, be it after other proofs of it."""
    previous = {after: part for part, after in follows.items()}
    part: Part | None = proof
    while part is not None and part.kind == PROOF:
        part = previous.get(part)
    return own.index(part) if part in own else None


def _owner(page: Page, proof: Part, shown: Sequence[Statement], before: int | None) -> int | None:
    """The statement that the title of a proof names, or the one before it."""
    labels, said = _named_by(page, proof), heading(page.text, proof)[0]
    for number, one in enumerate(shown):
        if labels & one.labels:
            return number
    words = set(said.lower().split()) if not labels else set()
    of_kind = [number for number, one in enumerate(shown) if one.low < proof.low and one.kind in words]
    return of_kind[-1] if of_kind else before


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
    """The question above a part, as its heading names it."""
    found = page.text.tokens
    above = [index for index in found.between(Role.COMMAND, -1, part.begin) if _QUESTION.fullmatch(found.texts[index])]
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
