"""LaTeX as printed to MathML, by latex2mathml; what it cannot make is shown as it is written."""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Iterable, Iterator, Mapping

from markupsafe import Markup, escape

from hwgen.reading.lexer import Unit, environment, tokens, units
from hwgen.reading.roles import Role

# Rows that latex2mathml knows, what it needs to be told of brackets and of operators, and sizes that the reader has no use for.
_ROWS = ("matrix", "cases")
_TOLD = frozenset({r"\middle", r"\limits", r"\nolimits", r"\textstyle"})
_BETWEEN = frozenset({r"\bigm", r"\Bigm", r"\biggm", r"\Biggm"})
_ENTITY = re.compile(r"&#x[0-9A-Fa-f]+;")
_KEPT = frozenset({"&#x0003C;", "&#x0003E;", "&#x00026;", "&#x02061;", "&#x02009;"})
# What a browser takes for granted: what a fence is, and that brackets stretch where they open and close.
_GRANTED = re.compile(r'(?: stretchy="true")? fence="true" form="(?:prefix(?=">[(\[{])|postfix(?=">[)\]}]))"| fence="(?:true|false)"')
_LETTERS = re.compile(r'<mi mathvariant="normal">\w</mi>(?:<mi mathvariant="normal">\w</mi>)+')
_SINGLE = re.compile(r"<mrow>(<(mi|mn|mo|mtext)>[^<]*</\2>)</mrow>")
_FUNCTION = re.compile(
    r"(<mi>(?:arccos|arcsin|arctan|cos|sin|tan|tanh|cosh|sinh|log|ln|exp|erf)</mi>)(?=<m(?:i|n|row|frac|sqrt|sub|sup|subsup)>)"
)
_BAR = re.compile(r'<mo(?: stretchy="false")?>([|‖∥])</mo>')
_OPENING = re.compile(r"<math[^>]*>")


# A formula in the line with this many signs is wider than a phone: it can be moved there.
LONG = 40
# A display with as many is wider than a page of text: its relations stand one below the other.
WIDE = 100
_OPENING_ROLES = frozenset({Role.GROUP, Role.BEGIN, Role.LEFT, Role.OPEN, Role.CONDITION})
_CLOSING_ROLES = frozenset({Role.GROUP_END, Role.END, Role.RIGHT, Role.CLOSE, Role.CONDITION_END})


class Conversions(dict[str, str]):
    """Each LaTeX that was asked for as MathML; `earlier` has what an earlier run asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.earlier: Mapping[str, str] = {}

    def __missing__(self, text: str) -> str:
        found = self[text] = self.earlier.get(text) or _converted(text)
        return found


CONVERTED = Conversions()


@functools.cache
def formula(text: str, display: bool = True) -> Markup:
    """A formula as MathML, with its LaTeX as its text for whoever cannot see it."""
    plain = _plain(text)
    block = ' display="block"' if display else ""
    rows = list(_rows(plain)) if display and len(plain) > WIDE else []
    written = stacked([inside(row) for row in rows]) if rows[1:] else inside(text)
    shown = Markup(f'<math{block} alttext="{escape(plain)}">{written}</math>')
    return (
        shown
        if display or len(plain) < LONG
        else Markup('<span class="inline" tabindex="0" role="group" aria-label="formula">{}</span>').format(shown)
    )


def stacked(rows: Iterable[str]) -> str:
    """A chain of relations, one below the other, each after the first with its sign before it."""
    cells = "".join(f"<mtr><mtd>{row}</mtd></mtr>" for row in rows)
    return f'<mtable displaystyle="true" class="chain">{cells}</mtable>'


def _rows(plain: str) -> Iterator[str]:
    """The sides of a chain, each with the relation before it; all of it where brackets do not tell what belongs together."""
    seen, depth, cuts = tokens(plain), 0, [0]
    for index, role in enumerate(seen.roles):
        depth += (role in _OPENING_ROLES) - (role in _CLOSING_ROLES)
        if role is Role.RELATION and not depth and index:
            cuts.append(seen.starts[index - (seen.texts[index - 1] == ":")])
    ends = [*cuts[1:], len(plain)] if not depth else [len(plain)]
    yield from (plain[low:high].strip() for low, high in zip(cuts, ends, strict=False))


def inside(text: str) -> str:
    """What stands inside the <math> element of a formula."""
    return CONVERTED[text]


def _converted(text: str) -> str:
    from latex2mathml.converter import convert  # loaded only where a formula is new

    try:
        found = convert(_plain(text))
    except Exception:  # a library's limits are no reason to show nothing
        return f"<mtext>{escape(text)}</mtext>"
    return _spaced(_short(_OPENING.sub("", found, count=1).removesuffix("</math>").removeprefix("<mrow>").removesuffix("</mrow>")))


def _short(written: str) -> str:
    """The same with letters for their numbers, and without rows of one thing or what goes without saying."""
    written = _ENTITY.sub(lambda match: match[0] if match[0] in _KEPT else html.unescape(match[0]), written)
    written = _LETTERS.sub(lambda match: f"<mi>{''.join(re.findall(r'>(.)<', match[0]))}</mi>", _GRANTED.sub("", written))
    while (less := _SINGLE.sub(r"\1", written)) != written:
        written = less
    return written


def _spaced(written: str) -> str:
    """A space after the name of a function that no bracket follows, and none around bars."""
    return _BAR.sub(r'<mo stretchy="false" lspace="0" rspace="0">\1</mo>', _FUNCTION.sub(r'\1<mspace width="0.17em"/>', written))


def _plain(text: str) -> str:
    """Without what prints nothing, sizes of brackets, and what only a display of several rows needs."""
    seen = tokens(text)
    left_out = {Role.SIZE, Role.STYLE}
    if len(seen.of(Role.LEFT)) != len(seen.of(Role.RIGHT)):  # a piece of a formula, whose brackets have lost their partners
        left_out |= {Role.LEFT, Role.RIGHT}
    has_rows = any(environment(seen.texts[one]).endswith(_ROWS) for one in seen.of(Role.BEGIN))
    spaces = set() if has_rows else {Role.ALIGN, Role.ROW}

    def shown(role: Role, one: str) -> str:
        if one in _BETWEEN or (role in left_out and one not in _TOLD):
            return ""
        return " " if role in spaces else one

    return " ".join("".join(map(shown, seen.roles, seen.texts)).split())


def of_words(text: str) -> Iterator[Unit]:
    """What TeX takes one by one of a text in words, in which a % is a character and begins no comment."""
    return (one._replace(text=text[one.start : one.stop]) for one in units(text.replace("%", "\uffff")))


def words(text: str) -> Markup:
    """A text with formulas between dollars, these as MathML."""
    dollars = [one.start for one in of_words(text) if one.text == "$"]
    parts, at = [], 0
    for low, high in zip(dollars[::2], dollars[1::2], strict=False):
        parts += [escape(text[at:low]), formula(text[low + 1 : high], display=False)]
        at = high + 1
    return Markup("").join([*parts, escape(text[at:])])
