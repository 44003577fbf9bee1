"""What proofs.py declares: the part of the public API that loads SymPy and Arb. Nothing is defined here."""

from hwgen.evidence.defined import Unproved
from hwgen.evidence.enclosure import Box, verify
from hwgen.evidence.expressions import EXPRESSIONS
from hwgen.evidence.proof import Law, Proof, prove, zero
from hwgen.evidence.signs import nonnegative

__all__ = ["EXPRESSIONS", "Box", "Law", "Proof", "Unproved", "nonnegative", "prove", "verify", "zero"]
