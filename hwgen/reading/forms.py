r"""The forms that every formula knows: fractions, roots, elementary functions, absolute values, norms, inner products, matrices."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hwgen.model.errors import did_you_mean
from hwgen.reading import tree
from hwgen.reading.commands import BIG, DIFFERENTIALS, ELEMENTARY, FRACTIONS, GROUPS, OPERATORS, TIMES
from hwgen.reading.cursor import Cursor
from hwgen.reading.tree import Node

_NORMS = {"": "norm", "2": "norm_2", "F": "norm_F", "op": "norm_op"}


class Forms(Cursor):
    """Reads the built-in forms."""

    def form(self) -> Node | None:
        """The built-in form that begins here, if one does."""
        here = self.here
        readers: Mapping[str, Callable[[], Node]] = {
            "|": lambda: self._bars("|", "|"),
            r"\lvert": lambda: self._bars(r"\lvert", r"\rvert"),
            r"\|": lambda: self._norm(r"\|", r"\|"),
            r"\lVert": lambda: self._norm(r"\lVert", r"\rVert"),
            r"\langle": self._inner,
            r"\sqrt": self._root,
            r"\binom": self._binomial,
            r"\begin{pmatrix}": self._matrix,
            r"\operatorname": self._operator,
        }
        if here in FRACTIONS:
            return self._fraction()
        if here in ELEMENTARY:
            start = self.position
            self.take()
            return self._elementary(ELEMENTARY[here], start)
        return readers[here]() if here in readers else None

    def _fraction(self) -> Node:
        start = self.position
        self.take()
        self._no_derivative(start)
        top, bottom = self.script(), self.script()
        if self.here == "^":
            self.refuse(f"'{self.printed(start)}^' can be read as a power of the numerator; write parentheses around the fraction")
        return tree.Operation(symbol="/", left=top, right=bottom, span=self.span(start))

    def _no_derivative(self, start: int) -> None:
        """df/dt is a derivative to a reader, whether or not d is declared."""
        first = self.text(1) if self.here == "{" else self.here
        depth, ahead = 0, 0
        while self.text(ahead):
            depth += (self.text(ahead) == "{") - (self.text(ahead) == "}")
            ahead += 1
            if depth == 0:
                break
        second = self.text(ahead + 1) if self.text(ahead) == "{" else self.text(ahead)
        if first == second and first in DIFFERENTIALS:
            said = f"'{first}' above and below is a derivative to a reader; write a declared function with a prime, as in f'(t)"
            self.refuse(said, start)

    def _binomial(self) -> Node:
        start = self.position
        self.take()
        return tree.Elementary(name="binom", arguments=(self.script(), self.script()), span=self.span(start))

    def _root(self) -> Node:
        start = self.position
        self.take()
        degree: Node = tree.Number(text="2", span=self.span(start))
        if self.here == "[":
            degree = self.group("[", "]")
        return tree.Elementary(name="root", arguments=(self.script(), degree), span=self.span(start))

    def _operator(self) -> Node:
        start = self.position
        self.take()
        name = self._word()
        if name not in OPERATORS:
            self.refuse(f"\\operatorname{{{name}}} is not known and not bound.{did_you_mean(name, OPERATORS)}", start)
        return self._elementary(OPERATORS[name], start)

    def _word(self) -> str:
        """A word in upright letters: one token, or several in braces."""
        if self.here != "{":
            return self.take().text
        self.take()
        word = ""
        while self.here != "}":
            word += self.take().text
        self.take()
        return word

    def _elementary(self, name: str, start: int) -> Node:
        power: Node | None = None
        if self.here == "^":
            self.take()
            if not self.here.isdigit():
                self.refuse("a power on a function's name is read only as one digit, as in \\sin^2; write parentheses")
            power = self.number()
        if self.here in {"(", "["}:
            argument = self.group(self.here, GROUPS[self.here])
            if self.here == "^":
                self.refuse(f"'{self.printed(start)}^' can be read as a power of the argument; write parentheses around it all")
            if self.here in GROUPS:
                self.refuse(f"'{self.beside(start)}' can be read in two ways: where does the argument end? Write \\cdot or parentheses")
        else:
            argument = self._bare_argument(start)
        node: Node = tree.Elementary(name=name, arguments=(argument,), span=self.span(start))
        return tree.Operation(symbol="^", left=node, right=power, span=self.span(start)) if power else node

    def _bare_argument(self, start: int) -> Node:
        if self.here in {"+", "-", ""} or self.is_relation(self.here):
            self.refuse(f"{self.printed(start)} has no argument")
        first = self.position
        if self.here in ELEMENTARY:
            self.refuse(f"'{self.printed(start)}{self.here}' nests functions without parentheses; write them")
        if self.here in BIG or self.here == r"\int":
            self.refuse(f"'{self.printed(start)}{self.here}' can be read in two ways: how far does the argument reach? Write brackets")
        argument = self.base()
        if self.here == "^":
            self.refuse(f"'{self.printed(start)}^' can be read in two ways; write parentheses")
        if self.here == "/" or self.here in TIMES or self.starts_factor():
            function = self.printed(start, first)
            self.refuse(f"'{self.beside(start)}' can be read in two ways: where does the argument of {function} end? Write parentheses")
        return argument

    def _bars(self, opening: str, closing: str) -> Node:
        start = self.position
        if opening == "|" and self.bars:
            self.refuse("nested bare bars; write \\lvert … \\rvert")
        self.take()
        with self.fresh(bars=int(opening == "|")):
            inside = self.sum()
        self.expect(closing, "to close the absolute value")
        return tree.Elementary(name="absolute", arguments=(inside,), span=self.span(start))

    def _norm(self, opening: str, closing: str) -> Node:
        start = self.position
        if opening == r"\|" and self.norms:
            self.refuse("nested bare norms; write \\lVert … \\rVert")
        self.take()
        with self.fresh(norms=int(opening == r"\|")):
            inside = self.sum()
        self.expect(closing, "to close the norm")
        name = self.norm_name()
        return tree.Elementary(name=name, arguments=(inside,), span=self.span(start))

    def norm_name(self) -> str:
        if self.here != "_":
            return "norm"
        self.take()
        braced = self.here == "{"
        if braced:
            self.take()
        if self.here in {r"\mathrm", r"\operatorname"}:
            self.take()
        text = self._word()
        if braced:
            while self.here not in {"}", ""}:
                text += self.take().text
            self.expect("}", "to close the name of the norm")
        if not text or text not in _NORMS:
            self.refuse(f"the norm _{text} is not known; expected _2, _{{\\mathrm F}} or _{{\\mathrm{{op}}}}")
        return _NORMS[text]

    def _inner(self) -> Node:
        start = self.position
        self.take()
        with self.fresh():
            left = self.sum()
            self.expect(",", "between the two vectors of an inner product")
            right = self.sum()
        self.expect(r"\rangle", "to close \\langle")
        return tree.Elementary(name="inner", arguments=(left, right), span=self.span(start))

    def _matrix(self) -> Node:
        start = self.position
        self.take()
        rows: list[list[Node]] = [[]]
        while True:
            with self.fresh():
                rows[-1].append(self.sum())
            token = self.take()
            if token.text == r"\end{pmatrix}":
                break
            if token.text == "\\\\":
                rows.append([])
            elif token.text != "&":
                self.refuse(f"'{token.text}' in a matrix; expected &, \\\\ or its end", self.position - 1)
        if len({len(row) for row in rows}) != 1:
            self.refuse("the rows of the matrix differ in length", start)
        return tree.Matrix(rows=tuple(tuple(row) for row in rows), span=self.span(start))
