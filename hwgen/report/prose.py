"""A sentence of the text as HTML: its formulas as MathML, its numbers as they are printed, its references by their numbers.

What prints nothing is left out, and a command that is not known shows what it is given: a quotation, not a page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from hwgen.page.arguments import arguments, option, text_of
from hwgen.page.rendered import PLACEHOLDER, Rendered
from hwgen.page.text import visible
from hwgen.reading.commands import DISPLAYS
from hwgen.reading.lexer import Tokens, environment, tokens
from hwgen.reading.roles import Role
from hwgen.report import printed

# What is left out with its argument, and of what only one argument is quoted: which, from 0.
_LEFT_OUT = frozenset({Role.LABEL, Role.EMPTY, Role.STATED})
_QUOTED = {Role.TESTED: 1, Role.GIVEN: 0, Role.WORDS: 0}
_QUOTED_BY_NAME = {r"\further": 0, r"\mbox": 0}
_REFERENCES = frozenset({r"\eqref", r"\ref", r"\autoref", r"\cref", r"\Cref", r"\cite"})
_SIGNS = {"~": "\xa0", "``": "\u201c", "''": "\u201d", "---": "\u2014", "--": "\u2013", r"\%": "%", r"\&": "&", r"\$": "$", r"\#": "#",
          r"\_": "_", r"\,": "\u2009", r"\ ": " ", r"\@": "", r"\-": "", r"\/": "", "{": "", "}": "", r"\\": " "}  # fmt: skip
_TOGETHER = sorted({len(one) for one in _SIGNS if one[0] != "\\"}, reverse=True)
# What ends a sentence at the end of a line, with what may stand behind it; and what ends one wherever it stands.
_STOPS, _BEHIND = frozenset([".", "?", "!", ":"]), frozenset(["'", '"', ")", "]", "}"])
_DIVIDES = frozenset([r"\item", r"\caption", r"\label", r"\section", r"\subsection"])
_PRINTS_NOTHING = frozenset({Role.BLANK, Role.PARAGRAPH, Role.NOTHING})
# How a sentence begins that says nothing without what is before it.
_GOES_ON = frozenset(["This", "Hence", "So", "Thus", "Here"])
# A quotation is no longer than this many lines of a template that breaks its sentences.
LINES = 12


LAST_PDF = "the last PDF"  # where its name is not known


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What a sentence prints in the place of names: the digits of each value, and the number of each label in a `document`, a PDF."""

    values: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    document: str = LAST_PDF

    def text(self, latex: str) -> Markup:
        """LaTeX of the running text as HTML."""
        seen = visible(Rendered(_plain(latex, self.values), ()))
        parts, at = [], 0
        for span in seen.formulas:
            if span.start >= at:  # none inside of another one
                parts += [self._words(seen.text[at : span.start]), self._formula(seen.text[span.low : span.high])]
                at = span.stop
        return Markup("").join([*parts, self._words(seen.text[at:])])

    def formula(self, latex: str) -> Markup:
        """LaTeX of a formula as MathML in the line."""
        return self._formula(_plain(latex, self.values))

    def _formula(self, plain: str) -> Markup:
        return printed.formula(_referred(plain, lambda command, names: rf"\text{{{self._number(command, names)}}}"), display=False)

    def _words(self, plain: str) -> Markup:
        words = "".join(_signs(list(_without_commands(tokens(_referred(plain, self._number))))))
        return escape(re.sub(r"[ \n\t]+", " ", words))  # no LaTeX any more

    def _unnumbered(self, name: str) -> str:
        """A label without a number: of a part that the last PDF, a shorter version, leaves out."""
        return f"{name}, not in {self.document}" if self.labels else name

    def _number(self, command: str, names: str) -> str:
        if command == r"\cite":
            return f"[{names}]"
        found = ", ".join(self.labels.get(name.strip()) or self._unnumbered(name.strip()) for name in names.split(","))
        return f"({found})" if command == r"\eqref" else found


def _plain(latex: str, values: Mapping[str, str]) -> str:
    """Without what prints nothing, with the values, and what is under test as it is printed."""
    seen = tokens(latex)
    return "".join(_quoted(seen, values, 0, len(seen)))


def _quoted(seen: Tokens, values: Mapping[str, str], low: int, high: int) -> Iterator[str]:
    index = low
    while index < high:
        text, role = seen.texts[index], seen.roles[index]
        number = _QUOTED.get(role, _QUOTED_BY_NAME.get(text, 0 if role in _LEFT_OUT else -1))
        given = next((one for place, one in enumerate(arguments(seen, index)) if place == number), None) if number >= 0 else None
        if given and given[1] < high:
            if role not in _LEFT_OUT:
                yield from _quoted(seen, values, given[0] + 1, given[1])
            index = given[1]
        elif name := PLACEHOLDER.fullmatch(text):
            yield values.get(name[2], name[2])
        else:
            yield text
        index += 1


def _referred(plain: str, number: Callable[[str, str], str]) -> str:
    """With what stands for its label, or labels, in the place of each reference."""
    seen, parts, at = tokens(plain), [], 0
    for index in seen.of(Role.NAMES):
        given = next(arguments(seen, index), None) if seen.texts[index] in _REFERENCES and index >= at else None
        if given:
            parts += [*seen.texts[at:index], number(seen.texts[index], text_of(seen, given))]
            at = given[1] + 1
    return "".join([*parts, *seen.texts[at:]])


def _without_commands(seen: Tokens) -> Iterator[str]:
    """What is left of the text: of a command what it is given, in its braces."""
    index = 0
    while index < len(seen):
        text = seen.texts[index]
        if text[:1] == "\\" and text[1:].isalpha():
            index = option(seen, index + 1)
            index += index < len(seen) and seen.roles[index] is Role.BLANK
        else:
            yield "" if seen.roles[index] in {Role.BEGIN, Role.END} else " " if seen.roles[index] is Role.ROW else text
            index += 1


def _signs(texts: Sequence[str]) -> Iterator[str]:
    """The tokens with what each of them prints, or several together as `---` does."""
    at = 0
    while at < len(texts):
        joined = (("".join(texts[at : at + count]), count) for count in _TOGETHER)
        sign, count = next(((_SIGNS[one], count) for one, count in joined if one in _SIGNS), (texts[at], 1))
        yield sign
        at += count


def sentence(lines: list[str], number: int) -> str:
    """The sentence of a text that the line of this number, from 1, belongs to; nothing of what stands before or after it."""
    return _joined(lines, *_sentence(lines, number - 1))


def statement(lines: list[str], number: int) -> str:
    """The same with what it goes on from: the display before a piece of a sentence, and the sentence that "this" or "hence" is of."""
    first, last = _sentence(lines, number - 1)
    while first > 0 and lines[first - 1].strip() and last - first < 2 * LINES and _goes_on(lines[first]):
        before = first - 1
        while _edge_of_display(lines[first - 1], Role.END) and before > 0 and not _edge_of_display(lines[before], Role.BEGIN):
            before -= 1
        first = _sentence(lines, before)[0]
    return _joined(lines, first, last)


def _goes_on(line: str) -> bool:
    """Whether a line goes on from what is before it: with a small letter, a formula, or a word that refers back."""
    seen, first = _first(line)
    if first == len(seen):
        return False
    text, role = seen.texts[first], seen.roles[first]
    return (role is Role.LETTERS and (text[0].islower() or text in _GOES_ON)) or role is Role.DOLLAR or _edge_of_display(line, Role.BEGIN)


def _edge_of_display(line: str, edge: Role) -> bool:
    """Whether a line begins with the beginning of a display, or with the end of one."""
    seen, first = _first(line)
    return seen.roles[first : first + 1] == [edge] and environment(seen.texts[first]).removesuffix("*") in DISPLAYS


def _first(line: str) -> tuple[Tokens, int]:
    """The tokens of a line, and the first of them that is no white space."""
    seen = tokens(line)
    return seen, next((one for one in range(len(seen)) if seen.roles[one] not in _PRINTS_NOTHING), len(seen))


def _ends(line: str) -> bool:
    """Whether a sentence ends with a line: at its stop, or since a line of its own follows, or begins, in it."""
    seen = tokens(line)
    if seen.of(Role.BEGIN, Role.END, Role.LAST) or not _DIVIDES.isdisjoint(seen.texts):
        return True
    printed = [one for one in range(len(seen)) if seen.roles[one] not in _PRINTS_NOTHING]
    return next((seen.texts[one] in _STOPS for one in reversed(printed) if seen.texts[one] not in _BEHIND), False)


def _sentence(lines: list[str], at: int) -> tuple[int, int]:
    """The first and the last line of a sentence."""
    first = last = at
    while first > 0 and last - first < LINES and lines[first - 1].strip() and not _ends(lines[first - 1]):
        first -= 1
    while last + 1 < len(lines) and last - first < LINES and lines[last + 1].strip() and not _ends(lines[last]):
        last += 1
    return first, last


def _joined(lines: list[str], first: int, last: int) -> str:
    return " ".join(line.strip() for line in lines[first : last + 1])
