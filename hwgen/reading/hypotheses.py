r"""Printed hypotheses: `n\ge2`, `0<\delta\le1`, `\|x\|,\|x'\|\ne0`, `\rho\in[-1,1]`, one after the other, separated by commas.

Each becomes a chain of relations, read as every formula is. What could be shared out in two ways is refused. Nothing here computes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NoReturn

from hwgen.model import Formula, Place
from hwgen.model.errors import ContentError
from hwgen.reading.commands import RELATIONS
from hwgen.reading.grammar import read
from hwgen.reading.tokens import Token, key_of, place_of, tokenize
from hwgen.reading.tree import Chain
from hwgen.reading.vocabulary import Vocabulary

UNEQUAL = frozenset({r"\ne", r"\neq"})
# What may be followed by a list of values.
_VALUES = frozenset({"=", r"\ne", r"\neq"})
_IN = r"\in"
_SIGNS = RELATIONS.keys() | UNEQUAL | {_IN}
_OPENING = frozenset({"(", "[", "{", r"\{", r"\langle", r"\lfloor", r"\lceil", r"\lvert", r"\lVert"})
_CLOSING = frozenset({")", "]", "}", r"\}", r"\rangle", r"\rfloor", r"\rceil", r"\rvert", r"\rVert"})
# What is no relation of numbers, and what says the same with one.
_WORDS = "the hypothesis in words, declared in in_words=[…]"
_DEFINITE = rf"\lambda_{{\min}}(A)\ge0 or \lambda_{{\min}}(A)>0, or {_WORDS}"
_LARGE = rf"the bound that is meant, as n\ge100, or {_WORDS}"
_UNREAD = {
    r"\notin": rf"what it leaves, as t<0 or t\in[0,1], or {_WORDS}",
    **dict.fromkeys((r"\succeq", r"\succ", r"\preceq", r"\prec", r"\succcurlyeq", r"\preccurlyeq"), _DEFINITE),
    **dict.fromkeys((r"\gg", r"\ll"), _LARGE),
    **dict.fromkeys((r"\subset", r"\subseteq", r"\supset", r"\supseteq", r"\perp", r"\sim"), _WORDS),
}
# The ends of an interval that bound nothing.
_ENDLESS = {r"-\infty": "first", r"\infty": "last", r"+\infty": "last"}
_ENDS = {"[": r"\le", "(": "<", "]": r"\le", ")": "<"}
_RISING = frozenset({"<", r"\le", r"\leq", r"\leqslant"})
_FALLING = frozenset({">", r"\ge", r"\geq", r"\geqslant"})


@dataclass(frozen=True)
class Hypothesis:
    r"""One condition: its chain, whose one "=" stands for \ne where it is `unequal`, and the text that prints it."""

    text: str
    place: Place
    chain: Chain
    unequal: bool = False


def hypotheses(printed: Formula, words: Vocabulary) -> tuple[Hypothesis, ...]:
    r"""What a \for prints. Raises ContentError at the template's line and column, with advice."""
    return tuple(one for split in _Split(printed, words).conditions() for one in _read(split, words))


def pieces(printed: Formula) -> list[str]:
    """What stands between the commas."""
    return [printed.text[one[0].start : one[-1].end] for one in _Split(printed).pieces()]


@dataclass(frozen=True)
class _Condition:
    """One condition as a formula of its own, each character with its place; `sign` is its first relation."""

    formula: Formula
    sign: str


class _Split:
    """The pieces between the commas of the printed text; one without a relation shares the next one's."""

    def __init__(self, printed: Formula, words: Vocabulary | None = None) -> None:
        self.printed, self.keys = printed, [key_of(name) for name in words.symbols] if words else []
        try:
            self.tokens = [one for one in tokenize(printed.text, printed.places, printed.place) if one.kind != "separator"]
        except ContentError as error:
            raise ContentError(f"\\{printed.macro}{{{printed.name}}}: {error.message}", error.place) from None
        if self.tokens and self.tokens[-1].text in {",", ".", ";"}:
            self.tokens = self.tokens[:-1]
        if not self.tokens:
            self.refuse(r"is empty; expected a hypothesis such as n\ge2, or no hypothesis at all")

    def refuse(self, message: str, token: Token | None = None) -> NoReturn:
        place = place_of(token.start if token else 0, self.printed.places, self.printed.place)
        raise ContentError(f"\\{self.printed.macro}{{{self.printed.name}}}: {message}", place)

    def conditions(self) -> Iterator[_Condition]:
        waiting: list[tuple[Token, ...]] = []
        before: tuple[Token, ...] = ()
        for piece in self.pieces():
            signs = self._signs(piece)
            if not signs:
                waiting.append(piece)
                continue
            alone = [one for one in signs if one.text in UNEQUAL | {_IN}]
            if alone and len(signs) > 1:
                self.refuse(f"{alone[0].text} in a chain of relations; expected it alone", alone[0])
            self._not_shared_out(before, waiting, piece)
            for one in waiting:
                yield _Condition(self._formula((one[0].start, one[-1].end), (signs[0].start, piece[-1].end)), signs[0].text)
            yield _Condition(self._formula((piece[0].start, piece[-1].end)), signs[0].text)
            waiting, before = [], piece
        if waiting or not before:
            said = (
                rf"'{self._shown(waiting[0])}' after a comma holds no relation; write each condition in full, as n\ge2, t\ge2"
                if before
                else ""
            )
            self.refuse(said or r"holds no relation; expected a hypothesis such as n\ge2", waiting[0][0] if waiting else None)

    def pieces(self) -> Iterator[tuple[Token, ...]]:
        depth, start = 0, 0
        for index, token in enumerate([*self.tokens, Token("mark", ",", 0, 0)]):
            depth += (token.text in _OPENING) - (token.text in _CLOSING)
            if token.text == "," and (depth == 0 or index == len(self.tokens)):
                if index == start:
                    self.refuse("nothing stands before ','", token if token.end else None)
                yield tuple(self.tokens[start:index])
                start = index + 1

    def _signs(self, piece: Sequence[Token]) -> list[Token]:
        depth, found = 0, []
        for token in piece:
            depth += (token.text in _OPENING) - (token.text in _CLOSING)
            if depth == 0 and token.text in _UNREAD:
                self.refuse(f"{token.text} is no relation of numbers that is tried; write {_UNREAD[token.text]}", token)
            if depth == 0 and token.text in _SIGNS:
                found.append(token)
        return found

    def _not_shared_out(self, before: Sequence[Token], waiting: Sequence[Sequence[Token]], piece: Sequence[Token]) -> None:
        r"""a<s, t\le b says a<s and t\le b to some, a<s\le b and a<t\le b to others, whatever the bounds are."""
        begins = piece[: piece.index(self._signs(piece)[0])]
        listed = [*waiting, begins] if waiting else []
        lone = next((one for one in listed if one and not self._varies(one)), None)
        if lone:
            said = "is one of a list of values, or half of what follows its comma"
            self.refuse(rf"'{self._shown(lone)}' {said}; write each condition in full, or in a \{self.printed.macro} of its own", lone[0])
        if not before:
            return
        signs = self._signs(before)
        sign, following = signs[-1], self._signs(piece)[0]
        last = before[before.index(sign) + 1 :]
        first = waiting[0] if waiting else piece[: piece.index(following)]
        same = [one.text for one in last] == [one.text for one in first]
        if waiting and sign.text in _VALUES:
            said = "goes on the list before it, or begins what follows"
            self.refuse(rf"'{self._shown(first)}' {said}; write each condition in full, or in a \{self.printed.macro} of its own", first[0])
        if same or sign.text == _IN or not (self._varies(last) and self._varies(first)):
            return
        joined = any({sign.text, following.text} <= way for way in (_RISING, _FALLING))
        bounded = sign.text in _RISING | _FALLING and not self._varies(before[: before.index(signs[0])])
        if waiting or joined or (bounded and following.text not in _RISING | _FALLING):
            said = "what stands beside the comma can be shared out in two ways over the names there"
            self.refuse(
                rf"'{self._shown(first)}': {said}; write each of them with all its bounds, or in a \{self.printed.macro} of its own",
                first[0],
            )

    def _shown(self, tokens: Sequence[Token]) -> str:
        return " ".join(self.printed.text[tokens[0].start : tokens[-1].end].split())

    def _varies(self, tokens: Sequence[Token]) -> bool:
        """Whether a declared symbol stands among these, which are no mere number then."""
        texts = [one.text for one in tokens]
        return any(texts[at : at + len(key)] == list(key) for key in self.keys for at in range(len(texts)))

    def _formula(self, *spans: tuple[int, int]) -> Formula:
        """The text of these spans as a formula."""
        text, places = "", list[Place]()
        for low, high in spans:
            text += (" " if text else "") + self.printed.text[low:high]
            if self.printed.places:
                places += [self.printed.places[low], *self.printed.places[low:high]] if places else self.printed.places[low:high]
        place = places[0] if places else self.printed.place
        return replace(self.printed, text=text, places=tuple(places), place=place)


def _read(condition: _Condition, words: Vocabulary) -> Iterator[Hypothesis]:
    formula = condition.formula
    if condition.sign == _IN:
        formula = _within(formula)
    unequal = condition.sign in UNEQUAL
    if unequal:
        formula = _respelled(formula, condition.sign, "=")
    chain = read(formula, words)
    yield Hypothesis(" ".join(condition.formula.text.split()), condition.formula.place, chain, unequal)


def _respelled(formula: Formula, sign: str, other: str) -> Formula:
    """The formula with another relation in the place of its first one."""
    tokens = tokenize(formula.text)
    at = tokens[_outside(tokens, sign)]
    return _spliced(formula, at.start, at.end, other)


def _outside(tokens: Sequence[Token], sign: str) -> int:
    """Where the sign stands outside of all brackets, as below no operator."""
    depth = 0
    for index, token in enumerate(tokens):
        depth += (token.text in _OPENING) - (token.text in _CLOSING)
        if depth == 0 and token.text == sign:
            return index
    raise AssertionError(f"{sign} is the condition's relation")


def _spliced(formula: Formula, low: int, high: int, new: str) -> Formula:
    places = formula.places
    if places:
        places = (*places[:low], *(places[min(low, len(places) - 1)],) * len(new), *places[high:])
    return replace(formula, text=formula.text[:low] + new + formula.text[high:], places=places)


def _within(formula: Formula) -> Formula:
    r"""\rho\in[a,b] as a\le\rho\le b; other sets are no relation of numbers."""
    tokens = [one for one in tokenize(formula.text) if one.kind != "separator"]
    at = _outside(tokens, _IN)
    left, inside = tokens[:at], tokens[at + 1 :]
    comma = [one for one in inside if one.text == ","]
    if len(inside) < 5 or inside[0].text not in {"[", "("} or inside[-1].text not in {"]", ")"} or len(comma) != 1 or not left:
        said = r"\in something else than an interval [a,b]; expected relations, or the hypothesis in words, declared in in_words=[…]"
        raise ContentError(rf"\{formula.macro}{{{formula.name}}}: {said}", formula.place)
    first, last = formula.text[inside[0].end : comma[0].start], formula.text[comma[0].end : inside[-2].end]  # without a \\right
    name = formula.text[left[0].start : left[-1].end]
    text = _bounds(formula, first, f" {_ENDS[inside[0].text]} ", name, f" {_ENDS[inside[-1].text]} ", last)
    place = formula.places[tokens[at].start] if formula.places else formula.place
    return replace(formula, text=text, places=(place,) * len(text) if formula.places else ())


def _bounds(formula: Formula, first: str, low: str, name: str, high: str, last: str) -> str:
    r"""The relations that an interval stands for: of a half-line one, as t\in(0,\infty) says t>0."""
    ends = ["".join(one.split()) for one in (first, last)]
    endless = [_ENDLESS.get(end) == side for end, side in zip(ends, ("first", "last"), strict=True)]
    closed = any(one and r"\le" in sign for one, sign in zip(endless, (low, high), strict=True))
    if closed or all(endless) or any(r"\infty" in end and not one for end, one in zip(ends, endless, strict=True)):
        said = r"bounds nothing" if all(endless) and not closed else r"has no such end"
        advice = r"expected an interval of numbers, as [0,\infty), or a relation, as t\ge0"
        raise ContentError(rf"\{formula.macro}{{{formula.name}}}: an interval of real numbers that {said}; {advice}", formula.place)
    return ("" if endless[0] else first + low) + name + ("" if endless[1] else high + last)
