"""Which characters of the text are read as signs, digits or primes beside a formula, and which dashes as a minus."""

from __future__ import annotations

import unicodedata

from hwgen.page.neighbours import before_it
from hwgen.page.text import Visible
from hwgen.reading.lexer import Token
from hwgen.reading.roles import Role

# Signs by names of the text's own.
_NAMED = "surd lnot asciitilde asciicircum bar bardbl less greater backslash threequarters onesuperior twosuperior threesuperior degree mu"
_SIGNS = frozenset("°‰′″‴·¬‐‑－﹣ªº") | {r"\%", r"\rule", r"\hrulefill", r"\slash"}
_SIGNS |= {rf"\text{one}" for one in f"{_NAMED} fractionsolidus perthousand pertenthousand numero periodcentered".split()}
# Digits, fractions, operators, raised letters, primes.
_CATEGORIES = frozenset({"Nd", "Nl", "No", "Sm", "Lm", "Sk"})
# Greek letters, and those of formulas.
_LETTERS = ((0x370, 0x3FF), (0x2100, 0x214F), (0x1D400, 0x1D7FF))
# What prints a number, or one with its unit.
_NUMBERS = frozenset([r"\arabic", r"\roman", r"\Roman", r"\alph", r"\Alph", r"\number", r"\romannumeral", r"\value", r"\today"])
_NUMBERS |= {r"\num", r"\ang", r"\SI", r"\qty", r"\si", r"\unit"}
# What prints its last argument in the line, beside the commands that may hold a formula.
_PRINT = "colorbox fcolorbox uline uuline uwave hl ul enquote makebox framebox highlight alert foreignlanguage"
_PRINTS = frozenset(rf"\{one}" for one in _PRINT.split())
EN_DASHES = frozenset({"–", "‒", r"\textendash"})
# Where nothing of a sentence has been said yet.
_BEGINS = frozenset({Role.PARAGRAPH, Role.BREAK, Role.BEGIN, Role.END, Role.ROW, Role.ALIGN})
_BLANKS = frozenset({Role.BLANK, Role.NOTHING})


def is_sign(text: str) -> bool:
    """Whether a character, or a command of the text, is a sign, a digit or a letter of a formula to a reader."""
    if text in _SIGNS or text in _NUMBERS or text.startswith(r"\the"):
        return True
    if len(text) != 1 or text.isascii():
        return False
    return unicodedata.category(text) in _CATEGORIES or any(low <= ord(text) <= high for low, high in _LETTERS)


def prints_last(text: str) -> bool:
    r"""Whether a command prints its last argument in the line, as \textcolor{red}{2} does."""
    return text in _PRINTS or text.startswith(r"\text")


def hyphens(seen: Visible, index: int) -> range:
    """The hyphens around one that print one dash with it; none if there is none."""
    if seen.tokens.texts[index] != "-":
        return range(0)
    low = high = index
    while low > 0 and seen.tokens.texts[low - 1] == "-":
        low -= 1
    while seen.tokens.texts[high + 1 : high + 2] == ["-"]:
        high += 1
    return range(low, high + 1)


def en_dash(seen: Visible, token: Token) -> range:
    """The tokens of the dash that a token belongs to, if it is as long as a minus; none if it is another one, or none at all."""
    if token.text in EN_DASHES:
        return range(token.index, token.index + 1)
    found = hyphens(seen, token.index) if token.text == "-" else range(0)
    return found if len(found) == 2 else range(0)


def minus_before(seen: Visible, token: Token) -> bool:
    """Whether a dash before a formula, with a space between, is a minus: nothing stands before it that it sets apart."""
    dash = en_dash(seen, token)
    if not dash:
        return False
    last = before_it(seen, dash[0], passing=_BLANKS, into=True)
    return last.token is None or last.among(_BEGINS)
