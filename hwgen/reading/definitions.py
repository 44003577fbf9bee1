r"""A name that a formula itself defines: `\rho := t + s \le 3` means t + s wherever \rho stands after it."""

from __future__ import annotations

import dataclasses

from hwgen.reading.commands import DEFINITIONS, GROUPS, NOT_DEFINED, RELATIONS, TAKEN
from hwgen.reading.cursor import Cursor
from hwgen.reading.looks import look_of
from hwgen.reading.refusals import ACCENTS
from hwgen.reading.signs import sign_in
from hwgen.reading.tree import Node
from hwgen.reading.vocabulary import means_something

# A defined name is a letter or a command, perhaps with an accent and an index, and no longer than this.
LONGEST = 8
_JOINS = frozenset({"_", "{", "}", r"\star", "'"})


class Definitions(Cursor):
    """Reads definitions of new names."""

    def define(self) -> None:
        """Read a new name and its sign of definition at the beginning, if they stand there, and what they stand for."""
        end = next((index for index, token in enumerate(self.tokens) if token.text in RELATIONS), 0)
        if not 0 < end <= LONGEST or self.tokens[end].text not in DEFINITIONS or self.declared() is not None:
            return
        if not all(self._may_name(index) for index in range(end)):
            return
        if self._name_ends() != end:
            self.refuse(
                f"'{self.printed(0, end)}' is more than one symbol; what is defined here is one, with its scripts: bind a name to it"
            )
        key = self._texts_at(0, end)
        if means_something(key) or key in NOT_DEFINED or sign_in(key):
            self.refuse(f"'{self.printed(0, end)}' has a meaning of its own to a reader; give what is defined another name")
        look = look_of(self.printed(0, end))
        if same := next((one for one in self.words.symbols if look_of(one) == look), ""):
            self.refuse(f"'{self.printed(0, end)}' prints as '{same}' does, which is bound; give what is defined another name")
        self.position = end + 1
        self.first_at = self.position
        self.first = self.sum()
        again = next((at for at in range(self.first_at, self.position) if self._texts_at(at, end) == key), None)
        if again is not None:
            self.refuse(f"'{self.printed(0, end)}' stands in its own definition; name one of them otherwise", again)
        if self.position >= len(self.tokens):
            name = self.printed(0, end)
            self.refuse(f"'{name}' is new and only defined here, which claims nothing; relate it to something, or bind {name}", end)
        self.defined[" ".join(key)] = key, self.first
        self.meant[key] = self._texts_at(self.first_at, self.position - self.first_at)

    def _texts_at(self, at: int, length: int) -> tuple[str, ...]:
        return tuple(token.text for token in self.tokens[at : at + length])

    def written_out(self, start: int) -> tuple[str, ...]:
        """The tokens since `start`, with what a name was defined to be in its place."""
        if not self.meant:
            return self._texts_at(start, self.position - start)
        found: list[str] = []
        at = start
        while at < self.position:
            key, meant = next(((key, meant) for key, meant in self.meant.items() if self._texts_at(at, len(key)) == key), ((), ()))
            found += meant or [self.tokens[at].text]
            at += len(key) or 1
        return tuple(found)

    def _may_name(self, index: int) -> bool:
        token = self.tokens[index]
        if token.kind == "number":
            return index > 0 and self.tokens[index - 1].text in {"_", "{"}
        if self._stars(index) or (index > 0 and self._stars(index - 1)):
            return True
        known = token.text in TAKEN and token.text not in ACCENTS
        return token.text in _JOINS if token.kind not in {"letter", "command"} else token.text in _JOINS or not known

    def _stars(self, index: int) -> bool:
        r"""Whether a star begins here that is no power: \rho^\star, \rho^*."""
        return [one.text for one in self.tokens[index : index + 2]] in (["^", "*"], ["^", r"\star"])

    def _name_ends(self) -> int:
        r"""Behind one letter or command, with its accent, primes and scripts: `\rho t` would be a product."""
        end = 1
        if self.here in ACCENTS:
            end += self.group_length(1) if self.text(1) == "{" else 1
            one = self.text(1) != "{" or self.text(3) == "}"
            if not one:
                return 0
        while self.text(end) in {"_", "'"} or self._stars(self.position + end):
            end += 1 if self.text(end) == "'" else 2 if self.text(end) == "^" else 1 + max(1, self.group_length(end + 1))
        return end

    def of_defined(self, name: str, start: int) -> Node:
        """What a defined name stands for, as one part wherever it is printed."""
        node = self.value_of_defined(name, start)
        if self.here in GROUPS:
            self.refuse(f"'{self.beside(start)}' looks like a function applied, and {self.printed(start)} is a value; write \\cdot")
        return node

    def value_of_defined(self, name: str, start: int) -> Node:
        """The same where it is an argument, behind which a bracket may stand."""
        key, node = self.defined[name]
        self.position += len(key)
        return dataclasses.replace(node, span=self.span(start))
