"""The appendix, one page made from the ledger: each claim with its page, verdict and links there and back; the report has the rest."""

from __future__ import annotations

from collections.abc import Sequence

from hwgen.model import Finding, Ledger, Tally, Verdict
from hwgen.page import tables

# So many claims stand side by side; some 150 of them fill a page then.
ACROSS = 3
COLUMNS = "@{}" + "@{\\qquad}".join(["l@{\\ }r@{\\ \\ }c@{\\ }r"] * ACROSS) + "@{}"
HEADER = ("claim", "p.", "", "wrong")
LETTERS = {Verdict.PROVED: "P", Verdict.SUPPORTED: "S", Verdict.REFUTED: "E", Verdict.UNDECIDED: "?"}
REPORT = "build/report/index.html"


def appendix(ledger: Ledger) -> str:
    """The whole appendix as LaTeX."""
    cells = [_cells(finding, ledger.tallies) for finding in _first(ledger.findings)]
    down = -(-len(cells) // ACROSS)
    empty = [""] * len(HEADER)
    columns = [cells[start : start + down] for start in range(0, down * ACROSS, down)] if cells else []
    rows = [[cell for column in columns for cell in (column[line] if line < len(column) else empty)] for line in range(down)]
    table = tables.long_table([list(HEADER) * ACROSS, *rows], COLUMNS)
    return "\n".join([_explained(ledger), "{\\scriptsize", table, "}", _versions(ledger)])


def _first(findings: Sequence[Finding]) -> list[Finding]:
    """One finding per name, at its first place on the pages."""
    seen: dict[str, Finding] = {}
    for finding in findings:
        seen.setdefault(finding.name, finding)
    return list(seen.values())


def _explained(ledger: Ledger) -> str:
    tested, displayed = ledger.coverage
    refuted = sum(tally.refuted for tally in ledger.tallies)
    return (
        f"Of {displayed} displayed relations {tested} are under test: their \\LaTeX{{}} is read, their symbols are bound to independent "
        "computations, and each relation is judged over its domain. "
        "An entry is one printed formula, which may be a chain of relations, or a sentence of a theorem: with its page, its verdict, and "
        "how many wrong versions of it, by one slip each, the same check refutes "
        f"({refuted} of them all). "
        "P, \\emph{proved}, means by algebra, calculus or interval arithmetic; S, \\emph{supported}, agreement at all cases, to the error "
        "bounds of the computations; E, \\emph{erratum}, that the relation is wrong, as the text says, and was found to be. "
        "How each formula was read and what its symbols are bound to, where both sides were compared and how far they agree, is shown by "
        f"the report that \\texttt{{hwgen report}} writes, \\texttt{{{REPORT}}}."
    )


def _cells(finding: Finding, tallies: Sequence[Tally]) -> list[str]:
    wrong = sum(tally.refuted for tally in tallies if tally.name == finding.name)
    return [
        f"\\hypertarget{{row.{finding.name}}}{{}}\\hyperlink{{claim.{finding.name}}}{{\\texttt{{{escaped(finding.name)}}}}}",
        f"\\pageref*{{claim:{finding.name}}}",
        LETTERS[finding.verdict],
        str(wrong) if wrong else "",
    ]


def escaped(text: str) -> str:
    """Plain text as LaTeX prints it."""
    return text.replace("\\", "").replace("_", r"\_").replace("%", r"\%").replace("&", r"\&").replace("^", r"\^{}").replace("#", r"\#")


def _versions(ledger: Ledger) -> str:
    listed = ", ".join(f"{name} {version}" for name, version in ledger.versions.items())
    return f"\n\\medskip\\noindent Computed with {escaped(listed)}.{effort(ledger)}\n"


def effort(ledger: Ledger) -> str:
    """A sentence on how much was computed, if that is not the usual."""
    factor = ledger.effort.factor
    return "" if factor == 1 else f" Effort: {ledger.effort.name}, {factor:g} times the points and repetitions of a standard run."
