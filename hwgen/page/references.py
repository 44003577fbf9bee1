"""What the text says of its own structure: statements, the claims inside of each, and what each proof refers to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from hwgen.page.arguments import arguments, text_of
from hwgen.page.environments import FLOATS, PROOF, Part, environments, following, heading, labels, references
from hwgen.page.formulas import names
from hwgen.page.page import Page
from hwgen.reading.lexer import Tokens
from hwgen.reading.roles import Role


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A theorem or an answer: its labels, the claims in it and in its proof, and what its proof refers to.

    `name` and `words` are what its title is made of, `label` is its own one: LaTeX alone knows its number on the page. `low` is where
    it begins in the text, `proof` where its proof stands, which has no length where there is none.
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


def statements(page: Page) -> list[Statement]:
    """The statements of a page, in its order: what \\newtheorem names, and every environment that a proof follows."""
    parts, named = environments(page.text), theorems(page)
    found: list[Statement] = []
    for part in parts:
        proof = proof_of(page, part, parts)
        if part.kind != PROOF and part.kind not in FLOATS and (part.kind in named or proof):
            found.append(statement(page, part, proof, named, len(found) + 1))
    return found


def theorems(page: Page) -> dict[str, str]:
    """The environments that \\newtheorem makes, with the words that they print."""
    return {name: words for one in (page.text, *page.files.values()) for name, words in _declared(one.tokens)}


def _declared(found: Tokens) -> Iterator[tuple[str, str]]:
    for index, text in enumerate(found.texts):
        if text == r"\newtheorem" and len(braces := list(arguments(found, index))) > 1:
            yield text_of(found, braces[0]), text_of(found, braces[1])


def proof_of(page: Page, part: Part, parts: list[Part]) -> Part | None:
    """The proof that follows an environment, with nothing but white space and floats between them."""
    found = following(page.text, part, parts)
    return found if found and found.kind == PROOF else None


def statement(page: Page, part: Part, proof: Part | None, named: Mapping[str, str], number: int) -> Statement:
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
