"""One claim at one place: read as printed, bound to its oracles, looked at on its problem and on its changed problem.

Wrong mathematics comes back as a Finding; only content that cannot be worked with is raised.
"""

from __future__ import annotations

import dataclasses
import functools
import inspect
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hwgen.arithmetic.algebra import ShapeError
from hwgen.evidence.agreement import judged
from hwgen.evidence.further import with_further
from hwgen.evidence.record import tried
from hwgen.evidence.sampling import seed_of
from hwgen.evidence.table import Table
from hwgen.freshness.store import Store
from hwgen.judging import heard
from hwgen.judging.blame import left_out, let_in
from hwgen.judging.chains import chain_of, raised
from hwgen.judging.coarse import coarse
from hwgen.judging.complaint import complaint, moved, placed, unneeded, unprinted
from hwgen.judging.independence import dependent
from hwgen.judging.look import Parted, look_at
from hwgen.judging.needed import hypotheses
from hwgen.judging.overlap import overlap
from hwgen.judging.primes import mistaken
from hwgen.model import Claim, Evidence, Finding, Formula, Hypothesis, Kind, Overlap, Statement, Tried, Verdict, effort, verdict_of
from hwgen.model.errors import ContentError
from hwgen.model.importing import imported
from hwgen.model.place import short
from hwgen.reading import Chain
from hwgen.reading.plain import plain

__all__ = ["Examined", "chain_of", "examine", "finding_of", "look_at", "proved", "raised", "short", "undecided"]


@dataclasses.dataclass(frozen=True)
class Examined:
    """The evidence on a noun and on its changed problem; of a claim each printed hypothesis, the tree, and where it was tried.

    `alike`: how its two sides are one computation, known too coarsely to be two, or not what a prime says; `overlap`: the code of both.
    """

    evidence: tuple[Evidence, ...]
    changed: tuple[Evidence, ...] = ()
    hypotheses: tuple[Hypothesis, ...] = ()
    alike: str = ""
    reading: Mapping[str, Any] | None = None
    tried: Tried | None = None
    overlap: Overlap | None = None


def examine(claim: Claim, formula: Formula, problem: Any, store: Store | None = None) -> Examined:
    """The evidence on the claim as printed, on its hypotheses, and the evidence on its changed problem."""
    chain = chain_of(claim, formula, problem)
    unprinted(claim, formula, problem)
    parted = Parted(claim, problem, store, formula)
    found, where, table = _looked(chain, parted)
    if found.verdict is Verdict.SUPPORTED and effort.current().factor > 1:
        found = _further(chain, parted, found)
    evidence: tuple[Evidence, ...] = (found,)
    if claim.proof and verdict_of(evidence) >= Verdict.SUPPORTED:
        evidence += _proofs(claim, chain, problem)
    if claim.false or verdict_of(evidence) < Verdict.SUPPORTED:
        return Examined(evidence, reading=plain(chain), tried=where)
    elsewhere = Parted(claim, dataclasses.replace(problem, **claim.changed), store, formula) if claim.changed else None
    changed = (_looked(chain, elsewhere)[0],) if elsewhere else ()
    assert table is not None  # what is SUPPORTED has been looked at
    needs = hypotheses(claim, chain, parted)
    alike = dependent(claim, table, parted) or coarse(claim, table, parted) or mistaken(claim, chain, parted)
    return Examined(evidence, changed, needs, alike, plain(chain), where, overlap(chain, parted.bindings))


def _proofs(claim: Claim, chain: Chain, problem: Any) -> tuple[Evidence, ...]:
    # What Python says of the module itself is wrong content, as anywhere else: a proof has not begun then.
    module = heard.loaded(claim.proof, functools.partial(imported, claim.proof, _exercises(claim.proof)))
    try:
        return proved(getattr(module, claim.name), chain, problem)
    except Exception as error:  # a proof that fails proves nothing, and its author is to hear of it
        return (dataclasses.replace(raised(error), method="proof"),)


def _exercises(module: str) -> Path:
    """The folder of the content in which the proofs of an exercise lie."""
    package = sys.modules.get(module.rsplit(".", 2)[0])
    return Path(getattr(package, "__file__", None) or module).parent


def proved(stated: Any, chain: Chain, problem: Any) -> tuple[Evidence, ...]:
    """What a proof says of the chain: it is a Proof, several cases of one, a function that makes these, or one of (chain, problem)."""
    if callable(stated) and inspect.signature(stated).parameters:
        return tuple(stated(chain, problem))
    cases = stated() if callable(stated) else stated
    from hwgen.evidence.proof import prove  # SymPy, which only a proof needs

    return (prove(chain, *(cases if isinstance(cases, Sequence) else (cases,))),)


def _looked(chain: Chain, parted: Parted) -> tuple[Evidence, Tried | None, Table | None]:
    """The evidence inside of the hypotheses; a counter-example is laid at the one that lets it in, if there is one."""
    try:
        if parted.conditions and not parted.universe.inside:
            return dataclasses.replace(raised(ValueError()), reason="no point of its domain satisfies its printed hypotheses"), None, None
        table = Table(chain, parted.look)
        found = judged(chain, parted.look, table)
        laid = found if parted.claim.false else left_out(let_in(found, chain, parted), chain, parted)
        return laid, tried(chain, parted.look, table), table
    except ContentError:
        raise
    except Exception as error:  # whatever an oracle raises is the author's to see, and no verdict
        return raised(error), None, None


def _further(chain: Chain, parted: Parted, found: Evidence) -> Evidence:
    """What was found, together with as many more points as the effort asks for; a domain that is exhausted already has no more."""
    claim = parted.claim
    more = dataclasses.replace(claim, points=effort.current().times(claim.points) - claim.points, sharp=())
    try:
        look = dataclasses.replace(parted, claim=more, other_seed=seed_of(f"{claim.name} further")).look
        return with_further(found, chain, look) if len(look.points) >= more.points else found
    except ContentError:
        raise
    except Exception as error:  # as for the points before
        return raised(error)


def finding_of(noun: Claim | Statement, formula: Formula, problem: Any, store: Store | None = None) -> Finding:
    """Everything one run finds out about a claim at one place, or about a statement."""
    started = time.perf_counter()
    found = _examined(noun, formula, problem, store) if isinstance(noun, Claim) else _supported(noun, problem)
    verdict = verdict_of(found.evidence)
    said = complaint(noun, verdict, found.evidence, found.changed) or found.alike
    number, unneeded_said = unneeded(noun.name, found.hypotheses)
    at = placed(formula, noun, problem, found.evidence)
    if not said and unneeded_said and isinstance(noun, Claim):
        at = moved(formula, Parted(noun, problem, store, formula).conditions[number].place)
    return Finding(
        name=noun.name,
        formula=at,
        verdict=verdict,
        passed=not (said or unneeded_said),
        evidence=found.evidence,
        changed=found.changed,
        complaint=said or unneeded_said,
        hypotheses=found.hypotheses,
        in_words=noun.in_words if isinstance(noun, Claim) else (),
        always=noun.always if isinstance(noun, Claim) else "",
        seconds=time.perf_counter() - started,
        reading=found.reading,
        tried=found.tried,
        copied=tuple(str(one) for one in noun.copied) if isinstance(noun, Claim) else (),
        overlap=found.overlap,
    )


def undecided(name: str, formula: Formula, said: str) -> Finding:
    """The finding on a check that did not come to an end."""
    evidence = Evidence(kind=Kind.NUMERIC, method="agreement over the domain", verdict=Verdict.UNDECIDED, covered=0, reason=said)
    complaint = f"{name} UNDECIDED {said}"
    return Finding(
        name=name,
        formula=formula,
        verdict=Verdict.UNDECIDED,
        passed=False,
        evidence=(evidence,),
        changed=(),
        complaint=complaint,
        seconds=0.0,
    )


def _examined(claim: Claim, formula: Formula, problem: Any, store: Store | None) -> Examined:
    """The evidence; what cannot be computed is said of this claim, at the part of its formula that is at fault."""
    try:
        return examine(claim, formula, problem, store)
    except ContentError as error:
        if error.place:
            raise
        span = error.span if isinstance(error, ShapeError) else None
        place = formula.places[span[0]] if span and span[0] < len(formula.places) else formula.place
        said = error.of(formula.text[slice(*span)].strip()) if isinstance(error, ShapeError) and span else error.message
        raise ContentError(f"\\{formula.macro}{{{claim.name}}}: {said}", place) from None


def _supported(statement: Statement, problem: Any) -> Examined:
    def looked(setting: Any) -> tuple[Evidence, ...]:
        try:
            return tuple(statement.look(setting))
        except Exception as error:  # as for a claim
            return (raised(error),)

    changed = looked(dataclasses.replace(problem, **statement.changed)) if statement.changed else ()
    return Examined(looked(problem), changed)
