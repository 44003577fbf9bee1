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
# Brackets after these are mathematics.
_SYMBOLS = r"(?:not)?in|left|right|[bB]igg?[lr]?|math[a-z]+|operatorname|Pr|Var"
_OPTIONS = re.compile(rf"\\(?!(?:{_SYMBOLS})(?![A-Za-z]))[A-Za-z]+\*?\s*(?:\{{[A-Za-z*]+\}}\s*)?\[[^\]]*\]")
_LABELS = re.compile(
    r"\\(?:label|(?:eq|page|auto|c)?ref|cite[a-z]*|bibitem|url|href|nolinkurl|doi|eprint|input|includegraphics|scalebox|linespread)\s*(?:\[[^\]]*\])?\{[^{}]*\}"
)
# What is counted or called by a number, here or elsewhere: also several of them, and in parentheses.
_NAMED = (
    r"Part|Ch(?:ap|apter)?|[Ss]ec(?:t|tion)?|[Tt]hm|Theorem|Prop(?:osition)?|Lem(?:ma)?|Cor(?:ollary)?|Def(?:inition|n)?|Rem(?:ark)?|[Ff]ig(?:ure)?"
    r"|Tab(?:le)?|[Ee]qn?|[Ee]quation|Inequality|Formula|App(?:endix)?|Alg(?:orithm)?|Ex(?:ample|ercise|c)?|Assumption|Condition|Claim|Problem|Question"
    r"|[Vv]ersion|[Rr]elease|Python|NumPy|SciPy|SymPy|Matplotlib|pandas|scikit-learn|PyTorch|TensorFlow|JAX|CUDA|Julia|MATLAB|Octave|Java|Ubuntu|Debian|Fedora"
    r"|macOS|Windows|Linux|TeX~?\s?Live|LaTeX|pdfTeX|MiKTeX|hwgen"
)
_ONE = r"[\s~]*(?:\\S\s*)?\(?\d+(?:\.\d+)+\)?"
_SECTIONS = re.compile(
    rf"(?:\b(?:{_NAMED})(?:s|es|\{{\}})?\.?(?:\\ )?|\\S\s?|§)[\s~]*{_ONE}(?:(?:\s*,|\s*-{{2,3}}|[\s~]+(?:and|or|to))(?:[\s~]+and)?{_ONE})*"
)
_IDENTIFIERS = re.compile(r"(?:arXiv[:\s~]*|abs/)\d{4}\.\d{4,5}|\b10\.\d{4,9}/\S+", re.IGNORECASE)
_COLOURS = re.compile(r"\\(?:definecolor\s*(?:\{[^{}]*\}\s*){2}|\w*color\s*(?:\[[^\]]*\]\s*)?)\{[^{}]*\}")
_DRAWINGS = re.compile(r"\\begin\{(tikzpicture|picture|axis)\}.*?\\end\{\1\}", re.DOTALL)
_SILENT = (_GIVEN, _LENGTH, _OPTIONS, _LABELS, _SECTIONS, _IDENTIFIERS, _COLOURS, _DRAWINGS)
# Both ends of a range belong to the setting, unless one of them is a result of this run.
_RANGES = re.compile(r"\\in\s*\\?[\[(]\s*-?\d*\.?\d+\s*,[^\])]*[\])]|-?\d*\.?\d+\s*(?:\$\s*)?-{2,3}\s*(?:\$\s*)?\d*\.?\d+")
_UPPER = r"at most|no more than|not more than|no larger than|not above|below|less than|smaller than|under|bounded by|up to|\\leq?|\\lt|<"
_LOWER = r"at least|no less than|not less than|no smaller than|not below|above|more than|larger than|over|\\geq?|\\gt|>"
_BOUNDED = {"down": re.compile(rf"({_UPPER})(?:[\s~$]|\\[,;:! ])*$"), "up": re.compile(rf"({_LOWER})(?:[\s~$]|\\[,;:! ])*$")}
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
    ranges = [match.span() for match in _RANGES.finditer(seen.text)]
    for match in _NUMBER.finditer(seen.text):
        # The second dash of a range is no sign.
        start = match.start(1) + seen.text.startswith("--", match.start(1) - 1)
        number = seen.text[start : match.end(1)]
        result = any(_same(number, value) for value in known.values())
        quiet = silent if result else [*silent, *ranges]
        if number not in given and not any(low <= start < high for low, high in quiet):
            yield f"{seen.place(start)}: {_advice(number, known)}"


def rounded(printed: Printed) -> Iterator[str]:
    """A warning for each value that the text bounds by a word, and that is rounded to the wrong side of it."""
    seen = printed.page.text
    for match in PLACEHOLDER.finditer(seen.text):
        way = printed.values.get(f"rounded.{match[2]}", "") if match[1] == "constants" else ""
        word = _BOUNDED[way].search(seen.text[max(0, match.start() - _HERE) : match.start()]) if way else None
        if word:
            other = "up" if way == "down" else "down"
            value = printed.values[f"constants.{match[2]}"]
            said = f"\\VAR{{constants.{match[2]}}} prints {value}, which is rounded {way}, after '{word[1]}'"
            yield f'{seen.place(match.start())}: {said}; expected a constant that is rounded {other}: Estimate(…, rounds="{other}")'


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
