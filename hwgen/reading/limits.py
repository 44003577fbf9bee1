r"""Limits: \lim with what tends below it. It reaches as far as a maximum does."""

from __future__ import annotations

from hwgen.reading import tree
from hwgen.reading.binders import Binders
from hwgen.reading.commands import SIGNS, WHOLE_LETTERS
from hwgen.reading.inequalities import REAL, Below, endless
from hwgen.reading.tree import Node

_ARROWS = {r"\to": "", r"\rightarrow": "", r"\longrightarrow": "", r"\downarrow": "+", r"\searrow": "+", r"\uparrow": "-", r"\nearrow": "-"}


class Limits(Binders):
    """Reads limits."""

    def lim(self) -> Node:
        r"""\lim_{n\to\infty}, \lim_{x\to0}, \lim_{x\downarrow0}, \lim_{x\to0^+} and what they are of."""
        start = self.position
        self.take()
        if self.here != "_" or self.text(1) != "{":
            self.refuse(r"'\lim' says not of what; write what tends below it, as in '\lim_{k \to \infty} \frac{1}{k}'", start)
        end = self.position + self.group_length(1)
        self.position += 2
        side = self._side_above(end)
        name = self.variable()
        self.take()
        if self.here not in _ARROWS:
            ways = rf"'\lim_{{{name} \to \infty}} \frac{{1}}{{{name}}}' or '\lim_{{{name} \downarrow 0}} \sqrt{{{name}}}'"
            self.refuse(f"expected \\to after {name}, found {self.found(self.here)}; write one name and where it tends, as in {ways}")
        arrow = _ARROWS[self.take().text]
        with self.fresh():
            to = self.limit()
        self.expect("}", r"to close what stands below \lim")
        if side and arrow:
            self.refuse(f"says twice from which side {name} tends; write \\to, or no sign", start)
        side = side or arrow
        if side and endless(to):
            self.refuse(rf"a side of \infty; write '\lim_{{{name} \to \infty}} \frac{{1}}{{{name}}}'", start)
        below = Below(names=[name], said={name: REAL})
        with self.binding([name]):
            body = self.body_of("lim", below, start)
        whole = endless(to) and name in WHOLE_LETTERS
        return tree.Limit(variable=name, to=to, side=side, whole=whole, body=body, span=self.span(start))

    def _side_above(self, end: int) -> str:
        """The side that a + or - at the end of what stands below says; it is taken out of the tokens there."""
        sign = self.tokens[end - 1].text
        if sign not in SIGNS:
            return ""
        first = end - 2 if self.tokens[end - 2].text == "^" else end - 1
        self.tokens = (*self.tokens[:first], *self.tokens[end:])
        return sign
