"""A sentence of the text as HTML: its formulas as MathML, its numbers as they are printed, its references by their numbers.

What prints nothing is left out, and a command that is not known shows what it is given: a quotation, not a page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from hwgen.report import printed

_VALUE = re.compile(r"@@@\{(\w+)\.(\w+)\}@")
_LEFT = r"(?:[^{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*"
_BARE = re.compile(rf"\\(?:label|vspace|hspace|footnotemark|index|verified)\*?\s*\{{{_LEFT}\}}|\\(?:centering|noindent|small|medskip)\b")
_CLAIM = re.compile(rf"\\(?:checked|refuted|for)\s*\{{[^{{}}]*\}}\s*\{{({_LEFT})\}}")
_GIVEN = re.compile(rf"\\(?:given|further|text|mbox)\s*\{{({_LEFT})\}}")
_ROWS = r"(?:equation|align|gather|multline)\*?"
_MATH = re.compile(
    r"(?<!\\)\$\$(.+?)\$\$|(?<!\\)\$(.+?)(?<!\\)\$|\\\((.+?)\\\)|\\\[(.+?)\\\]"
    rf"|\\begin\{{{_ROWS}\}}(.+?)\\end\{{{_ROWS}\}}",
    re.DOTALL,
)
_REFERENCE = re.compile(r"\\(eqref|ref|autoref|cref|Cref|cite)\s*(?:\[[^\]]*\])?\s*\{([^{}]*)\}")
_COMMAND = re.compile(rf"\\([A-Za-z]+)\*?\s*(?:\[[^\]]*\])?(?:\{{({_LEFT})\}})?")
_SIGNS = {"~": "\xa0", "``": "\u201c", "''": "\u201d", "---": "\u2014", "--": "\u2013", r"\%": "%", r"\&": "&", r"\$": "$", r"\#": "#",
          r"\_": "_", r"\,": "\u2009", r"\ ": " ", r"\@": "", r"\-": "", r"\/": "", "{": "", "}": "", r"\\": " "}  # fmt: skip
_SIGN = re.compile("|".join(re.escape(one) for one in sorted(_SIGNS, key=len, reverse=True)))
_ENDS = re.compile(r"[.?!:]['\")\]}]*\s*$|\\(?:end|begin|item|caption|label|section|subsection)\b.*$")
_ROWS_BEGIN, _END_OF_ROWS = (re.compile(rf"\s*\\{kind}\s*\{{{_ROWS}\}}") for kind in ("begin", "end"))
# How a sentence begins that says nothing without what is before it.
_GOES_ON = re.compile(rf"\s*(?:[a-z$]|(?:This|Hence|So|Thus|Here)\b|\\begin\s*\{{{_ROWS}\}})")
# A quotation is no longer than this many lines of a template that breaks its sentences.
LINES = 12


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What a sentence prints in the place of names: the digits of each value, and the number of each label."""

    values: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)

    def text(self, latex: str) -> Markup:
        """LaTeX of the running text as HTML."""
        latex = _plain(latex, self.values)
        parts, at = [], 0
        for match in _MATH.finditer(latex):
            body = next(group for group in match.groups() if group is not None)
            parts += [self._words(latex[at : match.start()]), printed.formula(self._referred(body), display=False)]
            at = match.end()
        return Markup("").join([*parts, self._words(latex[at:])])

    def formula(self, latex: str) -> Markup:
        """LaTeX of a formula as MathML in the line."""
        return printed.formula(self._referred(_plain(latex, self.values)), display=False)

    def _referred(self, latex: str) -> str:
        return _REFERENCE.sub(lambda match: rf"\text{{{self._number(match)}}}", latex)

    def _words(self, latex: str) -> Markup:
        latex = _REFERENCE.sub(self._number, latex)
        while (bare := _COMMAND.sub(lambda match: match[2] or "", latex)) != latex:
            latex = bare
        return escape(re.sub(r"[ \n\t]+", " ", _SIGN.sub(lambda match: _SIGNS[match[0]], latex)))

    def _number(self, match: re.Match[str]) -> str:
        if match[1] == "cite":
            return f"[{match[2]}]"
        found = ", ".join(self.labels.get(name.strip(), name.strip()) for name in match[2].split(","))
        return f"({found})" if match[1] == "eqref" else found


def _plain(latex: str, values: Mapping[str, str]) -> str:
    """Without what prints nothing, with the values, and what is under test as it is printed."""
    latex = _VALUE.sub(lambda match: values.get(match[2], rf"\text{{{match[2]}}}"), latex)
    latex = _BARE.sub("", latex)
    for pattern in (_CLAIM, _GIVEN):
        while pattern.search(latex):
            latex = pattern.sub(lambda match: match[1], latex)
    return latex


def sentence(lines: list[str], number: int) -> str:
    """The sentence of a text that the line of this number, from 1, belongs to; nothing of what stands before or after it."""
    return _joined(lines, *_sentence(lines, number - 1))


def statement(lines: list[str], number: int) -> str:
    """The same with what it goes on from: the display before a piece of a sentence, and the sentence that "this" or "hence" is of."""
    first, last = _sentence(lines, number - 1)
    while first > 0 and lines[first - 1].strip() and last - first < 2 * LINES and _GOES_ON.match(lines[first]):
        before = first - 1
        while _END_OF_ROWS.match(lines[first - 1]) and before > 0 and not _ROWS_BEGIN.match(lines[before]):
            before -= 1
        first = _sentence(lines, before)[0]
    return _joined(lines, first, last)


def _sentence(lines: list[str], at: int) -> tuple[int, int]:
    """The first and the last line of a sentence."""
    first = last = at
    while first > 0 and last - first < LINES and lines[first - 1].strip() and not _ENDS.search(lines[first - 1]):
        first -= 1
    while last + 1 < len(lines) and last - first < LINES and lines[last + 1].strip() and not _ENDS.search(lines[last]):
        last += 1
    return first, last


def _joined(lines: list[str], first: int, last: int) -> str:
    return " ".join(line.strip() for line in lines[first : last + 1])
