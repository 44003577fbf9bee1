r"""Numbers on the page: a value of this run stands alone, and a decimal typed by hand is a result that a constant prints.

Nothing typed beside \VAR{constants.…}, no digit, decimal point or sign, may become part of it. A number of the setting is declared
once, as \given{0.05}, and is silent everywhere. Formulas under test, lengths, options, labels, numbers of sections and what stands
in a comment are not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from hwgen.model.errors import ContentError
from hwgen.page.page import Page, Printed
from hwgen.page.template import PLACEHOLDER

# In a formula spaces print nothing, and thin ones do not separate; in the text around it a space does.
_SPACES = {True: r"(?:\s|~|\\[,;:!> ]|&|\{\s*\})*", False: r"(?:\\[,!]|\{\s*\})*"}
_BEFORE = {inside: re.compile(rf"(?:[\d.+*]|(?<!-)-|\d,){spaces}$") for inside, spaces in _SPACES.items()}
_AFTER = {
    inside: re.compile(rf"{spaces}(?:\d|[.,]\d|[.,]\{{\s*\}}\d|\^|{'[+*-]' if inside else '[+]'})") for inside, spaces in _SPACES.items()
}
_HERE = 40
_NUMBER = re.compile(r"(?:\\[A-Za-z]+\s*|(?<![\w.]))(-?\d+\.\d+)(?![\w.]|\s*(?:\\(?:text|line|column|paper)|pt|em|ex|cm|mm|in\b))")
_GIVEN = re.compile(r"\\given\s*\{([^{}]*)\}")
_LENGTH = re.compile(r"\d*\.\d+\s*(?:\\(?:text|line|column|paper)(?:width|height)|\\baselineskip|pt\b|em\b|ex\b|cm\b|mm\b|in\b)")
_OPTIONS = re.compile(r"\\[A-Za-z]+\*?\s*(?:\{[A-Za-z*]+\}\s*)?\[[^\]]*\]")
_LABELS = re.compile(
    r"\\(?:label|(?:eq|page|auto)?ref|cite|bibitem|url|href|input|includegraphics|scalebox|linespread)\s*(?:\[[^\]]*\])?\{[^{}]*\}"
)
_SECTIONS = re.compile(
    r"\b(?:Part|Chapter|Section|Theorem|Proposition|Lemma|Corollary|Definition|Remark|Figure|Table|Exercise|version)s?[\s~]+\d+\.\d+"
)
_SILENT = (_GIVEN, _LENGTH, _OPTIONS, _LABELS, _SECTIONS)
_PRINTED = re.compile(r"-?\d+(?:\.\d+)?")


def glued(page: Page) -> Iterator[ContentError]:
    """Every constant with something beside it that changes it."""
    seen = page.text
    for match in PLACEHOLDER.finditer(seen.text):
        if match[1] != "constants":
            continue
        inside = seen.around(match.start()) is not None
        before, after = seen.text[max(0, match.start() - _HERE) : match.start()], seen.text[match.end() : match.end() + _HERE]
        found = _BEFORE[inside].search(before) or _AFTER[inside].match(after)
        if found:
            said = f"'{found[0].strip()}' beside it becomes part of the number; expected the value alone, computed as it is to be printed"
            yield ContentError(f"\\VAR{{constants.{match[2]}}}: {said}", seen.place(match.start()))


def typed(printed: Printed) -> Iterator[str]:
    """A warning for each decimal of the page that is neither printed by this run nor declared as given."""
    seen, values = printed.page.text, printed.values
    known = {name.partition(".")[2]: match for name, text in values.items() if name.startswith("constants.") for match in _first(text)}
    given = {number for match in _GIVEN.finditer(seen.text) for number in re.findall(r"-?\d+\.\d+", match[1])}
    silent = [match.span() for pattern in _SILENT for match in pattern.finditer(seen.text)]
    silent += printed.page.arguments
    for match in _NUMBER.finditer(seen.text):
        if match[1] not in given and not any(low <= match.start(1) < high for low, high in silent):
            yield f"{seen.place(match.start(1))}: {_advice(match[1], known)}"


def _advice(number: str, known: Mapping[str, str]) -> str:
    for name, value in known.items():
        if _same(number, value):
            advice = f"write \\VAR{{constants.{name}}}, or \\given{{{number}}} if it belongs to the setting"
            return f"{number} is typed by hand and equals the constant {name}; {advice}"
    expected = f"expected \\VAR{{constants.…}} for a result of this run, or \\given{{{number}}} for a number of the setting"
    return f"{number} is typed by hand; {expected}"


def _first(printed: str) -> list[str]:
    """The number that a constant prints, without its error; none if it prints powers of ten."""
    match = _PRINTED.match(printed)
    return [match[0]] if match and r"\times" not in printed else []


def _significant(number: str) -> int:
    return len(number.replace("-", "").replace(".", "").lstrip("0"))


def _same(number: str, value: str) -> bool:
    """Whether the typed number is the value, at the coarser of the two precisions, with two digits at least."""
    places = [len(one.partition(".")[2]) for one in (number, value)]
    if min(_significant(number), _significant(value)) < 2:
        return False
    coarse = min(places)
    return coarse > 0 and round(float(number), coarse) == round(float(value), coarse) != 0
