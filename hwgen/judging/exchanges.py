r"""Wrong versions of bars and of operators over a range: a modulus or a norm lost; a sum, a mean, the largest and the least exchanged.

Nothing here judges; a mutant may turn out unreadable or even to say the same thing in other words.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from hwgen.judging.atoms import CLOSING, FRACTIONS, OPENING, RELATIONS, Mutant, group_end, spliced, text_of
from hwgen.reading import Token

# What opens bars, and what closes them; the first two are both.
_BARS = {"|": "|", r"\|": r"\|", r"\lvert": r"\rvert", r"\lVert": r"\rVert"}
_GATHERING = (r"\max", r"\min", r"\sum")
_ENDS_BODY = {"+", "-", ",", ";", "&", r"\\", *RELATIONS, *CLOSING, r"\}", r"\rangle", r"\rfloor", r"\rceil", r"\rvert", r"\rVert"}
_OPENS = {**OPENING, r"\{": r"\}", r"\langle": r"\rangle", r"\lfloor": r"\rfloor", r"\lceil": r"\rceil"}


def bars_lost(text: str, tokens: Sequence[Token]) -> Iterator[Mutant]:
    """What stands in bars without them: a with its sign for |a|, the vector for its length."""
    for start, end in barred(tokens):
        inside = text_of(text, tokens, start + 1, end)
        stop = group_end(tokens, end + 2) if _has(tokens, end + 1, "_") and tokens[end].text in {r"\|", r"\rVert"} else end + 1
        yield Mutant(f"bars around {inside} dropped", spliced(text, tokens, start, stop, f"({inside})"))


def barred(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """The opening and the closing bar of every modulus and norm; a bar that nothing closes before its bracket ends is none."""
    waiting: list[tuple[str, int]] = []
    for index, token in enumerate(tokens):
        if waiting and waiting[-1][0] == token.text:
            closing, start = waiting.pop()
            if closing in _BARS.values() and index > start + 1:
                yield start, index
        elif token.text in _BARS:
            waiting.append((_BARS[token.text], index))
        elif token.text in _OPENS:
            waiting.append((_OPENS[token.text], index))
        elif token.text in _OPENS.values():
            while waiting and waiting[-1][0] in _BARS.values():
                waiting.pop()
            waiting[-1:] = []


def gathered(text: str, tokens: Sequence[Token]) -> Iterator[Mutant]:
    """A sum, the mean, the largest and the least of the same terms, each for every other one."""
    for index, token in enumerate(tokens):
        if token.text not in _GATHERING:
            continue
        if index + 1 < len(tokens) and tokens[index + 1].text in {"(", r"\{"}:
            yield from _of_listed(text, tokens, index)
            continue
        head, first = _with_scripts(tokens, index), _fraction_before(tokens, index)
        scripts, stop = text_of(text, tokens, index + 1, head) if head > index + 1 else "", _body_end(tokens, head)
        if stop == head or not scripts:
            continue
        body = text_of(text, tokens, head, stop)
        for other in _GATHERING:
            if other != token.text:
                yield Mutant(f"{token.text} becomes {other}", spliced(text, tokens, index, index + 1, other))
            if first < index and other != r"\sum":
                yield Mutant(f"a mean becomes {other}", spliced(text, tokens, first, index + 1, other))
        if first == index:
            mean = rf"\frac{{1}}{{\sum{scripts} ({body})^0}} \sum"
            yield Mutant(f"{token.text} becomes a mean", spliced(text, tokens, index, index + 1, mean))


def _of_listed(text: str, tokens: Sequence[Token], index: int) -> Iterator[Mutant]:
    """The sum, or the mean, of two or more numbers of which the largest or the least is printed."""
    cuts, depth, stop = [index + 1], 0, index + 1
    while stop < len(tokens):
        depth += (tokens[stop].text in _OPENS) - (tokens[stop].text in _OPENS.values())
        if depth == 0:
            break
        cuts += [stop] if depth == 1 and tokens[stop].text == "," else []
        stop += 1
    cuts.append(stop)
    if stop >= len(tokens) or len(cuts) < 3 or any(high - low < 2 for low, high in itertools.pairwise(cuts)):
        return
    listed = [text_of(text, tokens, low + 1, high) for low, high in itertools.pairwise(cuts)]
    total = " + ".join(f"({one})" for one in listed)
    for name, new in (("a sum", f"({total})"), ("a mean", rf"\frac{{{total}}}{{{len(listed)}}}")):
        yield Mutant(f"{tokens[index].text} becomes {name}", spliced(text, tokens, index, stop + 1, new))


def _with_scripts(tokens: Sequence[Token], index: int) -> int:
    """Where the scripts of an operator end."""
    stop = index + 1
    while stop < len(tokens) and tokens[stop].text in {"_", "^"}:
        stop = group_end(tokens, stop + 1)
    return stop


def _fraction_before(tokens: Sequence[Token], index: int) -> int:
    """Where 1/n begins right before a sum, as before a mean; the operator itself if it does not."""
    for first in range(index):
        if tokens[first].text in FRACTIONS and tokens[index].text == r"\sum":
            middle = group_end(tokens, first + 1)
            top = [one.text for one in tokens[first + 1 : middle] if one.text not in "{}"]
            if top == ["1"] and group_end(tokens, middle) == index:
                return first
    return index


def _body_end(tokens: Sequence[Token], start: int) -> int:
    """Where the term that an operator ranges over ends: at the next sign, relation or closing bracket on its level."""
    stop, open_bars = start, 0
    while stop < len(tokens):
        text = tokens[stop].text
        if text in {"|", r"\|"}:
            # A bar that opens inside of the term is closed there; one that does not, around it.
            if not open_bars and not _closes_later(tokens, stop):
                break
            open_bars = 1 - open_bars
        elif text in {r"\lvert", r"\lVert"}:
            open_bars += 1
        elif text in {r"\rvert", r"\rVert"} and open_bars:
            open_bars -= 1
        elif not open_bars and text in _ENDS_BODY:
            break
        stop = _closing(tokens, stop) + 1 if text in _OPENS else stop + 1
    return min(stop, len(tokens))


def _closes_later(tokens: Sequence[Token], index: int) -> bool:
    return any(start == index for start, _ in barred(tokens))


def _closing(tokens: Sequence[Token], start: int) -> int:
    """Where a bracket is closed."""
    depth = 0
    for index in range(start, len(tokens)):
        depth += (tokens[index].text in _OPENS) - (tokens[index].text in _OPENS.values())
        if depth == 0:
            return index
    return len(tokens) - 1


def _has(tokens: Sequence[Token], index: int, text: str) -> bool:
    return index < len(tokens) and tokens[index].text == text
