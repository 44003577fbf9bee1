"""What the text says of its own structure: statements, the claims inside of each, and what each proof refers to.

A proof belongs to what it follows, to what its title names (a label, or the last one of a kind, as in "Proof of the answer"), and
with the proof that it follows.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from hwgen.page.arguments import arguments, text_of
from hwgen.page.environments import FLOATS, PROOF, Part, environments, following, heading, labels, references, referred
from hwgen.page.formulas import names
from hwgen.page.page import Page
from hwgen.reading.lexer import Tokens
from hwgen.reading.roles import Role

# What no title of a proof makes a statement.
_NONE = FLOATS | {PROOF, *(f"{kind}{star}" for kind in ("equation", "align", "gather", "multline") for star in ("", "*"))}


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A theorem or an answer: its labels, the claims in it and in its proof, and what its proof refers to.

    `name` and `words` are what its title is made of, `label` is its own one: LaTeX alone knows its number on the page. `low` is where
    it begins in the text, `proof` where its proof stands, which has no length where there is none, and `elsewhere` are its other proofs.
    """

    key: str
    title: str
    place: str
    labels: frozenset[str]
    claims: tuple[str, ...]
    proved_with: tuple[str, ...]
    refers: tuple[str, ...]
    proved: bool
    name: str = ""
    words: str = ""
    label: str = ""
    kind: str = ""
    low: int = 0
    proof: tuple[int, int] = (0, 0)
    elsewhere: tuple[tuple[int, int], ...] = ()

    @property
    def proofs(self) -> tuple[tuple[int, int], ...]:
        """Where each of its proofs stands."""
        return (self.proof, *self.elsewhere)


def statements(page: Page) -> list[Statement]:
    """The statements of a page, in its order, with all of their proofs."""
    shown = []
    for one, _, proofs in with_proofs(page):
        elsewhere = tuple((proof.low, proof.high) for proof in proofs if (proof.low, proof.high) != one.proof)
        shown.append(dataclasses.replace(one, elsewhere=elsewhere, proved=bool(proofs)))
    return shown


def with_proofs(page: Page) -> list[tuple[Statement, Part, list[Part]]]:
    """What \\newtheorem names, and every environment of a kind that proofs follow: what it says, where it stands, and its proofs."""
    parts = environments(page.text)
    follows = {part: proof for part in parts if part.kind not in FLOATS and (proof := _proof_after(page, part, parts))}
    named = theorems(page)
    kinds = {*named, *_kinds(page, parts, follows)}
    own = [
        part for part in parts if part.kind != PROOF and (part.kind in kinds or (part in follows and not _named_by(page, follows[part])))
    ]
    shown = [_statement(page, part, follows.get(part), named, number) for number, part in enumerate(own, 1)]
    proofs: list[list[Part]] = [[] for _ in own]
    for proof in (part for part in parts if part.kind == PROOF):
        owner = _owner(page, proof, shown, _before(proof, follows, own))
        if owner is not None:
            proofs[owner].append(proof)
    return list(zip(shown, own, proofs, strict=True))


def _kinds(page: Page, parts: Sequence[Part], follows: Mapping[Part, Part]) -> set[str]:
    """The kinds of environments that titles of proofs name, or that a proof follows more often than not: an equation may do so once."""
    every, followed = Counter(part.kind for part in parts), Counter(part.kind for part in follows)
    said = {word for part in parts if part.kind == PROOF for word in heading(page.text, part)[0].lower().split()}
    return {kind for kind, times in every.items() if kind not in _NONE and (kind in said or 2 * followed[kind] > times)}


def _named_by(page: Page, proof: Part) -> set[str]:
    """The labels that the title of a proof names."""
    return set(referred(heading(page.text, proof)[0]))


def _before(proof: Part, follows: Mapping[Part, Part], own: Sequence[Part]) -> int | None:
    """The statement that a proof follows, be it after other proofs of it."""
    previous = {after: part for part, after in follows.items()}
    part: Part | None = proof
    while part is not None and part.kind == PROOF:
        part = previous.get(part)
    return own.index(part) if part in own else None


def _owner(page: Page, proof: Part, shown: Sequence[Statement], before: int | None) -> int | None:
    """The statement that the title of a proof names, or the one before it."""
    names, said = _named_by(page, proof), heading(page.text, proof)[0]
    for number, one in enumerate(shown):
        if names & one.labels:
            return number
    words = set(said.lower().split()) if not names else set()
    of_kind = [number for number, one in enumerate(shown) if one.low < proof.low and one.kind in words]
    return of_kind[-1] if of_kind else before


def theorems(page: Page) -> dict[str, str]:
    """The environments that \\newtheorem makes, with the words that they print."""
    return {name: words for one in (page.text, *page.files.values()) for name, words in _declared(one.tokens)}


def _declared(found: Tokens) -> Iterator[tuple[str, str]]:
    for index, text in enumerate(found.texts):
        if text == r"\newtheorem" and len(braces := list(arguments(found, index))) > 1:
            yield text_of(found, braces[0]), text_of(found, braces[1])


def _proof_after(page: Page, part: Part, parts: list[Part]) -> Part | None:
    """The proof that follows an environment, with nothing but white space and floats between them."""
    found = following(page.text, part, parts)
    return found if found and found.kind == PROOF else None


def _statement(page: Page, part: Part, proof: Part | None, named: Mapping[str, str], number: int) -> Statement:
    """An environment as a statement, with the proof that follows it."""
    words, label = heading(page.text, part)
    name = named.get(part.kind, part.kind.capitalize())
    own = frozenset(one.name for one in labels(page.text.tokens, part.begin, part.end))
    refers = [one.name for one in references(page.text.tokens, proof.begin, proof.end)] if proof else []
    return Statement(
        key=f"statement-{number}",
        kind=part.kind,
        title=f"{name} {number}{f' ({words})' if words else ''}",
        name=name,
        words=words,
        label=label,
        place=str(page.text.place(part.low)),
        low=part.low,
        proof=(proof.low, proof.high) if proof else (part.high, part.high),
        labels=own,
        claims=_claims(page, part),
        proved_with=_claims(page, proof) if proof else (),
        refers=tuple(dict.fromkeys(name for name in refers if name not in own)),
        proved=proof is not None,
    )


def _claims(page: Page, part: Part) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for one in page.marked if part.low <= one.start < part.high for name in names(one.formula)))


def derived(page: Page, found: Sequence[Statement]) -> list[Statement]:
    """The displayed formulas with a label that stand in no statement and no proof; what leads to each, in its paragraph, is its proof."""
    tokens, inside = page.text.tokens, [(one.low, one.proof[1]) for one in found]
    parts = [(part.low, part.high) for part in environments(page.text) if part.kind == PROOF]
    formulas = []
    for span in page.text.formulas:
        own = [one.name for one in labels(tokens, span.opening, span.closing)] if span.display else []
        if own and not any(low <= span.low < high for low, high in (*inside, *parts)):
            starts = [tokens.last(role, span.opening) for role in (Role.PARAGRAPH, Role.END)]
            low = tokens.starts[max(*starts, 0)]
            formulas.append(
                Statement(
                    key=f"formula-{own[0]}",
                    title=f"the formula {own[0]}",
                    place=str(page.text.place(span.low)),
                    labels=frozenset(own),
                    claims=(),
                    proved_with=(),
                    refers=(),
                    proved=True,
                    low=span.low,
                    proof=(low, span.high),
                )
            )
    return formulas


def labelled(page: Page) -> dict[str, tuple[str, ...]]:
    """The claims that stand in the display of each label."""
    found: dict[str, tuple[str, ...]] = {}
    for span in page.text.formulas:
        if span.display:
            inside = tuple(dict.fromkeys(name for one in page.marked if span.low <= one.start < span.high for name in names(one.formula)))
            found |= dict.fromkeys((one.name for one in labels(page.text.tokens, span.opening, span.closing)), inside)
    return found
