"""What a run says: numbers with the digits that are known, one line per finding that falls short, one per exercise."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence

from hwgen.model import FEWEST_REFUTED, Estimate, Finding, Ledger, Tally, Verdict


def digits(estimate: Estimate) -> str:
    r"""The number as LaTeX for math mode, to the digits its error fixes.

    Statistical: the standard error's leading digit in parentheses, -0.497(3). Enclosure: the decimals that all its numbers
    share after rounding. An exact integer: all its digits.
    """
    number, error = estimate.value, abs(estimate.error)
    if not math.isfinite(number) or not math.isfinite(error):
        raise ValueError(f"a printed number must be finite, with a finite error; found {number} ± {error}")
    if error == 0:
        return str(int(number)) if float(number).is_integer() and abs(number) < 1e15 else _scaled(number, f"{number:.10g}")
    return _with_error(number, error) if estimate.statistical else _enclosed(number, error)


def _with_error(number: float, error: float) -> str:
    place = math.floor(math.log10(error))
    if round(error, -place) >= 10.0 ** (place + 1):
        place += 1
    decimals = max(0, -place)
    shown = round(error, -place)
    last = round(shown * 10**decimals)
    return f"{round(number, -place):.{decimals}f}({last})"


def _enclosed(number: float, error: float) -> str:
    low, high = number - error, number + error
    most = 10 - max(-5, math.floor(math.log10(abs(number)))) if number else 10
    for decimals in range(most, -1, -1):
        if f"{low:.{decimals}f}" == f"{high:.{decimals}f}":
            return _scaled(number, f"{number:.{decimals}f}")
    for zeros in range(1, 300):
        if round(low, -zeros) == round(high, -zeros) != 0:
            size = math.floor(math.log10(abs(round(number, -zeros))))
            return rf"{number / 10.0**size:.{max(0, size - zeros)}f}\times 10^{{{size}}}"
        if 10.0**zeros > 10 * (abs(number) + error):
            break
    return _with_error(number, error)


def _scaled(number: float, plain: str) -> str:
    """Plain decimals in the range that reads well, powers of ten elsewhere."""
    if number == 0 or 1e-4 <= abs(number) < 1e7:
        return plain
    significant = len(plain.replace("-", "").replace(".", "").lstrip("0"))
    mantissa, exponent = f"{number:.{max(0, significant - 1)}e}".split("e")
    return rf"{mantissa}\times 10^{{{int(exponent)}}}"


def complaint(finding: Finding) -> str:
    """One finding that falls short, as a message at its template line."""
    return f"{finding.formula.place}: {finding.complaint}"


def erratum(finding: Finding) -> str:
    """What the text says is wrong, and the counter-example that this run found; not worded as a problem, which editors look for."""
    return f"erratum {finding.name} ({finding.formula.place}) is wrong, as the text says: {finding.evidence[0].counterexample}"


def survivors(tally: Tally) -> list[str]:
    """What is wrong with a check, as messages at its template line: wrong versions that pass, or too few that were refuted."""
    if not tally.survivors:
        few = f"only {tally.refuted} wrong versions were refuted; expected {FEWEST_REFUTED}: widen its domain, or print more of it"
        return [f"{tally.formula.place}: {tally.name}: {few}"]
    return [
        f"{tally.formula.place}: {tally.name}: its check passes on a wrong version ({survivor}); expected a check that refutes it"
        for survivor in tally.survivors
    ]


def mutants_table(tallies: Sequence[Tally]) -> list[str]:
    """One line per formula: how many wrong versions were read, and what became of them."""
    lines = [f"{'claim':<28} {'read':>5} {'refuted':>8} {'stopped':>8} {'same':>5} {'survived':>9}   unreadable"]
    for tally in tallies:
        readable = tally.refuted + tally.stopped + tally.same + len(tally.survivors)
        counts = f"{readable:>5} {tally.refuted:>8} {tally.stopped:>8} {tally.same:>5} {len(tally.survivors):>9}   {tally.unreadable}"
        lines.append(f"{tally.name:<28} {counts}")
    return lines


def summary(ledger: Ledger, exercises: Sequence[tuple[str, Iterable[str]]]) -> list[str]:
    """One line per exercise, then the coverage."""
    lines = []
    for exercise, names in exercises:
        own = [finding for finding in ledger.findings if finding.name in set(names)]
        if own:
            lines.append(f"{exercise}: {_counted(own)}")
    tested, displayed = ledger.coverage
    if displayed:
        wrong = sum(tally.refuted for tally in ledger.tallies)
        versions = f", {wrong} wrong versions of them refuted" if wrong else ""
        lines.append(f"{tested} of {displayed} displayed relations under test{versions}")
    return lines


def reused(said: Sequence[str]) -> list[str]:
    """The same summary for a build that judged nothing again."""
    return [re.sub(r"\d+ judged now\)", "0 judged now)", line) for line in said]


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
    if short:
        words.append(f"{short} FELL SHORT")
    fresh = sum(not finding.reused for finding in findings)
    return f"{', '.join(words)} ({len(findings)} printed, {fresh} judged now)"


def details(finding: Finding) -> list[str]:
    """Everything one run knows of a finding, for `hwgen check NAME`."""
    lines = [f"{finding.formula.place}: {finding.name} {finding.verdict.name}"]
    for label, looks in (("", finding.evidence), ("changed problem: ", finding.changed)):
        for look in looks:
            worst = f"{look.cases} cases, worst deviation {look.deviation:.1e} against {look.tolerance:.1e}"
            lines.append(f"  {label}{look.verdict.name} by {look.method}: {worst} ({look.reason})")
            if look.counterexample:
                lines.append(f"    {look.counterexample}")
    return lines
