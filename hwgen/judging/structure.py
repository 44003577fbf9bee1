r"""Wrong versions by another structure: powers, indices, factors and terms lost, doubled or exchanged, brackets moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hwgen.judging.atoms import CLOSING, OPENING, RELATIONS, Atom, Mutant, atoms, group_end, spliced, terms, text_of
from hwgen.reading import Token


def scripts(text: str, tokens: Sequence[Token]) -> Iterator[Mutant]:
    for index, token in enumerate(tokens):
        if token.text == "'":
            yield Mutant("prime dropped", spliced(text, tokens, index, index + 1, ""))
            yield Mutant("prime added", spliced(text, tokens, index, index + 1, "''"))
        if token.text == "^" and index + 1 < len(tokens):
            end = group_end(tokens, index + 1)
            yield Mutant("power dropped", spliced(text, tokens, index, end, ""))
    for atom in atoms(tokens):
        if "^" not in {token.text for token in tokens[atom.start : atom.stop]} and tokens[atom.start].text in {"(", r"\pi"}:
            yield Mutant("square added", spliced(text, tokens, atom.start, atom.stop, text_of(text, tokens, atom.start, atom.stop) + "^2"))


def dropped(text: str, tokens: Sequence[Token]) -> Iterator[Mutant]:
    """Drop a factor, or a term with its sign."""
    for atom in atoms(tokens):
        yield Mutant(f"{text_of(text, tokens, atom.start, atom.stop)} dropped", spliced(text, tokens, atom.start, atom.stop, ""))
    for start, stop in terms(tokens):
        yield Mutant(f"{text_of(text, tokens, start, stop)} dropped", spliced(text, tokens, start, stop, ""))


def doubled(text: str, tokens: Sequence[Token]) -> Iterator[Mutant]:
    """A factor 2 too many before a side or a term."""
    for index in range(len(tokens)):
        begins = index == 0 or tokens[index - 1].text in RELATIONS or tokens[index - 1].text in {"+", "-"}
        if begins and tokens[index].kind in {"letter", "command"} and tokens[index].text not in RELATIONS:
            yield Mutant("factor 2 added", spliced(text, tokens, index, index + 1, f"2 {text_of(text, tokens, index, index + 1)}"))


def successor(text: str, tokens: Sequence[Token]) -> Iterator[Mutant]:
    """n(n+1) read in haste as n^2."""
    for index in range(len(tokens) - 5):
        name, opening, again, _, one, closing = (token.text for token in tokens[index : index + 6])
        if opening == "(" and name == again and one == "1" and closing == ")":
            yield Mutant(f"{name}({again}±1) becomes {name}^2", spliced(text, tokens, index, index + 6, f"{name}^2"))


# What may be raised to a power or added a sign to: not a function's head, not an operator.
UNRAISED = {r"\left", r"\right", r"\sum", r"\int", r"\sup", r"\inf", r"\max", r"\min", r"\log", r"\exp", r"\cdot", r"\,", r"\|"}


def _without_script(tokens: Sequence[Token], mark: str) -> Iterator[Atom]:
    for atom in atoms(tokens):
        if tokens[atom.start].text not in UNRAISED | RELATIONS.keys() and all(one.text != mark for one in tokens[atom.scripts : atom.stop]):
            yield atom


def powers_added(text: str, tokens: Sequence[Token]) -> Iterator[Mutant]:
    """A square on every factor that has no power."""
    for atom in _without_script(tokens, "^"):
        new = text_of(text, tokens, atom.start, atom.stop) + "^2"
        yield Mutant("square added", spliced(text, tokens, atom.start, atom.stop, new))


def transposes_added(text: str, tokens: Sequence[Token]) -> Iterator[Mutant]:
    """A transpose on every factor that has no power."""
    for atom in _without_script(tokens, "^"):
        new = text_of(text, tokens, atom.start, atom.stop) + r"^\top"
        yield Mutant("transpose added", spliced(text, tokens, atom.start, atom.stop, new))


def primes_added(text: str, tokens: Sequence[Token]) -> Iterator[Mutant]:
    """A prime on every factor that has none."""
    for atom in _without_script(tokens, "'"):
        new = text_of(text, tokens, atom.start, atom.start + 1) + "'"
        if tokens[atom.start].kind == "letter" or (tokens[atom.start].kind == "command" and atom.scripts == atom.start + 1):
            yield Mutant("prime added", spliced(text, tokens, atom.start, atom.start + 1, new))


def powers_changed(text: str, tokens: Sequence[Token]) -> Iterator[Mutant]:
    """An exponent larger or smaller by one; plain numbers are changed as numbers."""
    for index, token in enumerate(tokens[:-1]):
        end = group_end(tokens, index + 1)
        inner = text_of(text, tokens, index + 1, end)
        if token.text == "^" and not inner.isdigit():
            for sign in "+-":
                yield Mutant(f"1 {sign} in a power added", spliced(text, tokens, index, end, f"^{{{inner}{sign}1}}"))


def indices(text: str, tokens: Sequence[Token]) -> Iterator[Mutant]:
    """An index lost, or another one of the formula in its place."""
    places = [index for index, token in enumerate(tokens[:-1]) if token.text == "_"]
    spans = [(index, group_end(tokens, index + 1)) for index in places]
    found = list(dict.fromkeys(text_of(text, tokens, index + 1, end) for index, end in spans))
    for index, end in spans:
        own = text_of(text, tokens, index + 1, end)
        yield Mutant(f"index {own} dropped", spliced(text, tokens, index, end, ""))
        for other in found:
            if other != own:
                yield Mutant(f"index {own} becomes {other}", spliced(text, tokens, index + 1, end, f"{{{other}}}"))


def norms(text: str, tokens: Sequence[Token]) -> Iterator[Mutant]:
    """One norm for another, or without its index."""
    for index, token in enumerate(tokens[:-2]):
        if token.text in {r"\|", r"\rVert", r"\Vert"} and tokens[index + 1].text == "_":
            end = group_end(tokens, index + 2)
            for other in (r"_{\mathrm F}", r"_{\mathrm{op}}", "_1", r"_\infty", ""):
                yield Mutant("another norm", spliced(text, tokens, index + 1, end, other))


def subtractions(text: str, tokens: Sequence[Token]) -> Iterator[Mutant]:
    """b - a for a - b."""
    for start, stop in terms(tokens):
        left = _left_of(tokens, start)
        if tokens[start].text == "-" and left < start and not _is_nought(tokens, left, stop):
            first, second = text_of(text, tokens, left, start), text_of(text, tokens, start + 1, stop)
            yield Mutant("order of a difference exchanged", spliced(text, tokens, left, stop, f"{second} - {first}"))


def _is_nought(tokens: Sequence[Token], start: int, stop: int) -> bool:
    """Whether it says that these tokens are 0, as it then says of their opposite."""
    around = [one.text for one in tokens]
    return around[stop : stop + 2] == ["=", "0"] or around[max(start - 2, 0) : start] == ["0", "="]


def _left_of(tokens: Sequence[Token], start: int) -> int:
    """Where the term before a sign begins, its own sign left out."""
    depth, index = 0, start - 1
    while index >= 0:
        text = tokens[index].text
        depth += (text in CLOSING) - (text in OPENING)
        if depth < 0 or (depth == 0 and (text in "+-," or text in RELATIONS)):
            break
        index -= 1
    return index + 1


def terms_doubled(text: str, tokens: Sequence[Token]) -> Iterator[Mutant]:
    """A term or its sign's number twice too large."""
    for start, stop in terms(tokens):
        term = text_of(text, tokens, start, stop)
        yield Mutant(f"{term} doubled", spliced(text, tokens, start, stop, f"{term} {term}"))


def brackets(text: str, tokens: Sequence[Token]) -> Iterator[Mutant]:
    """A bracket lost, or its end moved by one factor."""
    for index, token in enumerate(tokens):
        if token.text != "(":
            continue
        end = group_end(tokens, index)
        last = end - 1
        inside = text_of(text, tokens, index + 1, last)
        yield Mutant("brackets dropped", spliced(text, tokens, index, end, inside))
        after = next((atom.stop for atom in atoms(tokens) if atom.start == end), end)
        if after > end:
            yield Mutant("bracket moved", spliced(text, tokens, index, after, f"({inside} {text_of(text, tokens, end, after)})"))
        within = [atom for atom in atoms(tokens[:last]) if atom.stop == last and atom.start > index + 1]
        if within:
            cut = max(within, key=lambda atom: atom.stop - atom.start).start
            head, tail = text_of(text, tokens, index + 1, cut), text_of(text, tokens, cut, last)
            yield Mutant("bracket moved", spliced(text, tokens, index, end, f"({head}) {tail}"))
