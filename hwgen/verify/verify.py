"""Judge every claim of a ledger again, at fresh points, and say what could not be confirmed and why. Nothing is stored.

What is shared with the judge is the reader and the content; points, evaluation and tolerances are other ones.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from hwgen.model import Bindings, Claim, Formula, Macro, Place
from hwgen.model.catalog import Catalog
from hwgen.model.errors import ContentError
from hwgen.reading import Chain, plain, read, vocabulary
from hwgen.reading.hypotheses import Hypothesis, hypotheses
from hwgen.verify.evaluator import holds, value
from hwgen.verify.points import point, same_domain
from hwgen.verify.values import Unknown, Values

POINTS = 12
SECONDS = 20.0  # of one formula; the points that fit in are looked at, one at least
# How much wider than the spread that a second rounding shows; and what two ways of integrating may differ by.
SPREAD, APART = 50.0, 1e-10
# A tolerance wider than this part of the sides confirms nothing.
WIDEST, TINY = 0.05, 1e-9
TRIES = 10_000


class Doubt(NamedTuple):
    """What speaks against a formula, in words; `false` where a point was found at which it fails."""

    words: str
    false: bool = False


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """What a second look says of one printed formula: how many points it saw, and why it is not confirmed, if it is not."""

    name: str
    place: str
    points: int = 0
    doubt: Doubt | None = None

    def __str__(self) -> str:
        said = f"not confirmed: {self.doubt.words}" if self.doubt else f"confirmed at {self.points} points"
        return f"{self.place}: {self.name} {said}"


def verify(ledger: Mapping[str, Any], content: Catalog, seed: int) -> Iterator[Opinion]:
    """A second opinion on each formula of the ledger, in its order."""
    return (opinion(finding, content, seed, domain_of(ledger, finding)) for finding in ledger["findings"])


def domain_of(ledger: Mapping[str, Any], finding: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The domain on which a formula was judged, where the ledger says so."""
    domain: Mapping[str, Any] | None = ledger.get("nouns", {}).get(finding["name"], {}).get("domain")
    return domain


def opinion(finding: Mapping[str, Any], content: Catalog, seed: int, domain: Mapping[str, Any] | None = None) -> Opinion:
    """A second opinion on one formula, which was judged on this domain; its points follow from the seed and its name."""
    try:
        count, doubt = _judged(finding, content, seed, domain)
    except (Unknown, ContentError) as error:
        return doubtful(finding, str(error))
    except Exception as error:  # whatever an oracle raises at a fresh point speaks against the claim
        return doubtful(finding, f"its computation raised {type(error).__name__}: {error}")
    return Opinion(name=finding["name"], place=finding["formula"]["place"], points=count, doubt=doubt)


def doubtful(finding: Mapping[str, Any], why: str) -> Opinion:
    """The opinion on a formula that could not be looked at."""
    return Opinion(name=finding["name"], place=finding["formula"]["place"], doubt=Doubt(why))


def _judged(finding: Mapping[str, Any], content: Catalog, seed: int, domain: Mapping[str, Any] | None) -> tuple[int, Doubt | None]:
    """How many points were looked at, and what speaks against the formula."""
    noun = content.find(finding["name"])
    if not isinstance(noun, Claim):
        return 0, Doubt("a statement in words, without a formula to evaluate")
    # Before anything is computed: of another content no point tells anything.
    if domain is not None and not same_domain(noun.domain, domain):
        return 0, Doubt("the content declares another domain than the one that it was judged on: the ledger is of another content")
    bindings = noun.bindings(content.problem(noun))
    chain = _read(finding, bindings)
    given = [one for said in finding.get("hypotheses", ()) for one in _assumed(finding, said["text"], bindings)]
    chosen = random.Random(f"{seed} {noun.name}")
    began, count, doubt = time.monotonic(), 0, None
    while count < POINTS and (not count or time.monotonic() - began < SECONDS) and not (doubt and doubt.false):
        found = _doubt(chain, bindings, _point(noun, bindings, given, chosen), chosen)
        doubt, count = found or doubt, count + 1
    if finding["formula"]["macro"] != "refuted":
        return count, doubt
    wrong = doubt is not None and doubt.false
    return count, None if wrong else Doubt(f"said to be wrong, and it holds at {count} fresh points", false=True)


def _point(claim: Claim, bindings: Bindings, given: Sequence[Hypothesis], chosen: random.Random) -> dict[str, Any]:
    """A fresh point at which the printed hypotheses hold."""
    for _ in range(TRIES):
        there = point(claim.domain, chosen)
        with np.errstate(all="ignore"):
            if all(_satisfied(one, Values(bindings, there)) for one in given):
                return there
    raise Unknown(f"none of {TRIES} fresh points satisfies its hypotheses")


def _satisfied(one: Hypothesis, values: Values) -> bool:
    """Whether a hypothesis holds; of arrays that are said to differ from 0, whether an entry does."""
    if not one.unequal:
        return holds(one.chain, values)
    left, right = (np.asarray(value(side, values), float) for side in one.chain.sides)
    return bool(np.any(left != right))


def _assumed(finding: Mapping[str, Any], text: str, bindings: Bindings) -> tuple[Hypothesis, ...]:
    return hypotheses(_printed(finding, "for", text), vocabulary(bindings))


def _printed(finding: Mapping[str, Any], macro: str, text: str) -> Formula:
    """A text of a finding as it was printed, with the author's own commands that it uses."""
    own = tuple(Macro(**one) for one in finding["formula"].get("macros", ()))
    return Formula(macro=macro, name=finding["name"], text=text, place=Place(file=finding["formula"]["place"], line=0), macros=own)


def _read_text(finding: Mapping[str, Any], text: str, bindings: Bindings) -> Chain:
    return read(_printed(finding, finding["formula"]["macro"], text), vocabulary(bindings))


def _read(finding: Mapping[str, Any], bindings: Bindings) -> Chain:
    """The formula, read again; it must be what the ledger says that was judged."""
    there = plain.chain(finding["reading"]) if finding["reading"] else None
    try:
        chain = _read_text(finding, finding["formula"]["text"], bindings)
    except ContentError:
        if there is None:
            raise
        return there  # its symbols are then looked for in the content
    if there is not None and plain.plain(chain) != finding["reading"]:
        raise Unknown("the ledger says that another formula was judged than the one that its text is read as")
    return chain


def _doubt(chain: Chain, bindings: Bindings, at: Mapping[str, Any], chosen: random.Random) -> Doubt | None:
    """What speaks against the chain at one point; nothing if every relation holds within its tolerance."""
    values = Values(bindings, at)
    sides = _sides(chain, values)
    allowed = _allowed(chain, values, sides, chosen)
    found = [
        _doubt_of(relation.symbol, index, sides[index : index + 2], allowed[index] + allowed[index + 1], _at(at))
        for index, relation in enumerate(chain.relations)
    ]
    return max((one for one in found if one), key=lambda one: one.false, default=None)


def _doubt_of(symbol: str, index: int, sides: Sequence[Any], tolerance: float, where: str) -> Doubt | None:
    left, right = sides
    if np.shape(left) != np.shape(right) or not (np.all(np.isfinite(left)) and np.all(np.isfinite(right))):
        return Doubt(f"relation {index + 1} has no value {where}")
    excess = _excess(symbol, left, right)
    if excess > tolerance:
        return Doubt(f"relation {index + 1} is off by {excess:.2g} where {tolerance:.2g} is allowed, {where}", false=True)
    size = max(np.max(np.abs(left)), np.max(np.abs(right)))
    if symbol == "=" and tolerance > WIDEST * size > 0 and tolerance > TINY:
        return Doubt(f"relation {index + 1} is known to {tolerance:.2g} only, {where}")
    return None


def _excess(symbol: str, left: Any, right: Any) -> float:
    difference = np.asarray(left) - np.asarray(right)
    return float(np.max(np.abs(difference) if symbol == "=" else difference if symbol in {"<", r"\le"} else -difference))


def _sides(chain: Chain, values: Values) -> list[Any]:
    with np.errstate(all="ignore"):
        return [value(side, values) for side in chain.sides]


def _allowed(chain: Chain, values: Values, sides: Sequence[Any], chosen: random.Random) -> list[float]:
    """How far each side moves when each symbol moves by its error, and when every operation is rounded another way."""
    # One symbol at a time, by all of its error: no rules for how errors go through operations, which the judge has.
    moving = [name for name in sorted(chain.symbols & set(values.bindings)) if values.may_move(name)]
    moved = [_sides(chain, values.otherwise(moved=name)) for name in moving]
    shaken = [_sides(chain, values.otherwise(noise=random.Random(chosen.random()))) for _ in range(2)]
    found = []
    for index, side in enumerate(sides):
        errors = sum(_apart(side, one[index]) for one in moved)
        # Two shakings see the size of what rounding does, not its bound: so a generous multiple.
        rounding = SPREAD * max(_apart(side, one[index]) for one in shaken)
        found.append(2 * errors + rounding + APART * float(np.max(np.abs(side), initial=0.0)))
    return found


def _apart(one: Any, other: Any) -> float:
    apart = float(np.max(np.abs(np.asarray(one) - np.asarray(other)), initial=0.0)) if np.shape(one) == np.shape(other) else np.inf
    return apart if np.isfinite(apart) else 0.0


def _at(point: Mapping[str, Any]) -> str:
    return "at " + ", ".join(f"{name} = {_short(one)}" for name, one in point.items()) if point else "where nothing varies"


def _short(number: Any) -> str:
    if isinstance(number, np.ndarray):
        return " ".join(str(np.round(number, 4)).split())[:60]
    return f"{number:.6g}" if isinstance(number, float) else str(number)


def told(opinions: Sequence[Opinion]) -> str:
    """How much was confirmed."""
    confirmed = [one for one in opinions if one.doubt is None]
    points = sum(one.points for one in confirmed)
    return f"{len(confirmed)} of {len(opinions)} formulas and statements confirmed, at {points} fresh points"
