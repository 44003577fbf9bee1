"""`hwgen why NAME`: where a thing is printed, what was checked, by which function, from what, and what made it stale."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from hwgen.freshness import history
from hwgen.judging import described, ledger
from hwgen.judging.claim import chain_of
from hwgen.judging.tasks import label
from hwgen.model import Claim, Constant, Estimate, Figure, Need, Place, Statement
from hwgen.model.errors import ContentError, InputError
from hwgen.page.digits import digits
from hwgen.page.nouns import counted
from hwgen.page.rendered import placeholders
from hwgen.program import build
from hwgen.program.listing import common, overlapping
from hwgen.program.pointed import names
from hwgen.program.printed_on import claimed, pages
from hwgen.program.summary import because, standing
from hwgen.reading.spelled import spelled
from hwgen.report.words import granted

LEDGER = build.BUILD / "ledger.json"
_NUMBER = re.compile(r"-?\d*\.?\d+(\(\d+\))?(e-?\d+)?$")
# A power of ten, as LaTeX or as it is copied from a page.
_TEN = re.compile(r"(?:\\times|\\cdot|[×·*])10\^?\{?(-?\d+)\}?")
# A decimal comma, as it is written in French, or as LaTeX keeps it from being a list's.
_COMMA = re.compile(r"^(-?\d+)(?:,|\{,\})(\d+(?:\(\d+\))?(?:e-?\d+)?)$")
_RAISED = str.maketrans("−⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "--0123456789")


def why(document: build.Document, name: str) -> list[str]:
    """Everything known of a name, printed number, place or label; verdicts and values are those of the last build."""
    found = _ledger(document.request.root)
    number = _plain(name)
    if found is None and name not in document.content.nouns and _NUMBER.match(number):
        raise InputError(f"{LEDGER}: not there yet, and numbers are told by what was built; run hwgen pdf first")
    if found and _NUMBER.match(number) and name not in document.content.nouns:
        printing = _printing(found, number)
        if not printing:
            expected = "expected one on its pages (another version prints others), or a name that `hwgen list` shows"
            raise ContentError(f"{name}: no constant of the last build prints this number; {expected}")
        return [line for one, text in printing.items() for line in [_called(number, one, text), *why(document, one)]]
    if name not in document.content.nouns and (pointed := names(document.content, document.page, name)):
        return [line for one in pointed for line in [*([f"{name}: {one}"] if len(pointed) > 1 else []), *why(document, one)]]
    noun = document.content.find(name)
    return [
        f"{type(noun).__name__.lower()} {name} of {noun.exercise}: {noun.sentence}",
        f"  by {_by(described.made_by(noun))}",
        *_proof(noun),
        *_on_trust(noun),
        *_printed(document, noun, name),
        *_known(found, noun, name),
        *_computed(document, noun, name),
    ]


def _known(found: Mapping[str, Any] | None, noun: Any, name: str) -> list[str]:
    """What the last build found, or that it found nothing of this."""
    said = list(_found(found, noun, name)) if found else []
    shown = isinstance(noun, Claim | Statement | Constant)
    return said if said or (found and not shown) else ["  not built yet; hwgen pdf has verdicts and values"]


def _proof(noun: Any) -> Iterator[str]:
    found = described.proved_by(noun) if isinstance(noun, Claim) else None
    if found:
        yield f"  proved by {_by(found)}"


def _on_trust(noun: Any) -> Iterator[str]:
    """What the author declares that a check lets pass, and why there is no changed problem."""
    if isinstance(noun, Claim):
        yield from (f"  on trust: {said}" for said in granted(described.granted(noun)))
        yield from [f"  no changed problem: {noun.identity}"] if noun.identity else []


def _by(made: Mapping[str, str]) -> str:
    return f"{made['function']} ({made['place']})"


def _ledger(root: Path) -> dict[str, Any] | None:
    """What the last build found; None where there was none. Raises InputError where that cannot be told."""
    path = root / LEDGER
    if not path.exists():
        return None
    text = ledger.left(path)
    if text is None:
        raise InputError(f"{path}: damaged, or written elsewhere; expected what hwgen pdf wrote here. Run hwgen pdf again")
    found: dict[str, Any] = json.loads(text)
    return found


def _plain(number: str) -> str:
    """A number as it is typed, `-0.500(2)` or `1.54e6`, for one with a minus sign of its own, as a power of ten, or with a comma."""
    return _COMMA.sub(r"\1.\2", _TEN.sub(r"e\1", "".join(number.split()).translate(_RAISED)))


def _printing(found: Mapping[str, Any], number: str) -> dict[str, str]:
    """The constants whose printed form is the number, or begins with it, if need be but for its sign, and that form."""
    printed = {name: _plain(digits(Estimate(**estimate))) for name, estimate in found["constants"].items()}
    exact = {name: text for name, text in printed.items() if text == number}
    begun = ({name: text for name, text in printed.items() if text.startswith(f"{sign}{number}")} for sign in ("", "-"))
    return exact or next((one for one in begun if one), {})


def _called(number: str, name: str, printed: str) -> str:
    if printed == number:
        return f"{number} is the constant {name}"
    sign = "" if printed.startswith(number) else " but for its sign"
    return f"{printed}, which begins with {number}{sign}, is the constant {name}"


def _printed(document: build.Document, noun: Any, name: str) -> Iterator[str]:
    if isinstance(noun, Claim | Statement):
        places = [formula.place for formula in document.formulas if formula.name == name]
        for place, page in zip(places, claimed(document.request.root, document.formulas)[name], strict=True):
            yield f"  printed at {place}{f', page {page}' if page else ''}"
        yield from _read(document, noun, name)
    else:
        on = pages(document.request.root, name)
        shown: list[Place] = [place for _, what, place in placeholders(document.page.rendered) if what == name]
        figure = f" as {noun.path}" if isinstance(noun, Figure) else ""
        for place in shown:
            yield f"  printed at {place}{figure}{f', page {on[0]}' if on else ''}"


def _read(document: build.Document, noun: Claim | Statement, name: str) -> Iterator[str]:
    """How each formula of a claim was read, every bracket and range spelled out."""
    if isinstance(noun, Claim):
        problem = next(exercise.problem for exercise in document.content.exercises if name in exercise.nouns)
        said = []
        for formula in document.formulas:
            if formula.name == name:
                found = overlapping(noun, formula, problem)
                said += [f"  {common({'common': found.common, 'of': found.of})}", f"  read as {spelled(chain_of(noun, formula, problem))}"]
        yield from dict.fromkeys(said)


def _found(told: Mapping[str, Any], noun: Any, name: str) -> Iterator[str]:
    if isinstance(noun, Constant) and name in told["constants"]:
        estimate = Estimate(**told["constants"][name])
        known = f"{'standard error' if estimate.statistical else 'within ±'} {estimate.error:.2g}" if estimate.error else "exact"
        source = ", ".join(noun.of) or "the problem"
        rounded = f", rounded {estimate.rounds}" if estimate.rounds else ""
        yield f"  value {estimate.value!r}, {known}, printed as {digits(estimate)}{rounded}; from {source}"
    own = [finding for finding in told["findings"] if finding["name"] == name]
    found: dict[tuple[str, ...], list[str]] = {}
    for finding in own:
        at_once = [standing(finding["verdict"], finding["passed"])] if own[1:] or _is_news(finding) else [""]
        found.setdefault((*at_once, *_evidence(finding, bool(told["tallies"]))), []).append(finding["formula"]["place"])
    for (stands, *lines), places in found.items():
        yield from [f"  {stands} ({', '.join(places)})"] if stands else []
        yield from lines
    counted_at: dict[str, list[str]] = {}
    for tally in (one for one in told["tallies"] if one["name"] == name):
        said = f"  {counted(tally['refuted'], 'wrong version')} refuted, {len(tally['survivors'])} survived"
        counted_at.setdefault(said, []).append(tally["formula"]["place"])
    for said, places in counted_at.items():
        yield f"{said} ({', '.join(places)})" if len(counted_at) > 1 else said


def _is_news(finding: Mapping[str, Any]) -> bool:
    """Whether the verdict is told by none of its evidence, or is not enough."""
    return not finding["passed"] or finding["verdict"] not in {look["verdict"] for look in finding["evidence"]}


def _evidence(finding: Mapping[str, Any], tallied: bool) -> Iterator[str]:
    """All that is known of a claim at one place, or at several where it is the same."""
    yield from [f"  {finding['complaint']}"] if finding["complaint"] else []
    for look in finding["evidence"]:
        seed = f", seed {look['seed']}" if look["seed"] is not None else ""
        against = f", deviation {look['deviation']:.1e} against {look['tolerance']:.1e} ({look['reason']})" if look["reason"] else ""
        yield f"    {look['verdict']} by {look['method']}: {counted(look['cases'], 'case')}{against}{seed}"
    for one in finding["hypotheses"]:
        yield f"    for {one['text']}: it {Need[one['need']].value}{because(one['said'], one['kept'])}"
    yield from (f"    in words: {one}" for one in finding["in_words"])
    yield from [f"    needs no hypothesis: it holds {finding['always']}"] if finding.get("always") else []
    if tallied and not finding["passed"]:
        yield "  its wrong versions are not counted, as it falls short itself"


def _computed(document: build.Document, noun: Any, name: str) -> Iterator[str]:
    """When what is printed now was computed; what once stood in its place is nobody's any more."""
    root, recalled = document.request.root, history.recall(document.request.root / build.BUILD)
    now = list(dict.fromkeys(label(one) for one in document.formulas if one.name == name)) or [name]
    for one in now:
        part = f" ({' '.join(one.removeprefix(name).removeprefix(': ').split())})" if now[1:] else ""
        if one in recalled:
            when = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(recalled[one]["computed"]))
            yield f"  last computed {when}{part}, since {recalled[one]['why']}"
        elif isinstance(noun, Claim | Statement) and any(known.startswith(f"{name}: ") for known in recalled):
            yield f"  not judged yet as it is printed now{part}; hwgen check {name} does that"
    if versions := (_ledger(root) or {}).get("versions"):
        yield f"  with {', '.join(f'{library} {version}' for library, version in versions.items())}"
    for study in getattr(noun, "of", ()):
        yield f"  views the study {study}: hwgen why {study}"
