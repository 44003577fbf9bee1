"""One claim at one place: read as printed, bound to its oracles, looked at on its problem and on its changed problem.

Wrong mathematics comes back as a Finding; only content that cannot be worked with is raised.
"""

from __future__ import annotations

import dataclasses
import functools
import importlib
import inspect
import time
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hwgen.evidence.agreement import judged, points_of
from hwgen.evidence.algebra import ShapeError
from hwgen.evidence.cases import Look
from hwgen.evidence.evaluation import Scope, scope_at
from hwgen.evidence.record import tried
from hwgen.evidence.sampling import seed_of
from hwgen.evidence.table import Table
from hwgen.judging import kept
from hwgen.judging.dependencies import dependencies_of_claim, digest, fingerprint, in_full, versions
from hwgen.judging.store import MISSING, Store
from hwgen.model import (
    Approx,
    Binding,
    Bindings,
    Claim,
    Evidence,
    Finding,
    Formula,
    Kind,
    Point,
    Statement,
    Tried,
    Value,
    Verdict,
    verdict_of,
)
from hwgen.model.errors import ContentError
from hwgen.reading import Chain, read, vocabulary
from hwgen.reading.plain import plain


def chain_of(claim: Claim, formula: Formula, problem: Any) -> Chain:
    """The printed formula, read with the claim's symbols. Raises ContentError at the template's place."""
    try:
        bindings = claim.bindings(problem)
    except ContentError as error:
        raise ContentError(f"\\{formula.macro}{{{claim.name}}}: {error.message}", formula.place) from error
    except Exception as error:  # the function that binds the symbols is the author's
        raise ContentError(f"\\{formula.macro}{{{claim.name}}}: {raised(error).reason}", formula.place) from error
    chain = read(formula, vocabulary(bindings))
    unused = [symbol for symbol in bindings if symbol not in chain.symbols]
    if unused and not claim.changed:
        raise ContentError(
            f"\\{formula.macro}{{{claim.name}}}: {unused[0]} is bound and does not occur; expected every bound symbol on the page",
            formula.place,
        )
    return chain


def look_at(claim: Claim, problem: Any, store: Store | None = None) -> Look:
    """The scopes of a claim on a problem: its oracle table, from the store if it is there."""
    seed = seed_of(claim.name)
    points, bound = points_of(claim.domain, claim.points, claim.sharp, seed)
    reached = dependencies_of_claim(claim)
    parameters = in_full((claim.domain, claim.points, claim.sharp, problem))
    code = [*reached.items(), *(fingerprint(one) for one in (type(problem), points_of, _row))]
    key = digest("table", *code, parameters, sorted(versions().items()))
    table: Any = kept.recalled(store, key, f"{claim.bind.__module__}.{claim.bind.__qualname__}") if store else MISSING
    everywhere = [*points, *bound.values()]
    bindings = claim.bindings(problem)
    if not table:
        table = [_row(bindings, point) for point in everywhere]
        if store:
            kept.keep(store, key, reached, table)
    scopes = [_scope(bindings, row, point) for row, point in zip(table, everywhere, strict=True)]
    return Look(
        points=points,
        scopes=tuple(scopes[: len(points)]),
        bound=dict(zip(bound, zip(bound.values(), scopes[len(points) :], strict=True), strict=True)),
        sharp=claim.sharp,
        seed=seed,
        fixed=None if claim.proof or claim.false else frozenset(claim.fixed),
    )


def _row(bindings: Bindings, point: Point) -> dict[str, Approx]:
    """The oracle values at one point, by symbol."""
    values = {symbol: binding for symbol, binding in bindings.items() if isinstance(binding, Value)}
    scope = scope_at(values, point)
    return {symbol: scope.value(symbol) for symbol in values}


def _scope(bindings: Bindings, row: Mapping[str, Approx], point: Point) -> Scope:
    known: dict[str, Binding] = {symbol: Value(compute=functools.partial(_given, stored)) for symbol, stored in row.items()}
    return scope_at({**bindings, **known}, point)


def _given(stored: Approx) -> Approx:
    return stored


@dataclass(frozen=True)
class Examined:
    """The evidence on a claim as printed and on its changed problem; the tree that was judged, and where it was tried."""

    evidence: tuple[Evidence, ...]
    changed: tuple[Evidence, ...] = ()
    reading: Mapping[str, Any] | None = None
    tried: Tried | None = None


def examine(claim: Claim, formula: Formula, problem: Any, store: Store | None = None) -> Examined:
    """The evidence on the claim as printed, and the evidence on its changed problem."""
    chain = chain_of(claim, formula, problem)
    found, where = _looked(claim, chain, problem, store)
    evidence: tuple[Evidence, ...] = (found,)
    if claim.proof and verdict_of(evidence) >= Verdict.SUPPORTED:
        evidence += _proofs(claim, chain, problem)
    changed: tuple[Evidence, ...] = ()
    if claim.changed and verdict_of(evidence) >= Verdict.SUPPORTED:
        changed = (_looked(claim, chain, dataclasses.replace(problem, **claim.changed), store)[0],)
    return Examined(evidence, changed, plain(chain), where)


def _proofs(claim: Claim, chain: Chain, problem: Any) -> tuple[Evidence, ...]:
    try:
        return proved(getattr(importlib.import_module(claim.proof), claim.name), chain, problem)
    except Exception as error:  # a proof that fails proves nothing, and its author is to hear of it
        return (dataclasses.replace(raised(error), method="proof"),)


def proved(stated: Any, chain: Chain, problem: Any) -> tuple[Evidence, ...]:
    """What a proof says of the chain: it is a Proof, several cases of one, a function that makes these, or one of (chain, problem)."""
    if callable(stated) and inspect.signature(stated).parameters:
        return tuple(stated(chain, problem))
    cases = stated() if callable(stated) else stated
    from hwgen.evidence.proof import prove  # SymPy, which only a proof needs

    return (prove(chain, *(cases if isinstance(cases, Sequence) else (cases,))),)


def _looked(claim: Claim, chain: Chain, problem: Any, store: Store | None) -> tuple[Evidence, Tried | None]:
    try:
        look = look_at(claim, problem, store)
        table = Table(chain, look)
        return judged(chain, look, table), tried(chain, look, table)
    except ContentError:
        raise
    except Exception as error:  # whatever an oracle raises is the author's to see, and no verdict
        return raised(error), None


def raised(error: BaseException) -> Evidence:
    """What an exception in a check amounts to: no verdict, and the author's file and line."""
    frames = traceback.extract_tb(error.__traceback__)
    content = [one for one in frames if "exercises" in one.filename or "maths" in one.filename] or frames
    where = f" ({short(content[-1].filename)}:{content[-1].lineno}, in {content[-1].name})" if content else ""
    text = f"its check raised {type(error).__name__}: {error}{where}"
    return Evidence(kind=Kind.NUMERIC, method="agreement over the domain", verdict=Verdict.UNDECIDED, covered=0, reason=text)


def short(filename: str) -> str:
    """A source file as the author knows it: relative to the project."""
    path = Path(filename)
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else path.name


def finding_of(noun: Claim | Statement, formula: Formula, problem: Any, store: Store | None = None) -> Finding:
    """Everything one run finds out about a claim at one place, or about a statement."""
    started = time.perf_counter()
    found = _examined(noun, formula, problem, store) if isinstance(noun, Claim) else _supported(noun, problem)
    evidence, changed = found.evidence, found.changed
    verdict = verdict_of(evidence)
    complaint = _complaint(noun, formula, verdict, evidence, changed)
    return Finding(
        name=noun.name,
        formula=_placed(formula, noun, problem, evidence),
        verdict=verdict,
        passed=not complaint,
        evidence=evidence,
        changed=changed,
        complaint=complaint,
        seconds=time.perf_counter() - started,
        reading=found.reading,
        tried=found.tried,
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
        printed = f"'{formula.text[slice(*span)].strip()}' is " if span else ""
        raise ContentError(f"\\{formula.macro}{{{claim.name}}}: {printed}{error.message}", place) from None


def _supported(statement: Statement, problem: Any) -> Examined:
    def looked(setting: Any) -> tuple[Evidence, ...]:
        try:
            return tuple(statement.look(setting))
        except Exception as error:  # as for a claim
            return (raised(error),)

    evidence = looked(problem)
    changed = looked(dataclasses.replace(problem, **statement.changed)) if statement.changed else ()
    return Examined(evidence, changed)


def _complaint(
    noun: Claim | Statement, formula: Formula, verdict: Verdict, evidence: Sequence[Evidence], changed: Sequence[Evidence]
) -> str:
    wanted = isinstance(noun, Claim) and noun.false
    if wanted:
        if verdict is Verdict.REFUTED:
            return ""
        return f"{noun.name} {verdict.name}: the text says this is wrong; expected a run that REFUTES it. {_why(evidence)}".strip()
    if verdict < noun.needs:
        return f"{noun.name} {verdict.name} {_why(evidence)}".strip()
    if isinstance(noun, Claim) and noun.proof and verdict < Verdict.PROVED:
        return f"{noun.name} {verdict.name}: its proof does not go through. {_why(evidence)}"
    if noun.changed and verdict_of(changed) is not Verdict.REFUTED:
        problem = ", ".join(f"{name} = {value!r}" for name, value in noun.changed.items())
        return (
            f"{noun.name} is deaf: on the changed problem ({problem}) it is {verdict_of(changed).name}, expected REFUTED; "
            f"bind its symbols to a computation that depends on the problem, not to the formula. {_why(changed)}"
        ).strip()
    return ""


def _why(evidence: Sequence[Evidence]) -> str:
    worst = min(evidence, key=lambda one: one.verdict, default=None)
    return (worst.counterexample or worst.reason) if worst and worst.verdict <= Verdict.UNDECIDED else ""


def _placed(formula: Formula, noun: Claim | Statement, problem: Any, evidence: Sequence[Evidence]) -> Formula:
    """The formula, its place moved to the relation that falls short."""
    relation = next((one.relation for one in evidence if one.verdict <= Verdict.UNDECIDED and one.relation is not None), None)
    if relation is None or not isinstance(noun, Claim) or not formula.places:
        return formula
    start = chain_of(noun, formula, problem).relations[relation].span[0]
    return dataclasses.replace(formula, place=formula.places[start])
