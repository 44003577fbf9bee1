"""Formulas as nobody should write them: displays of lecture notes with tokens lost, doubled, exchanged, nested or made huge."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

from reading.displays import DISPLAYS

_TOKEN = re.compile(r"\\(?:begin|end)\{[a-z]+\}|\\[A-Za-z]+|\\.|\d+(?:\.\d+)?|\S")
_WORDS = r"""
\frac \sqrt \sum \prod \max \min \sup \inf \int \log \exp \sin \det \binom \left \right \top \infty \pi \mid \cdot / ^ _ ' !
( ) [ ] \{ \} { } | \| \lvert \rvert \lVert \rVert \langle \rangle \lfloor \rfloor \lceil \rceil , ; . = < > \le \ge := + -
\begin{cases} \end{cases} \begin{pmatrix} \end{pmatrix} & \\ \quad \text{if} \mathbf \mathbb \mathrm \operatorname \mathcal \hat
\in \mathbb{R} \{-1,1\} \dots \odot \otimes \approx \to \lim \partial \mathrm{d} d e 0 1 2 0.5 10^{18} 10^{-12} 1000000 -1
t n x X w A M K \ell \phi f \mathbb{E} \mathbb{P} u v i j k \lambda_{\min} \operatorname{tr} \int_0^1 \sum_{k=1}^{\infty}
\sup_{u\in[0,1]} \max_{\|u\|\le1} \sum_{u\in\{-1,1\}^{3}} \begin{cases}1&t>0\\0&t\le0\end{cases} \mathbb{E}[Z] é ∑ % # ~
"""
_POOL = _WORDS.split()
_WRAPS = [("(", ")"), (r"\frac{", "}{2}"), (r"\sqrt{", "}"), (r"\left\|", r"\right\|"), (r"\sum_{k=1}^{3}(", ")"), ("e^{", "}"), ("{", "}")]
_WRAPS += [(r"\int_0^1(", r")\,\mathrm du"), (r"\sup_{u\in[0,1]}(", ")"), (r"\lfloor", r"\rfloor"), ("", "^{50}")]
_WRAPS += [(r"\sum_{k=1}^{\infty}2^{-k}(", ")"), (r"\max_{\|u\|\le1}(", ")")]


def tokens(text: str) -> list[str]:
    """The formula in pieces that may be exchanged."""
    return _TOKEN.findall(text)


def joined(pieces: list[str]) -> str:
    """The pieces as LaTeX: a command's name ends before a letter."""
    return " ".join(pieces)


def _dropped(pieces: list[str], chosen: random.Random) -> list[str]:
    place = chosen.randrange(len(pieces))
    return pieces[:place] + pieces[place + chosen.choice([1, 1, 1, 3]) :]


def _doubled(pieces: list[str], chosen: random.Random) -> list[str]:
    first = chosen.randrange(len(pieces))
    last = min(len(pieces), first + chosen.choice([1, 2, 5]))
    return pieces[:last] + pieces[first:last] * chosen.choice([1, 1, 20]) + pieces[last:]


def _inserted(pieces: list[str], chosen: random.Random) -> list[str]:
    place = chosen.randrange(len(pieces) + 1)
    return [*pieces[:place], chosen.choice(_POOL), *pieces[place:]]


def _replaced(pieces: list[str], chosen: random.Random) -> list[str]:
    place = chosen.randrange(len(pieces))
    return [*pieces[:place], chosen.choice(_POOL), *pieces[place + 1 :]]


def _exchanged(pieces: list[str], chosen: random.Random) -> list[str]:
    one, other = chosen.randrange(len(pieces)), chosen.randrange(len(pieces))
    found = list(pieces)
    found[one], found[other] = found[other], found[one]
    return found


def _wrapped(pieces: list[str], chosen: random.Random) -> list[str]:
    first = chosen.randrange(len(pieces))
    last = chosen.randrange(first, len(pieces)) + 1
    opening, closing = chosen.choice(_WRAPS)
    depth = chosen.choice([1, 1, 1, 3, 60])
    return [*pieces[:first], *[opening] * depth, *pieces[first:last], *[closing] * depth, *pieces[last:]]


def _spliced(pieces: list[str], chosen: random.Random) -> list[str]:
    other = tokens(chosen.choice(DISPLAYS)[0])
    place, start = chosen.randrange(len(pieces)), chosen.randrange(len(other))
    return pieces[:place] + other[start:] + chosen.choice([[], pieces[place:]])


_CHANGES: list[Callable[[list[str], random.Random], list[str]]] = [_dropped, _doubled, _inserted, _replaced, _exchanged, _wrapped, _spliced]


def mutated(count: int, seed: int) -> Iterator[str]:
    """So many formulas, each a display after one to four changes."""
    chosen = random.Random(seed)
    for _ in range(count):
        pieces = tokens(chosen.choice(DISPLAYS)[0])
        for _ in range(chosen.choice([1, 1, 2, 2, 3, 4])):
            pieces = chosen.choice(_CHANGES)(pieces, chosen) or ["t"]
        side = joined(pieces)
        yield side if chosen.random() < 0.05 else f"t = {side}" if chosen.random() < 0.9 else f"{side} \\le n"
