"""The summary of all checks on one page, made from the ledger: sums over the exercises, and what is not under test by its number."""

from __future__ import annotations

from collections.abc import Container, Sequence

from hwgen.model import Finding, Ledger, Verdict
from hwgen.model.catalog import Catalog
from hwgen.page import tables
from hwgen.page.appendix import effort, escaped
from hwgen.page.coverage import Display

HEADER = ("exercise", "relations", "statements", "proved", "supported", "errata", "wrong versions refuted")


def overview(ledger: Ledger, content: Catalog, shown: Sequence[Display]) -> str:
    """The whole summary as LaTeX."""
    rows = [HEADER, *(_row(str(number), _of(ledger.findings, one.nouns), ledger) for number, one in enumerate(content.exercises, 1))]
    return "\n\n".join(
        [f"{tables.wide_tabular(rows)}\n\\par\\medskip\\noindent", _meanings(ledger), _untested(ledger, shown), _versions(ledger)]
    )


def coverage(ledger: Ledger, shown: Sequence[Display]) -> str:
    """One sentence: how many displayed relations are under test, where the others are, and what became of the wrong versions."""
    tested, displayed = ledger.coverage
    others = _others(shown)
    left = f" (the others, which text alone supports, are in~{others})" if others else ""
    return (
        f"{tested} of the {displayed} displayed relations{left}; of the wrong versions of those under test, made by one slip and "
        f"tried in the same way, {_fates(ledger)}"
    )


def _fates(ledger: Ledger) -> str:
    """What became of the wrong versions that say something else: refuted, without a verdict, and missed."""
    refuted, close, stopped = (sum(getattr(one, fate) for one in ledger.tallies) for fate in ("refuted", "close", "stopped"))
    missed = sum(len(one.survivors) for one in ledger.tallies)
    parts = [f"{refuted} were refuted", f"{missed or 'none'} passed"]
    parts += [f"{close} have a strict sign between sides that are the same to within their errors"] * bool(close)
    parts += [f"{stopped} stayed undecided"] * bool(stopped)
    return f"{', '.join(parts[:-1])}{',' * (len(parts) > 2)} and {parts[-1]}"


def _of(findings: Sequence[Finding], names: Container[str]) -> list[Finding]:
    """The findings of an exercise, one for each printed formula."""
    return list({(one.name, one.formula.text): one for one in findings if one.name in names}.values())


def _row(number: str, findings: Sequence[Finding], ledger: Ledger) -> list[str]:
    names = {one.name for one in findings}
    said = [one for one in findings if one.formula.macro == "verified"]
    counts = [
        len(findings) - len(said),
        len(said),
        *(sum(one.verdict is verdict for one in findings) for verdict in (Verdict.PROVED, Verdict.SUPPORTED, Verdict.REFUTED)),
        sum(tally.refuted for tally in ledger.tallies if tally.name in names),
    ]
    return [number, *(str(count) for count in counts)]


def _meanings(ledger: Ledger) -> str:
    methods = {look.method for one in ledger.findings for look in one.evidence if look.verdict is Verdict.PROVED}
    changed = {one.name for one in ledger.findings if one.changed}
    errata = dict.fromkeys(one.name for one in ledger.findings if one.formula.macro == "refuted")
    pages = _listed([f"\\pageref{{claim:{name}}}" for name in errata])
    where = f" (page{'s' * (len(errata) > 1)}~{pages})" if errata else ""
    return (
        "Relations are counted by formulas here, a chain of them as one; a statement is a sentence that a computation has "
        "tried to contradict. "
        "\\emph{Proved} is by algebra, calculus or interval arithmetic from the definitions of the symbols "
        f"({len(methods)} methods); "
        "\\emph{supported} is agreement with an independent computation at all cases, within the error bounds of both; "
        f"an \\emph{{erratum}}{where} is wrong, as the text says, and was found to be. "
        "A wrong version differs from the printed formula by a digit, a sign, a factor, an exponent, a symbol or a relation; "
        f"those counted were refuted by the same check; in all, {_fates(ledger)}. "
        "A relation under test is printed only if its own check has succeeded. "
        f"{len(changed)} claims were judged in a changed setting as well, where each of them failed, as it must."
    )


def _untested(ledger: Ledger, shown: Sequence[Display]) -> str:
    tested, displayed = ledger.coverage
    others = _others(shown)
    said = f"The others, which text alone supports, are in~{others}." if others else ""
    return f"Counted link by link, {tested} of {displayed} displayed relations are under test. {said}"


def _others(shown: Sequence[Display]) -> str:
    """The displays with a relation that is not under test: by their numbers, or counted; empty if there is none."""
    left = [display for display in shown if display.tested < display.relations]
    numbers = [f"\\eqref{{{display.label}}}" for display in left if display.label]
    nameless = sum(not display.label for display in left)
    return _listed([*numbers, *([f"{nameless} without a number"] if nameless else [])])


def _listed(named: Sequence[str]) -> str:
    """One, two and three: an enumeration in words."""
    return " and ".join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named)


def _versions(ledger: Ledger) -> str:
    listed = ", ".join(f"{name} {version}" for name, version in ledger.versions.items())
    return f"Computed with {escaped(listed)}.{effort(ledger)}"
