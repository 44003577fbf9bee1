"""Domains, sharpness and evidence of a ledger in words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from markupsafe import Markup

from hwgen.model.found import Need
from hwgen.reading import commands
from hwgen.reading.lexer import Unit
from hwgen.reading.roles import Role
from hwgen.report import printed

_ACCENTS = {"hat": "\u0302", "bar": "\u0304", "tilde": "\u0303", "dot": "\u0307", "check": "\u030c", "vec": "\u20d7"}
_ACCENTS |= {"widehat": _ACCENTS["hat"], "overline": _ACCENTS["bar"], "widetilde": _ACCENTS["tilde"]}
# What only says how a name is set.
_SETS = commands.words(Role.FONT, Role.WORDS)
# A name before its value, as a point tells it.
_VALUED = re.compile(r"(?<![\w\\'])[^\W\d]\w*(?= = )")
_NAMES = {"le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "ne": "≠", "in": "∈", "infty": "∞", "sum": "∑", "cdot": "·"}
_NAMES |= {"vartheta": "ϑ", "varrho": "ϱ", "ell": "ℓ", "star": "⋆", "bullet": "•", "prime": "′", "top": "⊤"}

NAMED: Mapping[str, str] = MappingProxyType({})

BY = {"NUMERIC": "cases", "SYMBOLIC": "algebra", "INTERVAL": "balls"}


def domain(spread: Mapping[str, Any]) -> str:
    """What a variable ranges over."""
    if spread["is"] == "interval":
        kind = "whole numbers" if spread["integer"] else "reals"
        return f"{kind} from {spread['low']:g} to {spread['high']:g}{', evenly in the logarithm' if spread['log'] else ''}"
    if spread["is"] == "vectors":
        norm = spread["norm"]
        return f"vectors of dimension {spread['dimension']} with norms from {norm['low']:g} to {norm['high']:g}"
    return f"{len(spread['values'])} cases: {', '.join(spread['values'])}"


def sharpness(declared: Mapping[str, Any], names: Mapping[str, str] = NAMED) -> str:
    """How sharp an inequality is said to be; `names` are the printed ones of its variables."""
    if declared["is"] == "binds":
        return f"an equality at {_listed(declared['at'], names)}"
    if declared["is"] == "ratio":
        where = f" where {_listed(declared['where'], names)}" if declared.get("where") else ""
        known = f", {declared['because']}" if declared["because"] else ", copied from a run"
        return f"largest ratio of the sides {declared['largest']:.9g}, to {declared['within']:g}{where}{known}"
    return ", ".join(f"{name} {value}" for name, value in declared.items() if name != "is")


def _listed(point: Mapping[str, Any], names: Mapping[str, str]) -> str:
    return ", ".join(f"{names.get(name, name)} = {value}" for name, value in point.items())


def granted(noun: Mapping[str, Any]) -> list[str]:
    """What an author declares that a check lets pass on their word, with the reasons; the hypotheses that are kept say so themselves."""
    exact = [f"its sides may never differ, not even by rounding: {noun['exact']}"] if noun.get("exact") else []
    road = [f"its oracle may do what the page prints: {noun['road']}"] if noun.get("road") else []
    coarse = [f"its sides may be known to {width} of them only: {why}" for width, why in noun.get("coarse", {}).items()]
    fixed = [f"by nature one value, or two, of {', '.join(map(unicode, noun['fixed']))}"] if noun.get("fixed") else []
    return [*exact, *road, *coarse, *fixed]


def changed(noun: Mapping[str, Any]) -> str:
    """The problem on which a claim must fail."""
    return ", ".join(f"{name} = {value}" for name, value in noun.get("changed", {}).items())


def renamed(said: str, names: Mapping[str, str]) -> str:
    """What is said of a point, `eps = 2, y = [0., 1.]`, with the printed symbols."""
    return _VALUED.sub(lambda match: names.get(match[0], match[0]), said)


def counter(look: Mapping[str, Any], names: Mapping[str, str] = NAMED) -> Markup:
    """A counter-example: the point, its variables by their printed names, and what the sides are there, these as formulas."""
    told = look["counterexample"]
    if not (look["at"] and look["sides"]):
        return Markup('<span class="code">{}</span>').format(renamed(told, names))
    left, right = look["sides"][:2]
    one, first, rest = told.removeprefix(f"{look['at']}: ").partition(f" is {left}, ")
    other, second, tolerance = rest.rpartition(f" is {right} ")
    if not (first and second and told.startswith(f"{look['at']}: ")):
        return Markup('<span class="code">{}</span>').format(renamed(told, names))
    sides = [Markup("{} is {}").format(printed.formula(one, False), value) for one, value in zip((one, other), (left, right), strict=True)]
    return Markup("{}: {}, {} {}").format(renamed(look["at"], names), *sides, unicode(renamed(tolerance, names)))


def need(hypothesis: Mapping[str, Any], names: Mapping[str, str] = NAMED) -> str:
    """How a printed hypothesis stands to its claim, and the point that shows it."""
    said = f" ({unicode(renamed(hypothesis['said'], names))})" if hypothesis["said"] else ""
    kept = f"; kept: {hypothesis['kept']}" if hypothesis["kept"] else ""
    return f"{need_of(hypothesis)}{said}{kept}"


def need_of(hypothesis: Mapping[str, Any]) -> str:
    """How it stands to its claim; what has no value outside is not said to fail there."""
    if hypothesis["need"] == Need.EXACT.name and hypothesis["said"].startswith("it has no value"):
        return "is needed: the relation has no value right outside of it"
    return str(Need[hypothesis["need"]].value)


def unicode(text: str) -> str:
    """A formula in words with Greek letters as letters, and without the commands that only say how a name is set."""
    return "".join(_letters(list(printed.of_words(text))))


def _letters(seen: Sequence[Unit]) -> Iterator[str]:
    at = 0
    while at < len(seen):
        one, at = seen[at], at + 1
        if one.text in _SETS or (one.named and one.text[1:] in _ACCENTS):
            low, high, at = _argument(seen, at)
            inner = "".join(_letters(seen[low:high]))
            yield inner[:1] + _ACCENTS.get(one.text[1:], "") * bool(inner) + inner[1:]
        else:
            yield _letter(one.text[1:]) if one.named else one.text


def _argument(seen: Sequence[Unit], at: int) -> tuple[int, int, int]:
    """From where to where the argument stands that begins at a unit, after blanks, and what comes after it."""
    while at < len(seen) and seen[at].text.isspace():
        at += 1
    if at == len(seen) or seen[at].text != "{":
        return at, at + 1, at + 1
    depth, end = 1, at + 1
    while end < len(seen) and depth:
        depth += {"{": 1, "}": -1}.get(seen[end].text, 0)
        end += 1
    return at + 1, end - (not depth), end


def refuted(relations: Sequence[str]) -> str:
    """At what a claim fails, of whose relations these are the signs."""
    equal, unequal = "two sides that are said to be equal differ", "the smaller side of an inequality exceeds the larger one"
    return " or ".join([*([equal] if "=" in relations else []), *([unequal] if set(relations) - {"="} else [])])


def _letter(name: str) -> str:
    """The Greek letter of this name, or the name itself."""
    if name in _NAMES:
        return _NAMES[name]
    size, plain = "CAPITAL" if name[0].isupper() else "SMALL", name.removeprefix("var")
    try:
        return unicodedata.lookup(f"GREEK {size} LETTER {'LAMDA' if plain.lower() == 'lambda' else plain}")
    except KeyError:
        return name


def number(value: float) -> str:
    """A number in a few digits."""
    return f"{value:.6g}"


def seconds(taken: float) -> str:
    """A time in two digits, and whole from a hundred seconds on."""
    return f"{taken:.0f}" if taken >= 99.5 else f"{taken:.2g}"


def verdict(finding: Mapping[str, Any]) -> str:
    """The verdict as a reader of the page understands it: what the text itself calls wrong is an erratum."""
    if finding["formula"]["macro"] == "refuted" and finding["passed"]:
        return "erratum"
    return str(finding["verdict"]).lower() if finding["passed"] else "short"
