"""A formula's LaTeX to its tree. Strict, never a guess. Standard library only."""

from hwgen.reading.grammar import read
from hwgen.reading.tokens import Token, key_of, tokenize
from hwgen.reading.tree import Chain, Relation
from hwgen.reading.vocabulary import Vocabulary, vocabulary

__all__ = ["Chain", "Relation", "Token", "Vocabulary", "key_of", "read", "tokenize", "vocabulary"]
