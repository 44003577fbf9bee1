"""What a finding has to complain of, in the author's words, and at which place: nothing here judges."""

from __future__ import annotations

import dataclasses
import functools
import importlib.util
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hwgen.judging.chains import chain_of, conditions_of
from hwgen.model import Claim, Evidence, Formula, Hypothesis, Need, Place, Statement, Verdict, verdict_of
from hwgen.model.catalog import PROVED
from hwgen.model.errors import ContentError
from hwgen.model.place import short


def complaint(noun: Claim | Statement, verdict: Verdict, evidence: Sequence[Evidence], changed: Sequence[Evidence]) -> str:
    """Why a claim or statement falls short; empty if it does not."""
    if isinstance(noun, Claim) and noun.false:
        if verdict is Verdict.REFUTED:
            return ""
        return f"{noun.name} {verdict.name}: the text says this is wrong; expected a run that REFUTES it. {_why(evidence)}".strip()
    if verdict < noun.needs:
        return f"{noun.name} {verdict.name} {_why(evidence)}".strip()
    if isinstance(noun, Claim) and noun.proof and verdict < Verdict.PROVED:
        found = proof_at(noun)
        declared = f", declared at {found}," if found else ""
        return f"{noun.name} {verdict.name}: its proof{declared} does not go through. {_why(evidence)}"
    # Last: a claim that is wrong, or unproved, is that first, and deafness may only follow from it.
    if noun.changed and verdict_of(changed) is not Verdict.REFUTED:
        problem = ", ".join(f"{name} = {value!r}" for name, value in noun.changed.items())
        return (
            f"{noun.name} is deaf: on the changed problem ({problem}) it is {verdict_of(changed).name}, expected REFUTED; "
            "bind its symbols to a computation that depends on the problem, not to the formula; if they are, change in changed={…} "
            f"what the relation depends on, or say with identity='…' why nothing does. {_why(changed)}"
        ).strip()
    return ""


def _why(evidence: Sequence[Evidence]) -> str:
    worst = min(evidence, key=lambda one: one.verdict, default=None)
    return (worst.counterexample or worst.reason) if worst and worst.verdict <= Verdict.UNDECIDED else ""


def proof_at(claim: Claim) -> Place | None:
    """Where proofs.py has the claim's name, found in its text; None where the claim has no proof."""
    try:
        spec = importlib.util.find_spec(claim.proof) if claim.proof else None
    except (ImportError, ValueError):  # a module that was made by hand has no text
        return None
    if spec is None or not spec.origin:
        return None
    return Place(file=short(spec.origin), line=_proved(spec.origin).get(claim.name, 1))


@functools.cache
def _proved(path: str) -> Mapping[str, int]:
    text = Path(path).read_text()
    return {match[1] or match[2]: text.count("\n", 0, match.start()) + 1 for match in PROVED.finditer(text)}


def unneeded(name: str, hypotheses: Sequence[Hypothesis]) -> tuple[int, str]:
    """The first condition that is printed without need or reason, or kept with a reason and needed, and what is said of it."""
    for number, one in enumerate(hypotheses):
        # No reason to print a hypothesis stands for points at which nothing was tried.
        if one.need.told and (not one.kept or one.need is Need.UNREACHED):
            shown = f" ({one.said})" if one.said else ""
            said = f"its hypothesis {one.text} {one.need.value}{shown}"
            kept = f"the weakest one, or kept={{r'{one.text}': 'why it is printed'}}"
            return number, f"{name}: {said}; expected {'a wider domain' if one.need is Need.UNREACHED else kept}"
        if one.kept and not one.need.told:
            said = f"its hypothesis {one.text} is kept, it is said, because of {one.kept!r}, and {one.need.value}"
            return number, f"{name}: {said}; expected no kept=… for it"
    return 0, ""


def unprinted(claim: Claim, formula: Formula, problem: Any) -> None:
    """Every hypothesis that the claim keeps is printed, and none for a claim that needs none. Raises ContentError."""
    if claim.always and formula.hypotheses:
        printed = " ".join(formula.hypotheses[0].text.split())
        said = f"it needs no hypothesis, it is said, as it holds {claim.always}; expected no \\for{{{claim.name}}}{{{printed}}}"
        raise ContentError(f"\\{formula.macro}{{{claim.name}}}: {said}, or no always=…", formula.hypotheses[0].place)
    texts = {"".join(one.text.split()) for one in conditions_of(claim, formula, problem)}
    for text in claim.kept:
        if "".join(text.split()) not in texts:
            said = f"kept names {text}, which no \\for prints for it; expected one of {', '.join(sorted(texts)) or 'none'}"
            raise ContentError(f"\\{formula.macro}{{{claim.name}}}: {said}", formula.place)


def placed(formula: Formula, noun: Claim | Statement, problem: Any, evidence: Sequence[Evidence]) -> Formula:
    """The formula, its place moved to the relation that falls short, or to the hypothesis that lets a counter-example in."""
    short = next((one for one in evidence if one.verdict <= Verdict.UNDECIDED and one.relation is not None), None)
    if short is None or not isinstance(noun, Claim):
        return formula
    if short.hypothesis is not None:
        return moved(formula, conditions_of(noun, formula, problem)[short.hypothesis].place)
    if not formula.places or short.relation is None:
        return formula
    start = chain_of(noun, formula, problem).relations[short.relation].span[0]
    return moved(formula, formula.places[start])


def moved(formula: Formula, place: Place) -> Formula:
    """The formula at another place."""
    return dataclasses.replace(formula, place=place)
