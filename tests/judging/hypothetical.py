"""What the tests of hypotheses share: a claim that is true where both of its numbers are at least 0, printed with hypotheses."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from hwgen.judging.claim import finding_of
from hwgen.judging.mutation import tally
from hwgen.model import Bindings, Claim, Finding, Formula, Need, Place, Tally, closed, value, variable

SQUARES = r"r = \sqrt{t}\sqrt{s}"


def _root(problem: Any) -> Bindings:
    """The root of ts is that of t by that of s where both are at least 0; where both are negative only the former has a value."""
    return {"r": value(lambda t, s: abs(complex(t * s) ** 0.5) if t * s >= 0 else math.nan), "t": variable("t"), "s": variable("s")}


ROOT = Claim(
    name="trial", exercise="toy", sentence="", domain={"t": closed(-2, 3), "s": closed(-2, 3)}, bind=_root, identity="trial", points=24
)


def _log(problem: Any) -> Bindings:
    return {"L": value(lambda t: 3 * math.log(t ** (1 / 3)) if t > 0 else math.nan), "t": variable("t")}


LOG = replace(ROOT, bind=_log, domain={"t": closed(-1, 3)})


def printed(text: str, *hypotheses: str) -> Formula:
    """A formula at line 9, with hypotheses from line 3 on."""

    def at(line: int, said: str) -> dict[str, Any]:
        places = tuple(Place(file="templates/t.tex.j2", line=line, column=1 + k) for k in range(len(said)))
        return {"name": "trial", "text": said, "place": places[0], "places": places}

    given = tuple(Formula(macro="for", **at(3 + k, one)) for k, one in enumerate(hypotheses))
    return Formula(macro="checked", **at(9, text), hypotheses=given)


def stated(claim: Claim, text: str, *hypotheses: str, **different: Any) -> Finding:
    """What a run finds of it."""
    return finding_of(replace(claim, **different), printed(text, *hypotheses), None)


def tallied(claim: Claim, text: str, *hypotheses: str, **different: Any) -> Tally:
    """What becomes of its wrong versions."""
    return tally(replace(claim, **different), printed(text, *hypotheses), None)


def needs(found: Finding) -> dict[str, Need]:
    """How each printed condition stands."""
    return {one.text: one.need for one in found.hypotheses}
