r"""The forms that every formula knows: fractions, roots, derivatives, elementary functions, matrices, cases."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hwgen.model.errors import did_you_mean
from hwgen.reading import tree
from hwgen.reading.commands import BIG, DIFFERENTIALS, ELEMENTARY, FRACTIONS, GROUPS, OPERATORS, REACHING, TENSORS, TIMES
from hwgen.reading.pieces import Pieces
from hwgen.reading.refusals import either, sentence
from hwgen.reading.tree import Node


class Forms(Pieces):
    """Reads the built-in forms."""

    def form(self) -> Node | None:
        """The built-in form that begins here, if one does."""
        here = self.here
        readers: Mapping[str, Callable[[], Node | None]] = {
            "|": self.bars,
            r"\lvert": self.bars,
            r"\|": self.norm,
            r"\lVert": self.norm,
            r"\langle": self.inner,
            r"\lfloor": self.integer_part,
            r"\lceil": self.integer_part,
            r"\sqrt": self._root,
            r"\binom": self._binomial,
            r"\operatorname": self._operator,
            r"\mathbf": self.indicator,
            r"\mathbb": self.indicator,
            r"\mathrm": self._exponential,
            r"\lambda": self._eigenvalue_ahead,
            r"\begin{cases}": self.cases,
        }
        if here in FRACTIONS:
            return self._fraction()
        if here.startswith(r"\begin{") and here != r"\begin{cases}":
            return self._matrix()
        if here in ELEMENTARY:
            start = self.position
            self.take()
            return self._elementary(ELEMENTARY[here], start)
        return readers[here]() if here in readers else None

    # --- fractions and derivatives ---

    def _fraction(self) -> Node:
        start = self.position
        self.take()
        derivative = self._derivative(start)
        if derivative is not None:
            return derivative
        self._no_derivative(start)
        top, middle, bottom = self.script(), self.position, self.script()
        if self.here == "^":
            shown, name = self.printed(start), self.tokens[start].text
            above, below = (one.removeprefix("{").removesuffix("}") for one in (self.printed(start + 1, middle), self.printed(middle)))
            self.take()
            more = self.following(self.script)
            ways = either(f"({shown})^{more}", f"{name}{{({above})^{more}}}{{{below}}}") if more else "write parentheses around it"
            self.refuse(f"'{shown}^' can be read as a power of the numerator; {ways}", self.position - 1)
        return tree.Operation(symbol="/", left=top, right=bottom, span=self.span(start))

    def _derivative(self, start: int) -> Node | None:
        r"""\frac{\mathrm d}{\mathrm dt}\phi(t) of a declared function with a declared derivative, at the variable itself."""
        sign = next((one for one in (("d",), (r"\partial",), (r"\mathrm", "d")) if self._differentiates(one)), None)
        if sign is None:
            return None
        if sign == ("d",) and self.declared_as("d"):
            self.refuse("'d' above and below is a derivative to a reader, and d is declared; write \\mathrm{d}, or divide otherwise", start)
        # Over the sign above, in braces if it is of two tokens, the brace below, and the sign there.
        self.position += len(sign) + (2 if len(sign) > 1 else 0) + 1 + len(sign)
        variable_at = self.position
        if self.declared() is None:
            self.refuse(f"a derivative along '{self.here}', which is not declared; write a declared function with a prime")
        along = self.factor()
        self.expect("}", "to close what the derivative is along")
        of = self.factor()
        if not isinstance(of, tree.Apply) or len(of.arguments) != 1 or not _same(of.arguments[0], along):
            said = f"'{self.printed(start)}' is read only of a declared function at the variable itself"
            self.refuse(f"{said}; write the function with a prime", variable_at)
        if any(isinstance(along, tree.Symbol) and name == along.name for name in self.words.hidden[of.name]):
            self.refuse(
                f"{of.name} depends on {self.printed(variable_at, variable_at + 1)} twice, as its argument and beside it; write a prime",
                start,
            )
        if of.order + 1 > self.words.functions[of.name]:
            self.refuse(f"{of.name} is declared without that derivative; declare it", start)
        if self.here in TIMES | {"/"} or self.starts_factor():
            self.refuse(f"'{self.beside(start)}' can be read in two ways: how far does the derivative reach? Write brackets")
        return tree.Apply(name=of.name, order=of.order + 1, arguments=of.arguments, span=self.span(start))

    def _differentiates(self, sign: tuple[str, ...]) -> bool:
        top = ("{", *sign, "}") if len(sign) > 1 else sign
        expected = (*top, "{", *sign)
        return tuple(self.text(ahead) for ahead in range(len(expected))) == expected

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
            said = f"'{first}' above and below is a derivative to a reader; write a declared function with a prime"
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
            first = self.position
            degree = self.group("[", "]")
            if "[" in [token.text for token in self.tokens[first + 1 : self.position]]:
                self.refuse("TeX ends the degree of a root at the first ']'; write parentheses inside it", first)
        return tree.Elementary(name="root", arguments=(self.script(), degree), span=self.span(start))

    # --- functions by name ---

    def _exponential(self) -> Node | None:
        r"""\mathrm e^{…}"""
        if (self.text(1), self.text(2)) != ("e", "^"):
            return None
        start = self.position
        self.position += 3
        self.no_label(start)
        return tree.Elementary(name="exp", arguments=(self.script(),), span=self.span(start))

    def _eigenvalue_ahead(self) -> Node | None:
        return self.eigenvalue() if self.text(1) == "_" and self.text(2) in {r"\min", r"\max"} else None

    def eigenvalue(self) -> Node:
        r"""\lambda_{\min}(A) and \lambda_{\max}(A), of a symmetric matrix."""
        start = self.position
        name = f"lambda_{self.text(2)[1:]}"
        self.position += 3
        if self.here != "(":
            self.refuse(f"'{self.printed(start)}' is not applied; expected '(' and a symmetric matrix, or declare it", start)
        return self._elementary(name, start)

    def _operator(self) -> Node:
        start = self.position
        self.take()
        if self.here == "*":
            self.refuse("'\\operatorname*' is no value that is known; bind the point, or write the extremum itself", start)
        first = self.position
        name = self.word()
        if not name.isalnum():
            self.refuse(f"'\\operatorname{self._braced(first)}' is not read; expected letters in the braces, or bind what they hold", start)
        if name not in OPERATORS and f"\\{name}" in {*ELEMENTARY, *BIG}:
            self.refuse(f"\\operatorname{{{name}}} is written \\{name}; write that", start)
        if name not in OPERATORS:
            self.refuse(f"\\operatorname{{{name}}} is not known and not bound.{did_you_mean(name, OPERATORS)}", start)
        return self._elementary(OPERATORS[name], start)

    def _braced(self, first: int) -> str:
        """What stands in braces from a token on, those inside of it too. For the words of a refusal alone."""
        depth = 0
        for index in range(first, len(self.tokens)):
            depth += (self.tokens[index].text == "{") - (self.tokens[index].text == "}")
            if depth == 0:
                return self.quotes.expanded[self.quotes.within[first].start : self.quotes.within[index].end]
        return "{…}"

    def _elementary(self, name: str, start: int) -> Node:
        word = self.text(-1)
        base = self._base_of_logarithm(name, word)
        if self.here == "'":
            self.refuse(f"a prime after '{word}' is read of a declared function only; write the derivative itself, as '\\cos(t)' for \\sin")
        power: Node | None = None
        if self.here == "^":
            self.take()
            if not self.here.isdigit():
                name = self.text(-2)
                more = self.following(self.script)
                ways = f"write '({name}(t))^{more}', or the inverse function by its name" if more else "write parentheses"
                self.refuse(f"'{name}^{more}': a power on a function's name is read only as a whole number, as in '{name}^2 t'; {ways}")
            power = self.number()
            # TeX prints both orders of the scripts alike.
            base = base or self._base_of_logarithm(name, word)
        if self.here in {"(", "["}:
            argument = self.group(self.here, GROUPS[self.here])
            self._ends_in_bracket(start, argument)
        else:
            argument = self._bare_argument(start)
        node: Node = tree.Elementary(name=name, arguments=(argument,), span=self.span(start))
        if base is not None:
            below = tree.Elementary(name="log", arguments=(base,), span=base.span)
            node = tree.Operation(symbol="/", left=node, right=below, span=self.span(start))
        return tree.Operation(symbol="^", left=node, right=power, span=self.span(start)) if power else node

    def _base_of_logarithm(self, name: str, word: str) -> Node | None:
        if self.here != "_":
            return None
        if name != "log" or word != r"\log":
            self.refuse(f"'_' after '{word}'; only \\log takes a base below it")
        self.take()
        return self.script()

    def _bare_argument(self, start: int) -> Node:
        if self.here in {"+", "-", ""} or self.is_relation(self.here):
            self.refuse(f"{self.printed(start)} has no argument")
        first = self.position
        if self.here in ELEMENTARY and not (self.here == r"\det" and self.text(1) == "("):
            outer, inner = self.printed(start), self.here
            self.refuse(f"'{outer}{inner}' nests functions without parentheses; write them, as in '{outer}({inner}(t))'")
        if self.here in REACHING or self.here == r"\int":
            self.refuse(f"'{self.printed(start)}{self.here}' can be read in two ways: how far does the argument reach? Write brackets")
        argument = self.base()
        function, inside = self.printed(start, first), self.printed(first)
        if self.here in {"^", "!"}:
            printed, mark = f"{self.printed(start)}{self.here}", self.take().text
            more = mark + (self.following(self.script) if mark == "^" else "")
            ways = either(f"{function}({inside}{more})", f"({function}({inside})){more}") if more != "^" else "write parentheses"
            self.refuse(f"'{printed}' can be read in two ways; {ways}", self.position - 1)
        if self.here == "/" or self.here in TIMES | TENSORS.keys() or self.starts_factor():
            self._argument_goes_on(start, function, inside)
        return argument

    def _argument_goes_on(self, start: int, function: str, inside: str) -> None:
        """Refuses \\log ts with both readings, where another factor follows."""
        printed, at = self.beside(start), self.position
        sign = self.take().text if self.here == "/" or self.here in TIMES | TENSORS.keys() else r"\cdot"
        more = self.following(self.factor)
        ways = either(f"{function}({inside}) {sign} {more}", f"{function}({inside} {sign} {more})") if more else "write parentheses"
        self.refuse(f"'{printed}' can be read in two ways: where does the argument of {function} end? {sentence(ways)}", at)

    def _ends_in_bracket(self, start: int, argument: Node) -> None:
        r"""Refuses \log(t)^2 and \log(t)(s): the bracket may be the argument, or its first factor."""
        call, at = self.printed(start), self.position
        inside = " ".join(self.formula.text[slice(*argument.span)].split())
        name = self.formula.text[self.tokens[start].start : argument.span[0]].rstrip("([ ")
        if self.here == "^":
            self.take()
            more = self.following(self.script)
            ways = either(f"({call})^{more}", f"{name}(({inside})^{more})") if more else "write parentheses around it all"
            self.refuse(f"'{call}^' can be read as a power of the argument; {ways}", at)
        if self.here in GROUPS:
            self.refuse(f"'{self.beside(start)}' can be read in two ways: where does the argument end? Write \\cdot or parentheses")

    # --- rows ---

    def _matrix(self) -> Node:
        start = self.position
        end = self.take().text.replace(r"\begin", r"\end")
        rows: list[list[Node]] = [[]]
        while True:
            with self.fresh():
                rows[-1].append(self.sum())
            token = self.take()
            # The end of the last row begins no other.
            if token.text == "\\\\" and self.here == end:
                token = self.take()
            if token.text == end:
                break
            if token.text == "\\\\":
                rows.append([])
            elif token.text != "&":
                self.refuse(f"'{token.text}' in a matrix; expected &, \\\\ or its end", self.position - 1)
        if len({len(row) for row in rows}) != 1:
            self.refuse("the rows of the matrix differ in length", start)
        if "smallmatrix" in end and (self.tokens[start - 1].text if start else "", self.here) != ("(", ")"):
            self.refuse("'smallmatrix' prints no brackets; write a pmatrix, or parentheses around it", start)
        return tree.Matrix(rows=tuple(tuple(row) for row in rows), span=self.span(start))


def _same(one: Node, other: Node) -> bool:
    return isinstance(one, tree.Symbol) and isinstance(other, tree.Symbol) and one.name == other.name
