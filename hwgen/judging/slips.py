r"""Wrong versions of a printed relation: small changes of its tokens, as an author's slip would make them.

Nothing here judges; a mutant may turn out unreadable or even to say the same thing in other words.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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
    r"\sup": r"\min",
    r"\sum": r"\max",
    r"\binom": r"\frac",
    r"\pi": "3",
    r"\infty": "1",
    "e": "2",
}
RELATIONS = {
    r"\le": (r"\ge", "=", "<"),
    r"\leq": (r"\geq", "=", "<"),
    r"\ge": (r"\le", "=", ">"),
    r"\geq": (r"\leq", "=", ">"),
    "<": (">", "="),
    ">": ("<", "="),
    "=": ("<", ">"),
}
RELATION = "another relation"
FRACTIONS = {r"\frac", r"\tfrac", r"\dfrac"}
ARGUMENTS = dict.fromkeys([*FRACTIONS, r"\binom"], 2) | dict.fromkeys(
    [r"\sqrt", r"\hat", r"\bar", r"\tilde", r"\mathrm", r"\mathbb", r"\mathbf", r"\mathcal", r"\operatorname", r"\boldsymbol"], 1
)
OPENING = {"(": ")", "[": "]", "{": "}"}
ROOT_AND_LOG = {r"\sqrt", r"\log", r"\exp"}


@dataclass(frozen=True)
class Mutant:
    """A changed formula, in which way it was changed, and what kind of change that is."""

    how: str
    text: str
    kind: str = ""


@dataclass(frozen=True)
class _Atom:
    """A factor with its scripts: tokens[start:stop], the scripts from `scripts` on."""

    start: int
    scripts: int
    stop: int


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
        ("another power, index or prime", _scripts(text, tokens)),
        ("a factor or term lost", _dropped(text, tokens)),
        ("another symbol", _exchanged(text, tokens, symbols)),
        ("a factor 2 added", _doubled(text, tokens)),
        ("a successor squared", _successor(text, tokens)),
        (RELATION, _relations(text, tokens)),
    ):
        yield from (dataclasses.replace(one, kind=kind) for one in found)


def _spliced(text: str, tokens: Sequence[Token], start: int, stop: int, new: str) -> str:
    """The text with tokens[start:stop] replaced."""
    return f"{text[: tokens[start].start]} {new} {text[tokens[stop - 1].end :]}"


def _numbers(text: str, tokens: Sequence[Token]) -> Iterator[Mutant]:
    for index, token in enumerate(tokens):
        if token.text.isdigit():
            for other in (int(token.text) + 1, int(token.text) - 1):
                if other > 0:
                    yield Mutant(f"{token.text} becomes {other}", _spliced(text, tokens, index, index + 1, _braced(str(other))))


def _braced(number: str) -> str:
    return number if len(number) == 1 else f"{{{number}}}"


def _signs(text: str, tokens: Sequence[Token]) -> Iterator[Mutant]:
    for index, token in enumerate(tokens):
        if token.text in "+-":
            other = "-" if token.text == "+" else "+"
            yield Mutant(f"{token.text} becomes {other}", _spliced(text, tokens, index, index + 1, other))
    for index, token in enumerate(tokens[:-1]):
        if token.text in RELATIONS and tokens[index + 1].text != "-":
            yield Mutant("sign of a side", _spliced(text, tokens, index, index + 1, f"{token.text} -"))


def _relations(text: str, tokens: Sequence[Token]) -> Iterator[Mutant]:
    for index, token in enumerate(tokens):
        for other in RELATIONS.get(token.text, ()):
            yield Mutant(f"{token.text} becomes {other}", _spliced(text, tokens, index, index + 1, other))


def _functions(text: str, tokens: Sequence[Token]) -> Iterator[Mutant]:
    for index, token in enumerate(tokens):
        if token.text in NEIGHBOURS:
            other = NEIGHBOURS[token.text]
            yield Mutant(f"{token.text} becomes {other}", _spliced(text, tokens, index, index + 1, other))
        if token.text in ROOT_AND_LOG:
            yield Mutant(f"{token.text} dropped", _spliced(text, tokens, index, index + 1, ""))


def _fractions(text: str, tokens: Sequence[Token]) -> Iterator[Mutant]:
    for index, token in enumerate(tokens):
        if token.text in FRACTIONS:
            middle = _group_end(tokens, index + 1)
            end = _group_end(tokens, middle)
            top, bottom = _text(text, tokens, index + 1, middle), _text(text, tokens, middle, end)
            yield Mutant("numerator and denominator exchanged", _spliced(text, tokens, index, end, rf"\frac{{{bottom}}}{{{top}}}"))
        if token.text == "/" and 0 < index < len(tokens) - 1:
            yield Mutant("/ becomes a product", _spliced(text, tokens, index, index + 1, r"\cdot"))


def _text(text: str, tokens: Sequence[Token], start: int, stop: int) -> str:
    return text[tokens[start].start : tokens[stop - 1].end]


def _scripts(text: str, tokens: Sequence[Token]) -> Iterator[Mutant]:
    for index, token in enumerate(tokens):
        if token.text == "'":
            yield Mutant("prime dropped", _spliced(text, tokens, index, index + 1, ""))
            yield Mutant("prime added", _spliced(text, tokens, index, index + 1, "''"))
        if token.text == "^" and index + 1 < len(tokens):
            end = _group_end(tokens, index + 1)
            yield Mutant("power dropped", _spliced(text, tokens, index, end, ""))
    for atom in _atoms(tokens):
        if "^" not in {token.text for token in tokens[atom.start : atom.stop]} and tokens[atom.start].text in {"(", r"\pi"}:
            yield Mutant("square added", _spliced(text, tokens, atom.start, atom.stop, _text(text, tokens, atom.start, atom.stop) + "^2"))


def _dropped(text: str, tokens: Sequence[Token]) -> Iterator[Mutant]:
    """Drop a factor, or a term with its sign."""
    for atom in _atoms(tokens):
        yield Mutant(f"{_text(text, tokens, atom.start, atom.stop)} dropped", _spliced(text, tokens, atom.start, atom.stop, ""))
    for start, stop in _terms(tokens):
        yield Mutant(f"{_text(text, tokens, start, stop)} dropped", _spliced(text, tokens, start, stop, ""))


def _terms(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Signed terms: from a + or - to where the next term, relation or closing delimiter begins."""
    for index, token in enumerate(tokens):
        if token.text in "+-":
            stop, depth = index + 1, 0
            while stop < len(tokens):
                text = tokens[stop].text
                depth += (text in OPENING) - (text in OPENING.values())
                if depth < 0 or (depth == 0 and (text in "+-" or text in RELATIONS)):
                    break
                stop += 1
            if stop > index + 1:
                yield index, stop


def _exchanged(text: str, tokens: Sequence[Token], symbols: Sequence[str]) -> Iterator[Mutant]:
    """A declared symbol replaced by another one."""
    keys = {symbol: key_of(symbol) for symbol in symbols}
    index = 0
    while index < len(tokens):
        found = [name for name, key in keys.items() if tuple(token.text for token in tokens[index : index + len(key)]) == key]
        name = max(found, key=lambda one: len(keys[one]), default="")
        stop = index + (len(keys[name]) if name else 1)
        if name:
            for other in itertools.islice(_after(symbols, name), 2):
                yield Mutant(f"{name} becomes {other}", _spliced(text, tokens, index, stop, other))
        index = stop


def _after(names: Sequence[str], name: str) -> Iterator[str]:
    position = names.index(name)
    yield from names[position + 1 :]
    yield from names[:position]


def _doubled(text: str, tokens: Sequence[Token]) -> Iterator[Mutant]:
    """A factor 2 too many before a side or a term."""
    for index in range(len(tokens)):
        begins = index == 0 or tokens[index - 1].text in RELATIONS or tokens[index - 1].text in {"+", "-"}
        if begins and tokens[index].kind in {"letter", "command"} and tokens[index].text not in RELATIONS:
            yield Mutant("factor 2 added", _spliced(text, tokens, index, index + 1, f"2 {tokens[index].text}"))


def _successor(text: str, tokens: Sequence[Token]) -> Iterator[Mutant]:
    """n(n+1) read in haste as n^2."""
    for index in range(len(tokens) - 5):
        name, opening, again, _, one, closing = (token.text for token in tokens[index : index + 6])
        if opening == "(" and name == again and one == "1" and closing == ")":
            yield Mutant(f"{name}({again}±1) becomes {name}^2", _spliced(text, tokens, index, index + 6, f"{name}^2"))


def _group_end(tokens: Sequence[Token], start: int) -> int:
    """Where the token or group at `start` ends."""
    if start >= len(tokens):
        return len(tokens)
    closing = OPENING.get(tokens[start].text)
    if closing is None:
        return start + 1
    depth, index = 0, start
    while index < len(tokens):
        depth += (tokens[index].text == tokens[start].text) - (tokens[index].text == closing)
        index += 1
        if depth == 0:
            break
    return index


def _atoms(tokens: Sequence[Token]) -> Iterator[_Atom]:
    """Every factor at every depth that could be dropped on its own."""
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.kind in {"letter", "command", "number"} or token.text == "(":
            yield _atom(tokens, index)
        index += 1


def _atom(tokens: Sequence[Token], start: int) -> _Atom:
    stop = _group_end(tokens, start)
    for _ in range(ARGUMENTS.get(tokens[start].text, 0)):
        stop = _group_end(tokens, stop)
    scripts = stop
    while stop < len(tokens) and tokens[stop].text in {"^", "_", "'"}:
        stop = _group_end(tokens, stop + 1) if tokens[stop].text != "'" else stop + 1
    return _Atom(start, scripts, stop)
