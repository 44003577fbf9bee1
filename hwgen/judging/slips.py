r"""Wrong versions of a printed relation: small changes of its tokens, as an author's slip would make them.

Nothing here judges; a mutant may turn out unreadable or even to say the same thing in other words.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator, Sequence

from hwgen.judging import exchanges, notation, structure
from hwgen.judging.atoms import FRACTIONS, RELATIONS, Mutant, group_end, spliced, text_of
from hwgen.reading import Token, key_of, tokenize

NEIGHBOURS = {
    r"\arccos": r"\arcsin",
    r"\arcsin": r"\arccos",
    r"\arctan": r"\tanh",
    r"\sin": r"\cos",
    r"\cos": r"\sin",
    r"\tan": r"\sin",
    r"\sinh": r"\cosh",
    r"\cosh": r"\sinh",
    r"\tanh": r"\sinh",
    r"\exp": r"\cosh",
    r"\log": r"\exp",
    r"\max": r"\min",
    r"\min": r"\max",
    r"\sup": r"\inf",
    r"\inf": r"\sup",
    r"\sum": r"\max",
    r"\binom": r"\frac",
    r"\pi": "3",
    r"\infty": "1",
    "e": "2",
}
RELATION = "another relation"
BARS = "bars lost"
ROOT_AND_LOG = {r"\sqrt", r"\log", r"\exp"}


def mutants(text: str, symbols: Sequence[str]) -> Iterator[Mutant]:
    """Every mutant of the formula once, in a fixed order; `symbols` are the declared names that may be mistaken for each other."""
    seen = {_bare(text)}
    for mutant in _all(text, tokenize(text), symbols):
        if _bare(mutant.text) not in seen:
            seen.add(_bare(mutant.text))
            yield mutant


def _bare(text: str) -> str:
    return "".join(text.split())


def _all(text: str, tokens: Sequence[Token], symbols: Sequence[str]) -> Iterator[Mutant]:
    for kind, found in (
        ("another number", _numbers(text, tokens)),
        ("another sign", _signs(text, tokens)),
        ("another function", _functions(text, tokens)),
        ("a fraction turned over", _fractions(text, tokens)),
        ("another power, index or prime", structure.scripts(text, tokens)),
        ("a factor or term lost", structure.dropped(text, tokens)),
        ("another symbol", _exchanged(text, tokens, symbols)),
        ("a factor 2 added", structure.doubled(text, tokens)),
        ("a number halved or doubled", _rescaled(text, tokens)),
        ("a power added", structure.powers_added(text, tokens)),
        ("another power", structure.powers_changed(text, tokens)),
        ("a transpose added", structure.transposes_added(text, tokens)),
        ("a prime added", structure.primes_added(text, tokens)),
        ("another index", structure.indices(text, tokens)),
        ("another norm", structure.norms(text, tokens)),
        ("a difference turned over", structure.subtractions(text, tokens)),
        ("a term doubled", structure.terms_doubled(text, tokens)),
        ("a bracket moved", structure.brackets(text, tokens)),
        ("a successor squared", structure.successor(text, tokens)),
        ("another integer part", notation.integer_parts(text, tokens)),
        ("another invariant", notation.invariants(text, tokens)),
        ("cases exchanged", notation.cases(text, tokens)),
        ("factors exchanged", notation.orders(text, tokens)),
        ("another range", notation.ranges(text, tokens)),
        (BARS, exchanges.bars_lost(text, tokens)),
        ("another operator", exchanges.gathered(text, tokens)),
        (RELATION, _relations(text, tokens)),
    ):
        yield from (dataclasses.replace(one, kind=kind) for one in found)


def _numbers(text: str, tokens: Sequence[Token]) -> Iterator[Mutant]:
    for index, token in enumerate(tokens):
        if token.text.isdigit():
            for other in (int(token.text) + 1, int(token.text) - 1):
                if other > 0:
                    yield Mutant(f"{token.text} becomes {other}", spliced(text, tokens, index, index + 1, _braced(str(other))))


def _rescaled(text: str, tokens: Sequence[Token]) -> Iterator[Mutant]:
    for index, token in enumerate(tokens):
        if token.text.isdigit() and int(token.text):
            number = int(token.text)
            half = str(number // 2) if number % 2 == 0 else rf"\frac{{{number}}}{{2}}"
            for other in (half, str(2 * number)):
                yield Mutant(f"{number} becomes {other}", spliced(text, tokens, index, index + 1, _braced(other)))


def _braced(number: str) -> str:
    return number if len(number) == 1 else f"{{{number}}}"


def _signs(text: str, tokens: Sequence[Token]) -> Iterator[Mutant]:
    for index, token in enumerate(tokens):
        if token.text in "+-":
            other = "-" if token.text == "+" else "+"
            yield Mutant(f"{token.text} becomes {other}", spliced(text, tokens, index, index + 1, other))
    for index, token in enumerate(tokens[:-1]):
        if token.text in RELATIONS and tokens[index + 1].text != "-":
            yield Mutant("sign of a side", spliced(text, tokens, index, index + 1, f"{token.text} -"))


def _relations(text: str, tokens: Sequence[Token]) -> Iterator[Mutant]:
    for index, token in enumerate(tokens):
        for other in RELATIONS.get(token.text, ()):
            yield Mutant(f"{token.text} becomes {other}", spliced(text, tokens, index, index + 1, other))


def _functions(text: str, tokens: Sequence[Token]) -> Iterator[Mutant]:
    for index, token in enumerate(tokens):
        if token.text in NEIGHBOURS:
            other = NEIGHBOURS[token.text]
            yield Mutant(f"{token.text} becomes {other}", spliced(text, tokens, index, index + 1, other))
        if token.text in ROOT_AND_LOG:
            yield Mutant(f"{token.text} dropped", spliced(text, tokens, index, index + 1, ""))


def _fractions(text: str, tokens: Sequence[Token]) -> Iterator[Mutant]:
    for index, token in enumerate(tokens):
        if token.text in FRACTIONS:
            middle = group_end(tokens, index + 1)
            end = group_end(tokens, middle)
            top, bottom = text_of(text, tokens, index + 1, middle), text_of(text, tokens, middle, end)
            yield Mutant("numerator and denominator exchanged", spliced(text, tokens, index, end, rf"\frac{{{bottom}}}{{{top}}}"))
        if token.text == "/" and 0 < index < len(tokens) - 1:
            yield Mutant("/ becomes a product", spliced(text, tokens, index, index + 1, r"\cdot"))


def _exchanged(text: str, tokens: Sequence[Token], symbols: Sequence[str]) -> Iterator[Mutant]:
    """A declared symbol replaced by another one."""
    keys = {symbol: key_of(symbol) for symbol in symbols}
    index = 0
    while index < len(tokens):
        found = [name for name, key in keys.items() if tuple(token.text for token in tokens[index : index + len(key)]) == key]
        # The longest that begins here, as the reader takes it.
        name = max(found, key=lambda one: len(keys[one]), default="")
        stop = index + (len(keys[name]) if name else 1)
        if name:
            for other in itertools.islice(_after(symbols, name), 2):
                yield Mutant(f"{name} becomes {other}", spliced(text, tokens, index, stop, other))
        index = stop


def _after(names: Sequence[str], name: str) -> Iterator[str]:
    position = names.index(name)
    yield from names[position + 1 :]
    yield from names[:position]
