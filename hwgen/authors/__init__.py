"""What the content of a homework imports: this is the public API, and all else in hwgen may change without notice.

Here are the declarations, which load the standard library alone; `hwgen.authors.numerics` has evidence and fits (NumPy), and
`hwgen.authors.proofs` what proofs.py needs (SymPy). Nothing is defined here: each name is followed to its own definition.
"""

from hwgen.judging.drawing import COLOURS, DASHES, MARKERS
from hwgen.model import (
    Approx,
    Binding,
    Bindings,
    Binds,
    Derived,
    Estimate,
    Evidence,
    Kind,
    Range,
    Ratio,
    Verdict,
    binds_at,
    cases,
    closed,
    effort,
    expectation,
    function,
    integers,
    log_closed,
    probability,
    ratios,
    value,
    variable,
    variance,
    vectors,
)
from hwgen.model.exercise import Exercise
from hwgen.page.digits import digits

__all__ = [
    "COLOURS",
    "DASHES",
    "MARKERS",
    "Approx",
    "Binding",
    "Bindings",
    "Binds",
    "Derived",
    "Estimate",
    "Evidence",
    "Exercise",
    "Kind",
    "Range",
    "Ratio",
    "Verdict",
    "binds_at",
    "cases",
    "closed",
    "digits",
    "effort",
    "expectation",
    "function",
    "integers",
    "log_closed",
    "probability",
    "ratios",
    "value",
    "variable",
    "variance",
    "vectors",
]
