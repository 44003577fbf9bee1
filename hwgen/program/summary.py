"""What a run says: numbers with the digits that are known, one line per finding that falls short, one per exercise."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from hwgen.model import Finding, Formula, Ledger, Need, Place, Tally, Verdict
from hwgen.model.place import short
from hwgen.page.nouns import counted
from hwgen.page.page import Printable
from hwgen.program.excerpt import with_line
from hwgen.reading.commands import RELATIONS
from hwgen.reading.lexer import tokens

_RAISED = re.compile(
    r"(?P<said>.*(?:its check raised|what computes) .*) \((?P<file>[^()\s]+\.py):(?P<line>\d+)(?P<function>, in [^()]+)?\)", re.DOTALL
)
NOBODY: Mapping[str, Printable] = MappingProxyType({})


def complaint(finding: Finding, claims: Mapping[str, Printable] = NOBODY) -> tuple[str, Place]:
    """One finding that falls short, as a message at its template line, or at the line of the content that raised an exception.

    The fault may be in the formula or in what its symbols stand for: `claims` say where each is declared.
    """
    raised = _RAISED.fullmatch(finding.complaint)
    if raised is None:
        said = "; ".join([finding.complaint.rstrip("."), *_declared(claims.get(finding.name))])
        return f"{finding.formula.place}: {said}", finding.formula.place
    place = Place(file=raised["file"], line=int(raised["line"]))
    return f"{place}: {raised['said']}{raised['function'] or ''}; printed at {finding.formula.place}", place


def _declared(claim: Printable | None) -> Iterator[str]:
    if claim is not None and claim.file:
        what = "it is tried" if claim.macro == "verified" else "its symbols are bound"
        yield f"{what} at {short(claim.file)}:{claim.line}"


def standing(verdict: str, passed: bool) -> str:
    """The verdict in a word, or that it is not enough: what is proved falls short too, where its check is deaf or it needs another."""
    return verdict if passed or Verdict[verdict] < Verdict.SUPPORTED else f"FELL SHORT, though {verdict}"


def errata(ledger: Ledger) -> list[list[str]]:
    """What the text says is wrong, and is: its name, its text, and the counter-example that this run found."""
    return [[one.name, one.formula.text, one.evidence[0].counterexample] for one in ledger.errata]


def survivors(tally: Tally) -> list[str]:
    """What is wrong with a check, as messages at its template line: wrong versions that pass, or a kind of which none was refuted."""
    if not tally.survivors:
        kinds = "; ".join(tally.blind) or "of any kind"
        few = f"no wrong version was refuted: {kinds}; expected one at least: widen its domain, or sharpen its oracles"
        return [f"{tally.formula.place}: {tally.name}: {few}"]
    sharp = (
        "; declare how sharp its inequality is, as in sharp=[Binds(at={…})], at a point that tells the wrong version apart, "
        "or what both its sides are by their derivation, Derived(larger=…, smaller=…)"
        if any(RELATIONS.get(one, "=") != "=" for one in tokens(tally.formula.text).texts)
        else ""
    )
    return [
        f"{tally.formula.place}: {tally.name}: its check passes on a wrong version ({survivor}); expected a check that refutes it{sharp}"
        for survivor in tally.survivors
    ]


COLUMNS = (
    "read: could be read, and were judged; refuted: a point was found where it fails; close: a strict sign between sides that are the same "
    "to within their errors; stopped: no verdict for another cause; both stop a build as well; same: the same relation in other words; "
    "survived: passed, and the check is to be mended; unreadable: stops a build as it is"
)


def recalled(evidence: Mapping[str, Any]) -> Ledger:
    """Of a ledger in plain data what tells whether anything falls short."""
    findings = [
        Finding(name=one["name"], formula=_formula(one), verdict=Verdict[one["verdict"]], passed=one["passed"], evidence=(), complaint=said)
        for one in evidence["findings"]
        if (said := one["complaint"]) or not one["passed"]
    ]
    tallies = [
        Tally(name=one["name"], formula=_formula(one), refuted=one["refuted"], survivors=tuple(one["survivors"]), blind=tuple(one["blind"]))
        for one in evidence["tallies"]
    ]
    known: dict[str, Any] = {"constants": {}, "figures": {}, "seconds": {}, "versions": {}, "coverage": (0, 0)}
    return Ledger(findings=tuple(findings), tallies=tuple(tallies), **known)


def _formula(row: Mapping[str, Any]) -> Formula:
    told, name = row["formula"], row["name"]
    file, line, column = re.fullmatch(r"(.*?):(\d+)(?::(\d+))?", told["place"]).groups()  # type: ignore[union-attr]  # as Place writes it
    place = Place(file=file, line=int(line), column=int(column) if column else None)
    return Formula(macro=told["macro"], name=name, text=told["text"], place=place)


def short_of(ledger: Ledger, claims: Mapping[str, Printable] = NOBODY, root: Path = Path()) -> list[str]:
    """What falls short, as messages with the line that each is about: the checks that pass on a wrong version, then the claims."""
    checks = [line for tally in ledger.survivors for line in survivors(tally)]
    return [*checks, *dict.fromkeys(with_line(*complaint(finding, claims), root) for finding in ledger.short)]


def mutants_table(tallies: Sequence[Tally]) -> list[str]:
    """One line per formula: how many wrong versions were read, and what became of them."""
    if not tallies:
        return ["no wrong versions: those of an erratum, a sentence without a formula, or what falls short itself say nothing of its check"]
    lines = [f"{'claim':<28} {'read':>5} {'refuted':>8} {'close':>6} {'stopped':>8} {'same':>5} {'survived':>9}   unreadable"]
    for tally in tallies:
        readable = tally.refuted + tally.close + tally.stopped + tally.same + len(tally.survivors)
        read = f"{readable:>5} {tally.refuted:>8} {tally.close:>6} {tally.stopped:>8} {tally.same:>5} {len(tally.survivors):>9}"
        lines.append(f"{tally.name:<28} {read}   {tally.unreadable}")
    return [*lines, *without_verdict(tallies), COLUMNS]


def without_verdict(tallies: Sequence[Tally]) -> list[str]:
    """How many wrong versions have no verdict, which stops a build as well, and why; the most frequent reason first."""
    stopped = [one.at for tally in tallies for one in (*tally.wrong, *tally.hypotheses) if one.fate == "stopped"]
    if not stopped:
        return []
    reasons = "; ".join(f"{count} {reason}" for reason, count in Counter(stopped).most_common())
    return [f"{counted(len(stopped), 'wrong version')} without a verdict: {reasons}"]


def summary(ledger: Ledger, exercises: Sequence[tuple[str, Iterable[str]]]) -> list[str]:
    """One line per exercise, then the coverage."""
    lines = []
    for exercise, names in exercises:
        own = [finding for finding in ledger.findings if finding.name in set(names)]
        if own:
            lines.append(f"{exercise}: {_counted(own)}")
    lines += hypotheses(ledger.findings)
    lines += copied(ledger.findings)
    tested, displayed = ledger.coverage
    if displayed:
        wrong = sum(tally.refuted for tally in ledger.tallies)
        versions = f", {counted(wrong, 'wrong version')} of {'it' if displayed == 1 else 'them'} refuted" if wrong else ""
        lines.append(f"{tested} of {counted(displayed, 'displayed relation')} under test{versions}")
    if ledger.effort.factor != 1:
        lines.append(f"effort {ledger.effort}{'; not for handing in' * ledger.effort.light}")
    return lines


def hypotheses(findings: Sequence[Finding]) -> list[str]:
    """How many printed hypotheses are under test, and how many claims have them in words only, need none, or say nothing of any.

    Of what falls short no hypothesis is tried: it is not counted.
    """
    once = list({one.name: one for one in findings if one.formula.macro != "verified" and one.passed}.values())
    found = [one for finding in once for one in finding.hypotheses]
    if not found and not any(finding.in_words or finding.always for finding in once):
        return []
    needed = sum(one.need is Need.EXACT for one in found)
    kept = sum(bool(one.kept) for one in found)
    claims = sum(bool(finding.hypotheses) for finding in once)
    told = sum(one.need.told and not one.kept for one in found)
    apart = sum(one.need is Need.APART for one in found)
    idle = len(found) - needed - kept - told - apart
    more = f"{told} not needed as printed, " * bool(told)
    more += f"{apart} with nothing tried right beside them, " * bool(apart)
    of = f"{needed} needed as printed, {kept} kept for a reason, {more}{idle} with nothing outside of them to try"
    all_of_them = f"{len(found)} hypothes{'i' if len(found) == 1 else 'e'}s of {counted(claims, 'claim')}"
    return [*([f"{all_of_them} under test: {of}"] if found else []), f"of the {'other ' if found else ''}claims {_untested(once)}"]


def copied(findings: Sequence[Finding]) -> list[str]:
    """How many largest ratios were copied from a run, if any was: they guard against later changes only."""
    once = {finding.name: finding.copied for finding in findings if finding.copied}
    if not once:
        return []
    number = sum(len(texts) for texts in once.values())
    are = "is" if number == 1 else "are"
    return [f"{counted(number, 'largest ratio')} of {counted(len(once), 'claim')} {are} copied from a run, which hwgen list --copied names"]


def _untested(findings: Sequence[Finding]) -> str:
    """Of the claims without a hypothesis under test: which have them in words, need none, or say nothing; an error is only refuted."""
    rest = [finding for finding in findings if not finding.hypotheses and finding.formula.macro == "checked"]
    words = sum(bool(finding.in_words) for finding in rest)
    none = sum(bool(finding.always) for finding in rest)
    silent = len(rest) - words - none
    said = sum(len(finding.in_words) for finding in findings)
    return f"{words} have them in words only, {none} need none, {silent} say nothing; {said} hypotheses in words"


def _counted(findings: Sequence[Finding]) -> str:
    short = sum(not finding.passed for finding in findings)
    words = [
        f"{sum(finding.verdict is verdict and finding.passed for finding in findings)} {word}"
        for verdict, word in (
            (Verdict.PROVED, "proved"),
            (Verdict.SUPPORTED, "supported"),
            (Verdict.REFUTED, "errata refuted"),
        )
        if any(finding.verdict is verdict and finding.passed for finding in findings)
    ]
    words = ["1 erratum refuted" if one == "1 errata refuted" else one for one in words]
    if short:
        words.append(f"{short} FELL SHORT")
    fresh = sum(not finding.reused for finding in findings)
    return f"{', '.join(words)} ({len(findings)} printed, {fresh} judged now)"


def details(finding: Finding) -> list[str]:
    """Everything one run knows of a finding, for `hwgen check NAME`."""
    lines = [f"{finding.formula.place}: {finding.name} {standing(finding.verdict.name, finding.passed)}"]
    for label, looks in (("", finding.evidence), ("changed problem: ", finding.changed)):
        for look in looks:
            worst = f", worst deviation {look.deviation:.1e} against {look.tolerance:.1e}" if look.reason and look.cases else ""
            worst += f" ({look.reason})" if look.reason else ""
            lines.append(f"  {label}{look.verdict.name} by {look.method}: {look.cases} case{'s' * (look.cases != 1)}{worst}")
            if look.counterexample:
                lines.append(f"    {look.counterexample}")
    lines += [f"  for {one.text}: it {one.need.value}{because(one.said, one.kept)}" for one in finding.hypotheses]
    lines += [f"  in words: {one}" for one in finding.in_words]
    return [*lines, *([f"  needs no hypothesis: it holds {finding.always}"] if finding.always else [])]


def because(said: str, kept: str) -> str:
    """What shows how a hypothesis stands, and why it is kept without need."""
    return f"{f' ({said})' if said else ''}{f'; kept: {kept}' if kept else ''}"
