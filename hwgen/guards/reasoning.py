"""What the text's statements rest on: no proof rests on itself, nor, without saying so, on what comes later; none is left out."""

from __future__ import annotations

import graphlib
import re
from collections.abc import Iterator, Mapping, Sequence

from hwgen.guards.said import words_before
from hwgen.model.errors import ContentError
from hwgen.page.arguments import after, arguments, option
from hwgen.page.environments import PROOF, Named, environments, heading, labels, references, referred
from hwgen.page.neighbours import after_it
from hwgen.page.page import Page, Printed
from hwgen.page.references import Statement, derived, statements, theorems
from hwgen.reading.lexer import tokens
from hwgen.reading.roles import Role

_LATER = frozenset(["below", "later", "afterwards", "next", "following", "part", "parts", "section", "sections", "appendix"])
# What a proof says of its own statement where it rests on it, not where it says what is to be shown.
_ROADS = """by, from, using, uses?, apply, applying, applied, since, because, with, follows, see, recall, recalling, invoke, invoking,
combine, combining, given, as in, according to, due to, thanks to, owing to, in view of, in light of, in the light of, on account of"""
# Over the words of a sentence, in small letters, which are no LaTeX.
_RESTS = re.compile(r"\b(?:{})\b[^.;]*$".format("|".join(r"\s+".join(road.split()) for road in _ROADS.split(","))))
# What is said after its number: it is taken as known.
_YIELDS = frozenset(["implies", "yields", "gives", "shows", "provides", "ensures"])
_BETWEEN = frozenset({Role.BLANK, Role.NOTHING, Role.THIN, Role.CLOSE, Role.SEPARATOR})
_NEEDS_PROOF = ("theorem", "proposition", "lemma", "corollary")
AROUND = 60


def rests(page: Page, found: Sequence[Statement]) -> dict[int, dict[int, int]]:
    """For each statement or formula those that its proof refers to, itself or by a formula in it or in its proof, and where first."""
    owner = _owners(page, found)
    edges: dict[int, dict[int, int]] = {number: {} for number in range(len(found))}
    for number, one in enumerate(found):
        for reference in _references(page, one):
            other = owner.get(reference.name, number)
            if other != number:
                # The first place is the one that the message shows.
                edges[number].setdefault(other, reference.at)
    return edges


def _references(page: Page, one: Statement) -> Iterator[Named]:
    """What all proofs of a statement refer to."""
    for proof in one.proofs:
        yield from references(page.text.tokens, *_tokens(page, *proof))


def _on_itself(page: Page, one: Statement) -> Iterator[int]:
    """Where a proof rests on the statement that it proves."""
    for low, high in one.proofs if one.proved else ():
        for reference in references(page.text.tokens, *_tokens(page, low, high)):
            index = page.text.tokens.at(reference.at)
            rests = _RESTS.search(words_before(page.text, index, page.text.nesting.formula(index))) or _yields(page, index, high)
            if reference.name == one.label and rests and not _titles(page, low, index):
                yield reference.at


def _led_by_itself(page: Page) -> Iterator[Named]:
    """Where the sentence that leads to a displayed formula rests on that formula, wherever it stands."""
    text = page.text
    for span in text.formulas:
        own = {one.name for one in labels(text.tokens, span.opening, span.closing)} if span.display else set()
        if not own:
            continue
        begins = max(*(text.tokens.last(role, span.opening) for role in (Role.PARAGRAPH, Role.END)), 0)
        sentence = words_before(text, span.opening, span)
        for reference in references(text.tokens, begins, span.opening):
            before = words_before(text, text.tokens.at(reference.at), text.nesting.formula(text.tokens.at(reference.at)))
            if reference.name in own and sentence.startswith(before) and _RESTS.search(before):
                yield reference


def _titles(page: Page, low: int, index: int) -> bool:
    """Whether a token stands in the title of a proof, which says of what it is one."""
    first = after(page.text.tokens, page.text.tokens.at(low))
    return page.text.tokens.texts[first] == "[" and first < index < option(page.text.tokens, first)


def _yields(page: Page, index: int, high: int) -> bool:
    """Whether something follows from what is referred to there, as it says after it."""
    braces = next(arguments(page.text.tokens, index), None)
    following = after_it(page.text, braces[1] + 1, page.text.tokens.at(high), _BETWEEN, into=True).token if braces else None
    return following is not None and following.text.lower() in _YIELDS


def _owners(page: Page, found: Sequence[Statement]) -> Mapping[str, int]:
    """The statement that each label belongs to."""
    spans = ((number, span) for number, one in enumerate(found) for span in ((one.low, one.proof[1]), *one.elsewhere))
    inside = ((number, _tokens(page, *span)) for number, span in spans)
    return {label.name: number for number, within in inside for label in labels(page.text.tokens, *within)}


def _tokens(page: Page, low: int, high: int) -> tuple[int, int]:
    """The tokens of the characters from `low` to `high`."""
    return page.text.tokens.at(low), page.text.tokens.at(high)


def circular(page: Page) -> Iterator[ContentError]:
    """A proof that rests on itself, by way of others."""
    found = statements(page)
    for one in found:
        for at in _on_itself(page, one):
            yield ContentError(f"the proof of {one.title} rests on {one.title}; expected an argument without it", page.text.place(at))
    for reference in _led_by_itself(page):
        said = f"what leads to the formula {reference.name} rests on {reference.name}"
        yield ContentError(f"{said}; expected an argument without it", page.text.place(reference.at))
    found += derived(page, found)
    edges = rests(page, found)
    try:
        graphlib.TopologicalSorter({number: list(others) for number, others in edges.items()}).prepare()
    except graphlib.CycleError as error:
        circle = list(reversed(error.args[1]))
        said = ", which rests on ".join(found[number].title for number in circle)
        first = page.text.place(edges[circle[0]][circle[1]])
        yield ContentError(f"{said}: an argument in a circle; expected proofs that rest on what is proved without them", first)


def unfounded(printed: Printed) -> Iterator[str]:
    """A warning for each proof that rests on what is stated later without saying so, and for each theorem that nothing proves."""
    page = printed.page
    found, named = statements(page), theorems(page)
    for number, others in rests(page, found).items():
        for other, at in others.items():
            # Not from before the proof: a word there speaks of something else.
            begins = max(low for low, _ in found[number].proofs if low <= at)
            if found[other].low > at and not _says_later(page, max(begins, at - AROUND), at + AROUND):
                said = f"the proof of {found[number].title} rests on {found[other].title}, which is stated later"
                yield f"{page.text.place(at)}: {said}; expected it before, or a word such as 'below'"
    proofs = (part for part in environments(page.text) if part.kind == PROOF)
    elsewhere = {name for part in proofs for name in referred(heading(page.text, part)[0])}
    for one in found:
        quoted = any("cite" in text for text in tokens(one.words).texts)
        if any(kind in named.get(one.kind, "").lower() for kind in _NEEDS_PROOF) and not (one.proved or quoted or one.labels & elsewhere):
            wanted = rf"expected one after it, \begin{{proof}}[Proof of …\ref], or whose it is, as \begin{{{one.kind}}}[\cite{{…}}]"
            yield f"{one.place}: {one.title} has no proof; {wanted}"


def _says_later(page: Page, low: int, high: int) -> bool:
    """Whether a word between two characters says that something comes later."""
    first, last = _tokens(page, low, high)
    return any(page.text.tokens.texts[one].lower() in _LATER for one in range(first, last + 1))


def drawn(page: Page) -> list[str]:
    """Each statement with its place and what its proof rests on, for a person; of other formulas those that rest on something."""
    found = statements(page)
    count = len(found)
    found += derived(page, found)
    lines = []
    for number, others in rests(page, found).items():
        if number >= count and not others:
            continue
        on = ", ".join(found[other].title for other in sorted(others)) or "nothing that is numbered"
        lines.append(f"{found[number].place}: {found[number].title} rests on {on}")
    return lines
