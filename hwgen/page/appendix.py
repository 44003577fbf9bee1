"""The appendix, made from the ledger: one line per claim, with links to where it is printed and back."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from hwgen.model import Choices, Claim, Finding, Interval, Kind, Ledger, Range, Statement, Tally, Vectors, Verdict
from hwgen.model.catalog import Catalog
from hwgen.page import tables

COLUMNS = "@{}l@{\\ }r@{\\quad}l@{\\ \\ }l@{\\quad}>{\\raggedright\\arraybackslash}p{0.21\\textwidth}@{\\quad}rrr@{}"
HEADER = ("claim", "p.", "verdict", "by", "domain", "cases", "deviation", "refuted")


BY = {Kind.NUMERIC: "cases", Kind.SYMBOLIC: "algebra", Kind.INTERVAL: "balls"}


def appendix(ledger: Ledger, content: Catalog) -> str:
    """The whole appendix as LaTeX."""
    rows = [HEADER, *(_row(finding, content, ledger.tallies) for finding in _first(ledger.findings))]
    return "\n".join([_explained(ledger), "{\\scriptsize", tables.long_table(rows, COLUMNS), "}", *_ends(ledger, content)])


def _ends(ledger: Ledger, content: Catalog) -> list[str]:
    """What follows the table."""
    return [_proofs(ledger), _identities(content), _versions(ledger)]


def _proofs(ledger: Ledger) -> str:
    """How each proved claim was proved, methods with the claims that they prove."""
    methods: dict[str, list[str]] = {}
    for finding in _first(ledger.findings):
        for look in finding.evidence:
            if look.verdict is Verdict.PROVED:
                methods.setdefault(look.method, []).append(f"\\texttt{{{escaped(finding.name)}}}")
    if not methods:
        return ""
    listed = "; ".join(f"by {escaped(method)}: {', '.join(names)}" for method, names in methods.items())
    return f"\n\\medskip\\noindent Proved, {listed}.\n"


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
        "A row is one printed formula, which may be a chain of relations, or a sentence of a theorem. "
        "A deviation is the largest absolute difference of two sides said to be equal, or excess of a smaller side, "
        "rounded up to a power of ten. "
        "\\emph{Supported} means agreement at all cases, to the error bounds of the computations; \\emph{proved} means by algebra, "
        "calculus or interval arithmetic; \\emph{erratum} that the relation is wrong, as the text says, and was found to be. "
        f"The last column counts the wrong versions of the printed formula, by one slip each, that the same check refutes: {refuted}."
    )


def _row(finding: Finding, content: Catalog, tallies: Sequence[Tally]) -> list[str]:
    noun = content.find(finding.name)
    look = finding.evidence[0]
    wrong = sum(tally.refuted for tally in tallies if tally.name == finding.name)
    return [
        f"\\hypertarget{{row.{finding.name}}}{{}}\\hyperlink{{claim.{finding.name}}}{{\\texttt{{{escaped(finding.name)}}}}}",
        f"\\pageref*{{claim:{finding.name}}}",
        "erratum" if finding.verdict is Verdict.REFUTED else finding.verdict.name.lower(),
        _methods(finding),
        domain(noun.domain) if isinstance(noun, Claim) else _looks(finding),
        str(look.cases if isinstance(noun, Claim) else sum(one.cases for one in finding.evidence)),
        "" if finding.verdict is Verdict.REFUTED else power_of_ten(look.deviation),
        str(wrong) if wrong else "",
    ]


def _looks(finding: Finding) -> str:
    """What a statement was tried by: the first look, and how many more there were."""
    more = len(finding.evidence) - 1
    return escaped(finding.evidence[0].method) + (f"; {more} more of the kind" if more else "")


def _methods(finding: Finding) -> str:
    """What the verdict rests on: the kinds beyond sampled cases, or these alone."""
    kinds = [BY[one.kind] for one in finding.evidence]
    return ", ".join(dict.fromkeys([kind for kind in kinds if kind != BY[Kind.NUMERIC]] or kinds))


def escaped(text: str) -> str:
    """Plain text as LaTeX prints it."""
    return text.replace("\\", "").replace("_", r"\_").replace("%", r"\%").replace("&", r"\&").replace("^", r"\^{}").replace("#", r"\#")


def domain(spreads: Mapping[str, Range]) -> str:
    """A claim's domain in a few words."""
    return ", ".join(f"{escaped(name)}{_spread(spread)}" for name, spread in spreads.items()) or "no variable"


def _spread(spread: Range) -> str:
    if isinstance(spread, Choices):
        return f" ({len(spread.values)} cases)"
    if isinstance(spread, Vectors):
        return f"$\\in\\mathbb R^{spread.dimension}$, norm{_spread(spread.norm)}"
    assert isinstance(spread, Interval)
    low, high = _short(spread.low), _short(spread.high)
    return f"$\\in\\{{{low},\\dots,{high}\\}}$" if spread.integer else f"$\\in[{low},{high}]$"


def _short(number: float) -> str:
    if number and (abs(number) >= 1e5 or abs(number) < 1e-3):
        exponent = math.floor(math.log10(abs(number)))
        mantissa = number / 10.0**exponent
        return f"10^{{{exponent}}}" if math.isclose(mantissa, 1) else f"{mantissa:g}\\cdot10^{{{exponent}}}"
    return f"{number:g}"


def power_of_ten(deviation: float) -> str:
    """A deviation rounded up to a power of ten: the same on every machine."""
    return "$0$" if deviation == 0 else f"$10^{{{math.ceil(math.log10(deviation))}}}$"


def _identities(content: Catalog) -> str:
    """The claims for which no changed problem makes sense, with the reason."""
    named = [noun for noun in content.nouns.values() if isinstance(noun, Claim | Statement) and noun.identity]
    if not named:
        return ""
    listed = "; ".join(f"\\texttt{{{escaped(noun.name)}}} ({escaped(noun.identity)})" for noun in named)
    return (
        "\n\\medskip\\noindent Every relation and statement was also judged in a changed setting, "
        f"where it must fail, except these, which no change of the setting makes false: {listed}.\n"
    )


def _versions(ledger: Ledger) -> str:
    listed = ", ".join(f"{name} {version}" for name, version in ledger.versions.items())
    return f"\n\\medskip\\noindent Computed with {escaped(listed)}.{effort(ledger)}\n"


def effort(ledger: Ledger) -> str:
    """A sentence on how much was computed, if that is not the usual."""
    factor = ledger.effort.factor
    return "" if factor == 1 else f" Effort: {ledger.effort.name}, {factor:g} times the points and repetitions of a standard run."
