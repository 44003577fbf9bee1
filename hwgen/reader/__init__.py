"""The strict reader: LaTeX as printed, its tokens, its tree and what it denotes. Strict, never a guess."""

from hwgen.reader.algebra import APPROX, Algebra, ShapeError
from hwgen.reader.grammar import Vocabulary, read, vocabulary
from hwgen.reader.meaning import Scope, evaluate, scope_at
from hwgen.reader.nodes import Chain, Relation
from hwgen.reader.tokens import Token, key_of, tokenize

__all__ = [
    "APPROX",
    "Algebra",
    "Chain",
    "Relation",
    "Scope",
    "ShapeError",
    "Token",
    "Vocabulary",
    "evaluate",
    "key_of",
    "read",
    "scope_at",
    "tokenize",
    "vocabulary",
]
