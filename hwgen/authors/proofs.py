"""What proofs.py declares: the part of the public API that loads SymPy and Arb. Nothing is defined here."""

from hwgen.arithmetic.defined import Unproved
from hwgen.arithmetic.expressions import EXPRESSIONS
from hwgen.arithmetic.signs import nonnegative
from hwgen.evidence.enclosure import Box, verify
from hwgen.evidence.proof import Law, Proof, prove, zero

__all__ = ["EXPRESSIONS", "Box", "Law", "Proof", "Unproved", "nonnegative", "prove", "verify", "zero"]
