r"""How a symbol looks on the page, whatever it is written by: $t'$ and $t^{\prime}$, $t_{\max}$ and $t_{\mathrm{max}}$ are one to a reader.

What differs by no more than the width of an accent or the order of its scripts counts as the same. Nothing here reads a formula.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from hwgen.reading.commands import BARE
from hwgen.reading.lexer import units

_ROMAN = "mathrm text textrm textup textnormal operatorname mbox rm"
_UPRIGHT = frozenset(rf"\{one}" for one in _ROMAN.split())
_FONTS = {r"\mathbf": "bold", r"\textbf": "bold", r"\bf": "bold", r"\boldsymbol": "bold italic", r"\bm": "bold italic"}
_FONTS |= {r"\mathsf": "sans", r"\textsf": "sans", r"\mathtt": "typed", r"\texttt": "typed", r"\mathcal": "script", r"\mathscr": "script"}
_FONTS |= {r"\mathit": "", r"\mathnormal": "", r"\textit": ""}
_ACCENTS = {r"\widehat": r"\hat", r"\overline": r"\bar", r"\widetilde": r"\tilde", r"\overrightarrow": r"\vec"}
_ALIKE = {r"\prime": "′", r"\ast": "*", r"\dag": r"\dagger", r"\ddag": r"\ddagger", r"\leq": r"\le", r"\geq": r"\ge", r"\neq": r"\ne"}
_ALIKE |= {r"\rightarrow": r"\to", r"\leftarrow": r"\gets", r"\lparen": "(", r"\rparen": ")", r"\lbrack": "[", r"\rbrack": "]"}
_ALIKE |= {r"\vert": "|", r"\Vert": r"\|", r"\land": r"\wedge", r"\lor": r"\vee", r"\owns": r"\ni"}
# Commands that print their own name.
_WORDS = "log ln exp sin cos tan arcsin arccos arctan sinh cosh tanh det max min sup inf lim arg dim ker deg gcd Pr"
_NAMES = frozenset(_WORDS.split())
_OVER = "hat bar tilde vec dot ddot check breve acute grave mathring"
_ACCENTED = frozenset(rf"\{one}" for one in _OVER.split())


@dataclass
class _Sign:
    """A sign with what stands below and above it."""

    base: str
    below: list[str] = field(default_factory=list)
    above: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        scripts = [f"{mark}({' '.join(said)})" for mark, said in (("_", self.below), ("^", self.above)) if said]
        return "".join([self.base, *scripts])


def look_of(name: str) -> str:
    """How a symbol looks, as a text that is the same for two that look the same."""
    signs = (one.text for one in units(name) if not one.text.isspace())
    return _Looked([_ALIKE.get(one, one) for one in signs if one not in BARE]).all()


class _Looked:
    def __init__(self, tokens: list[str]) -> None:
        self.tokens, self.at = tokens, 0

    def all(self) -> str:
        """What the rest of the group looks like."""
        signs: list[_Sign] = []
        while self.at < len(self.tokens) and (token := self.tokens[self.at]) != "}":
            if token in {"_", "^", "'"}:
                self.at += token != "'"
                said = self._one() if token != "'" else self._prime()
                sign = signs[-1] if signs else _Sign("")
                (sign.below if token == "_" else sign.above).extend([said] if said else [])
                signs = signs or [sign]
            elif said := self._one():
                signs.append(_Sign(said))
        return " ".join(map(str, signs))

    def _prime(self) -> str:
        self.at += 1
        return _ALIKE[r"\prime"]

    def _one(self) -> str:
        """The next argument: a group, a command with its own, or a sign."""
        if self.at >= len(self.tokens):
            return ""
        token = self.tokens[self.at]
        self.at += 1
        if token == "{":
            said = self.all()
            self.at += 1  # its brace
            return said
        if token in _UPRIGHT:
            self.at += self.tokens[self.at : self.at + 1] == ["*"]
            return _upright(self._rest() if token == r"\rm" else self._one())
        if token in _FONTS:
            said = self._one()
            return f"{_FONTS[token]}({said})" if _FONTS[token] else said
        if (accent := _ACCENTS.get(token, token)) in _ACCENTED:
            return f"{accent}({self._one()})"
        return _upright(" ".join(token[1:])) if token[1:] in _NAMES and token[0] == "\\" else token

    def _rest(self) -> str:
        return self.all()


def _upright(said: str) -> str:
    """Letters in an upright font; digits and Greek letters look so anyway, or the same all the same."""
    letters = said.split(" ")
    return f"upright({said})" if any(len(one) == 1 and one.isalpha() for one in letters) else said
