r"""The strict reader: a formula of the page as a tree, or a message that says what could be misread.

What a reader of the page could misread, this refuses to read. Nothing here computes.
"""

from __future__ import annotations

from hwgen.model import Formula
from hwgen.model.errors import did_you_mean
from hwgen.reading import tree
from hwgen.reading.binders import Ranges
from hwgen.reading.commands import BIG, ELEMENTARY, FRACTIONS, GROUPS, INEXACT, RELATIONS, TIMES
from hwgen.reading.forms import Forms
from hwgen.reading.tokens import key_of
from hwgen.reading.tree import Chain, Node, Relation
from hwgen.reading.vocabulary import Vocabulary


def read(formula: Formula, words: Vocabulary) -> Chain:
    """The formula as a chain of relations. Raises ContentError at the template's line and column, with advice."""
    reader = _Reader(formula, words)
    if reader.here in RELATIONS:
        reader.refuse("begins with a relation; expected a side before it")
    try:
        chain = reader.chain()
    except RecursionError:
        reader.refuse("is nested too deeply to be read; expected a formula that fits a page", 0)
    if reader.position < len(reader.tokens):
        reader.refuse(f"'{reader.here}' has no partner; expected the end of the formula")
    if not chain.relations:
        reader.refuse("holds no relation; expected =, \\le, \\ge, < or >", 0)
    return chain


class _Reader(Forms, Ranges):
    """Relations, sums, terms, factors and declared symbols."""

    def is_relation(self, text: str) -> bool:
        return text in RELATIONS

    def chain(self) -> Chain:
        start = self.position
        sides, relations, before = [self.sum()], [], self._texts(start)
        while self.here in RELATIONS:
            token = self.take()
            start = self.position
            relations.append(Relation(symbol=RELATIONS[token.text], span=(token.start, token.end)))
            sides.append(self.sum())
            if self._texts(start) == before:
                self.refuse(f"'{self.printed(start)}' is related to itself; expected two different sides", start - 1)
            before = self._texts(start)
        return Chain(text=self.formula.text, sides=tuple(sides), relations=tuple(relations), symbols=frozenset(self.used))

    def _texts(self, start: int) -> tuple[str, ...]:
        return tuple(token.text for token in self.tokens[start : self.position])

    def sum(self) -> Node:
        start = self.position
        sign = self.take().text if self.here in {"-", "+"} else ""
        left = self.term()
        left = tree.Negative(of=left, span=self.span(start)) if sign == "-" else left
        while self.here in {"+", "-"}:
            symbol = self.take().text
            left = tree.Operation(symbol=symbol, left=left, right=self.term(), span=self.span(start))
        return left

    def term(self) -> Node:
        start = self.position
        left = self.factor()
        paired = {mark: self.text(-1) == mark or self.tokens[start].text == mark for mark in ("|", r"\|")}
        between = {mark: not paired[mark] for mark in paired}
        while True:
            if self.here in TIMES or self.here == "/":
                symbol = "/" if self.take().text == "/" else "*"
            elif self.starts_factor():
                symbol = "*"
            else:
                return left
            first = self.position
            if self.here in paired and paired[self.here] and between[self.here]:
                advice = r"\lvert … \rvert" if self.here == "|" else r"\lVert … \rVert"
                self.refuse(f"'{self.beside(start)}' can be paired in two ways; write {advice}")
            right = self.factor()
            for mark in paired:
                opened = self.tokens[first].text == mark
                paired[mark], between[mark] = paired[mark] or opened, not opened
            left = tree.Operation(symbol=symbol, left=left, right=right, span=self.span(start))
            if symbol == "/" and (self.here == "/" or self.here in TIMES or self.starts_factor()):
                self.refuse(f"'{self.beside(start)}' can be read in two ways after the slash; write \\frac")

    def factor(self) -> Node:
        start = self.position
        if self.here in {"+", "-"}:
            self.refuse(f"'{self.here}' follows an operator; write parentheses")
        base = self.base()
        raised = isinstance(base, tree.Elementary | tree.Symbol) and self._ends_in_power(base, start)
        while self.here == "^":
            if raised:
                self.refuse("two powers on one factor; write parentheses")
            raised = True
            self.take()
            if self.here in {r"\top", r"\intercal"}:
                self.take()
                base = tree.Elementary(name="transpose", arguments=(base,), span=self.span(start))
            else:
                base = tree.Operation(symbol="^", left=base, right=self.script(), span=self.span(start))
        self._no_script(start)
        return base

    def _ends_in_power(self, base: Node, start: int) -> bool:
        """Whether what was read ends in a superscript of its own: e^x, or a declared symbol such as p^\\star."""
        if isinstance(base, tree.Symbol):
            return "^" in key_of(base.name)
        return self.tokens[start].text == "e" and "e" not in self.words.symbols

    def _no_script(self, start: int) -> None:
        advice = {
            "'": ", which is not a declared function or symbol with a prime",
            "!": ": a factorial is not read; write \\binom or a product",
            "_": ", which is not a declared array or symbol",
        }
        if self.here in advice:
            self.refuse(f"'{self.here}' after '{self.printed(start)}'{advice[self.here]}")

    def script(self) -> Node:
        if self.here == "{":
            return self.group("{", "}")
        if self.position >= len(self.tokens) or self.here in {"+", "-", "^", "_", "}"}:
            self.refuse("expected an argument in braces")
        if self.tokens[self.position].kind == "number":
            return self.number()
        if self.here in FRACTIONS | ELEMENTARY.keys() | BIG.keys() | {r"\sqrt", r"\binom", r"\int", r"\operatorname"}:
            self.refuse(f"'{self.here}' as an unbraced argument; write braces")
        name = self.declared()
        if name is not None and (len(key_of(name)) > 1 or name in self.words.functions or name in self.words.heads):
            self.refuse(f"'{name}' as an unbraced script; write braces around it")
        start = self.position
        if name is None:
            return self._undeclared()
        self.take()
        self.used |= {name} & set(self.words.symbols)
        return tree.Symbol(name=name, span=self.span(start))

    def base(self) -> Node:
        start, here = self.position, self.here
        if not here:
            self.refuse("ends too early; expected a factor")
        if self.declared() is not None:
            return self._symbol(start)
        if self.tokens[start].kind == "number":
            return self.number()
        if here in GROUPS:
            return self.group(here, GROUPS[here])
        if here == "{":
            self.refuse("braces do not print, so the page shows nothing around what they hold; write parentheses")
        if here == r"\int":
            return self.integral()
        if here in BIG:
            return self.big()
        return self.form() or self._undeclared()

    # --- declared symbols ---

    def _symbol(self, start: int) -> Node:
        name = self.declared()
        assert name is not None
        self.position += len(key_of(name))
        self.used |= {name} & set(self.words.symbols)
        if name in self.words.functions:
            return self._applied(name, start)
        if name in self.words.heads:
            return self._averaged(name, start)
        if self.here == "_":
            if "_" in key_of(name):
                self.refuse(f"a second subscript on '{name}'; write it with braces or declare the array")
            return self._entry(name, start)
        if self.here == "(" and name not in self.bound:
            self._not_applied(name)
        return tree.Symbol(name=name, span=self.span(start))

    def _not_applied(self, name: str) -> None:
        r"""n(n+1) is a product; f(t) would be read as a function's value, which a bound value is not."""
        depth, ahead, signs = 0, 0, False
        while self.text(ahead):
            depth += (self.text(ahead) == "(") - (self.text(ahead) == ")")
            signs = signs or (depth == 1 and ahead > 1 and self.text(ahead) in {"+", "-"})
            if depth == 0:
                break
            ahead += 1
        if not signs:
            self.refuse(f"'{name}(' looks like a function applied, and {name} is bound to a value; write \\cdot, or bind a function")

    def _undeclared(self) -> Node:
        here, start = self.here, self.position
        if here == r"\pi":
            self.take()
            return tree.Number(text="pi", span=self.span(start))
        if here == "e" and self.text(1) == "^":
            self.position += 2
            return tree.Elementary(name="exp", arguments=(self.script(),), span=self.span(start))
        if here == r"\infty":
            self.refuse("\\infty is a limit of an integral, not a number")
        if here in {"e", "d", "i"}:
            ways = "write e^{…} or \\exp for the exponential, \\mathrm{d} for a differential, or bind"
            self.refuse(f"'{here}' is not declared; {ways} '{here}'")
        if here in INEXACT:
            self.refuse(f"'{here}' has no exact meaning here; write the relation or expression out")
        if here in RELATIONS or self.tokens[start].kind == "mark" or here.startswith((r"\end", r"\right", r"\r")) or here == r"\}":
            self.refuse(f"'{here}' where a factor was expected")
        known = ", ".join([*self.words.symbols, *self.bound]) or "none"
        hint = did_you_mean(here, [*self.words.symbols, *ELEMENTARY, *FRACTIONS, *BIG, r"\sqrt", r"\pi"])
        return self.refuse(f"'{here}' is not bound in claim {self.formula.name}; bound are {known}.{hint}")

    def _applied(self, name: str, start: int) -> Node:
        order = 0
        while self.here == "'":
            self.take()
            order += 1
        known = self.words.functions[name]
        if order > known:
            self.refuse(f"{name} is declared with {known} derivative{'s' * (known != 1)}, found {order} primes")
        if self.here == "^":
            self.refuse(f"a power of the function {name}; write ({name}(…))^2 or {name}(…)^2")
        if self.here not in {"(", "["}:
            self.refuse(f"the function {name} is not applied; expected '(' after it")
        return tree.Apply(name=name, order=order, arguments=self.listed(), span=self.span(start))

    def _averaged(self, name: str, start: int) -> Node:
        if self.here not in GROUPS:
            self.refuse(f"{name} is not applied; expected '[' or '(' after it")
        opening = self.take().text
        with self.fresh(), self.binding(self.words.heads[name]):
            body: Node | Chain = self.chain() if name in self.words.relational else self.sum()
        if isinstance(body, Chain) and not body.relations:
            self.refuse(f"{name} holds no relation; expected a probability of =, \\le, \\ge, < or >")
        self.expect(GROUPS[opening], f"to close '{opening}'")
        return tree.Averaged(name=name, body=body, span=self.span(start))

    def _entry(self, name: str, start: int) -> Node:
        self.take()
        if self.here != "{":
            return tree.Index(name=name, indices=(self._index_part(),), span=self.span(start))
        self.take()
        found = [self._index()]
        while self.here != "}":
            if self.here == ",":
                self.take()
            found.append(self._index())
        self.take()
        return tree.Index(name=name, indices=tuple(found), span=self.span(start))

    def _index(self) -> Node:
        r"""One index: a digit, a name, or one of these plus or minus another, as in i+1."""
        start = self.position
        left = self._index_part()
        while self.here in {"+", "-"}:
            symbol = self.take().text
            left = tree.Operation(symbol=symbol, left=left, right=self._index_part(), span=self.span(start))
        return left

    def _index_part(self) -> Node:
        if self.here.isdigit() and len(self.here) > 1:
            self.refuse(f"'{self.here}' as an index can be read as one number or several; write commas between digits")
        if self.here in {",", "}", "{", ""}:
            self.refuse("expected an index")
        return self.script()
