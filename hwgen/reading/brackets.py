r"""What stands between delimiters that mean something: absolute values, norms, inner products, integer parts, indicators."""

from __future__ import annotations

from hwgen.reading import tree
from hwgen.reading.commands import GROUPS
from hwgen.reading.cursor import Cursor
from hwgen.reading.refusals import advised
from hwgen.reading.tree import Node

_NORMS = {"": "norm", "2": "norm_2", "F": "norm_F", "op": "norm_op", "1": "norm_1", r"\infty": "norm_inf"}


# Beside these a group is a whole term: its brackets keep nothing together.
_BEFORE = frozenset({"", "+", "{", "(", "[", r"\{", ",", ";"})
_AFTER = frozenset({"", "+", "-", "}", ")", "]", r"\}", ",", ";", "."})


class Brackets(Cursor):
    """Reads the delimiters with a meaning of their own."""

    def bracketed(self, opening: str) -> Node:
        r"""A group. [x] and \{x\} are also integer and fractional parts and sets: they must hold brackets or a sum, and not stand alone."""
        start = self.position
        inside = self.group(opening, GROUPS[opening])
        if opening != "(" and (self._plain(opening, inside, start) or self._alone(start)):
            shown = self.printed(start)
            # A macro may print the brackets, which then are not in what the author typed.
            ways = f"write '({shown[len(opening) : -len(opening)]})'" if shown.startswith(opening) else "write round brackets"
            self.refuse(f"'{shown}' can be read as more than brackets (an integer part, a set); {ways}", start)
        return inside

    def _plain(self, opening: str, inside: Node, start: int) -> bool:
        """Whether nothing in a group needs its brackets: a sum does, other brackets in it show what they are."""
        if any(token.text in GROUPS for token in self.tokens[start + 1 : self.position - 1]):
            return False
        return opening == r"\{" or not (isinstance(inside, tree.Operation) and inside.symbol in {"+", "-"})

    def _alone(self, start: int) -> bool:
        """Whether a group is a whole term, which reads the same without its brackets."""
        before = self.tokens[start - 1].text if start else ""
        return (before in _BEFORE or self.is_relation(before)) and (self.here in _AFTER or self.is_relation(self.here))

    def no_closing_bar(self, start: int) -> None:
        r"""Refuses a bar behind a factor inside of bars of its kind: \lvert t\lvert s\rvert n\rvert prints |t|s|n|."""
        if (self.bars_open < 0 and self.here in {"|", r"\lvert"}) or (self.norms < 0 and self.here in {r"\|", r"\lVert"}):
            shown = self.printed(start, self.position + 1)
            self.refuse(f"'{shown}' prints a bar that closes the one before it to a reader; write \\cdot before the inner one")

    def bars(self) -> Node:
        start = self.position
        opening = self.take().text
        if opening == "|" and self.bars_open > 0:
            self.refuse("'|' inside '|' does not say which closes; write \\lvert … \\rvert", start)
        with self.fresh(bars=1 if opening == "|" else -1):
            inside = self.sum()
        if opening == "|" and self.is_relation(self.here):
            self.refuse(
                f"'|' opens an absolute value, and '{self.here}' stands in it; a condition is written with \\mid, what divides in words",
                start,
            )
        self.expect("|" if opening == "|" else r"\rvert", "to close the absolute value")
        return tree.Elementary(name="absolute", arguments=(inside,), span=self.span(start))

    def norm(self) -> Node:
        start = self.position
        opening = self.take().text
        if opening == r"\|" and self.norms > 0:
            self.refuse("'\\|' inside '\\|' does not say which closes; write \\lVert … \\rVert", start)
        with self.fresh(norms=1 if opening == r"\|" else -1):
            inside = self.sum()
        self.expect(r"\|" if opening == r"\|" else r"\rVert", "to close the norm")
        power: Node | None = None
        # The name of the norm may stand after its power, as TeX sets both at one place.
        if self.here == "^" and self._name_after_power():
            self.take()
            power = self.script()
        arguments: tuple[Node, ...] = (inside,)
        if self.here == "_" and (weight := self._weight()) is not None:
            name, arguments = "norm_weighted", (inside, weight)
        else:
            name = self.norm_name()
        node: Node = tree.Elementary(name=name, arguments=arguments, span=self.span(start))
        if power is not None:
            if self.here == "^":
                self.refuse(f"'{self.printed(start)}^' has two powers; write parentheses")
            node = tree.Operation(symbol="^", left=node, right=power, span=self.span(start))
        return node

    def _name_after_power(self) -> bool:
        r"""Whether \|x\|^2_2 goes on with the name of the norm after its power."""
        depth, ahead = 0, 1
        while self.text(ahead):
            depth += (self.text(ahead) == "{") - (self.text(ahead) == "}")
            ahead += 1
            if depth == 0:
                return self.text(ahead) == "_"
        return False

    def _weight(self) -> Node | None:
        r"""The declared matrix of a norm _A, or _{A^{-1}}."""
        before = self.position
        self.take()
        braced = self.here == "{"
        if braced:
            self.take()
        # The names of norms are no symbols: only what is declared can be a matrix.
        if self.declared() is None:
            self.position = before
            return None
        if self.here in _NORMS:
            self.refuse(f"'_{self.here}' at a norm is its name to a reader, and {self.here} is a symbol here; give that another name")
        with self.fresh():
            found = self.factor() if braced else self.script()
        if braced:
            self.expect("}", "to close the name of the norm")
        return found

    def norm_name(self) -> str:
        """The name of a norm from its subscript, if it has one."""
        if self.here != "_":
            return "norm"
        self.take()
        braced = self.here == "{"
        if braced:
            self.take()
        if self.here in {r"\mathrm", r"\operatorname"}:
            self.take()
        text = self.word()
        if braced:
            while self.here not in {"}", ""}:
                text += self.take().text
            self.expect("}", "to close the name of the norm")
        if not text or text not in _NORMS:
            known = r"_1, _2, _\infty, _{\mathrm F}, _{\mathrm{op}} or a declared matrix"
            self.refuse(f"the norm _{text} is not known; expected {known}")
        return _NORMS[text]

    def word(self) -> str:
        """A word in upright letters: one token, or several in braces."""
        if self.here != "{":
            return self.take().text
        self.take()
        word = ""
        while self.here != "}":
            word += self.take().text
        self.take()
        return word

    def inner(self) -> Node:
        start = self.position
        self.take()
        with self.fresh():
            left = self.sum()
            self.expect(",", "between the two vectors of an inner product")
            right = self.sum()
        self.expect(r"\rangle", "to close \\langle")
        return tree.Elementary(name="inner", arguments=(left, right), span=self.span(start))

    def integer_part(self) -> Node:
        start = self.position
        floor = self.take().text == r"\lfloor"
        with self.fresh():
            inside = self.sum()
        self.expect(r"\rfloor" if floor else r"\rceil", "to close the integer part")
        return tree.Elementary(name="floor" if floor else "ceil", arguments=(inside,), span=self.span(start))

    def indicator(self) -> Node | None:
        r"""\mathbf 1\{…\}, \mathbb 1_{…} and \mathbb 1[…]: one where the relations hold, zero elsewhere."""
        if self.text(1) != "1":
            return None
        start = self.position
        self.position += 2
        below = self.here == "_"
        if below:
            self.take()
        opening = self.here
        if opening == "{" and not below:
            self.refuse(f"'{self.printed(start)}' with braces, which do not print; write {self.printed(start)}\\{{…\\}}", start)
        if opening not in {"{", *GROUPS}:
            self.refuse(f"an indicator without its relation; expected '\\{{' after '{self.printed(start)}'")
        if below and opening != "{":
            self.refuse(f"below stands '{opening}' alone to TeX; write the set in braces, as in '\\mathbf 1_{{t>0}}'")
        self.take()
        within = opening == "{" and self.here == r"\{"  # a set that is printed with its brackets
        if within:
            self.take()
        with self.fresh():
            condition = self.chain()
        if not condition.relations:
            self.refuse(advised(self.here) or "an indicator holds no relation; expected =, \\le, \\ge, < or >", start)
        if within:
            self.expect(r"\}", "to close the set of the indicator")
        self.expect({"{": "}", **GROUPS}[opening], "to close the indicator")
        if below and self.here in {"(", "["}:
            self.refuse(
                "an indicator with its set below, before a bracket: its value there, or a product; write \\cdot, or the set in \\{…\\}"
            )
        one, zero = (tree.Number(text=text, span=self.span(start)) for text in "10")
        return tree.Cases(pieces=((one, condition), (zero, None)), span=self.span(start))
