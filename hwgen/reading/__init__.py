"""The strict reader: LaTeX as printed, its tokens, its tree and what it denotes. Strict, never a guess."""

from hwgen.reading.algebra import APPROX, Algebra, ShapeError
from hwgen.reading.grammar import read
from hwgen.reading.meaning import Scope, evaluate, scope_at
from hwgen.reading.nodes import Chain, Relation
from hwgen.reading.tokens import Token, key_of, tokenize
from hwgen.reading.vocabulary import Vocabulary, vocabulary

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
