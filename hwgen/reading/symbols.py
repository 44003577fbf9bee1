r"""What the claim declares, as it is printed: values, entries of arrays, functions and heads with what they are applied to."""

from __future__ import annotations

from hwgen.reading import tree
from hwgen.reading.commands import BARE_FUNCTIONS, FUNCTION_LETTERS, GROUPS, RELATIONS, SPECTRAL
from hwgen.reading.cursor import Cursor
from hwgen.reading.refusals import advised
from hwgen.reading.tokens import key_of
from hwgen.reading.tree import Chain, Node

_CLOSING = frozenset(GROUPS.values())


class Symbols(Cursor):
    """Reads the declared symbols."""

    def symbol(self, start: int) -> Node:
        name = self.declared()
        assert name is not None
        if name in self.defined:
            return self.of_defined(name, start)
        if name == "e" and self.text(1) == "^":
            self.refuse("'e^' is the exponential to a reader, and e is declared here; write \\exp(…), or give the value another name")
        if name == r"\lambda" and self.text(1) == "_" and self.text(2) in {r"\min", r"\max"}:
            return self.eigenvalue()
        self.position += len(key_of(name))
        self.used |= {name} & set(self.words.symbols)
        if name in self.words.functions:
            return self._applied(name, start)
        if name in self.words.heads:
            return self._averaged(name, start)
        return self._indexed(name, start)

    def _indexed(self, name: str, start: int) -> Node:
        r"""A value, or an entry of it: x_j, x_{ij}, and with an index that runs above in parentheses x^{(i)} and x^{(i)}_j."""
        above = self._index_above(name)
        if self.here == "_":
            if "_" in key_of(name):
                self.refuse(f"a second subscript on '{name}'; write it with braces or declare the array")
            self._no_entry_of_its_own(name, start)
            below = self._entry()
            above = above or self._index_above(name)
            return tree.Index(name=name, indices=(*above, *below), span=self.span(start))
        if above:
            return tree.Index(name=name, indices=above, span=self.span(start))
        return tree.Symbol(name=name, span=self.span(start))

    def _no_entry_of_its_own(self, name: str, start: int) -> None:
        """x_1 bound as a symbol beside an array x: a reader takes it for the array's first entry, which it need not be."""
        key = key_of(name)
        own = (one for one in self.words.symbols if key_of(one)[: len(key) + 1] == (*key, "_"))
        for one in own:
            if all(part.isdigit() or part in {"{", "}", ","} for part in key_of(one)[len(key) + 1 :]):
                self.refuse(
                    f"'{one}' is bound beside the array {name}, whose entry it would be to a reader; name one of them otherwise", start
                )

    def _index_above(self, name: str) -> tuple[Node, ...]:
        r"""The index of x^{(i)}, which stands before those below; only a name that runs here is one, (2) may be a derivative."""
        if (self.text(), self.text(1), self.text(2)) != ("^", "{", "(") or self.text(3) not in self.bound:
            return ()
        if "^" in key_of(name):
            self.refuse(f"a second superscript on '{name}'; declare the array without it")
        self.position += 3
        index = self._index()
        self.expect(")", "to close the index above")
        self.expect("}", "to close the index above")
        return (index,)

    def not_applied(self, base: Node, start: int) -> None:
        r"""n(n+1) is a product; f(t), a_2(t), \sigma^2(t) and t[s] would be read as values of functions, which a bound value has not."""
        if self.here not in GROUPS:
            return
        named = base
        while isinstance(named, tree.Operation) and named.symbol == "^":
            named = named.left
        if not isinstance(named, tree.Symbol | tree.Index | tree.Number | tree.Apply):
            return
        name = r"\pi" if isinstance(named, tree.Number) else named.name
        inside = self._bracketed()
        key = key_of(name)
        again = _holds(inside, key)
        bracket = self.printed(self.position, min(self.position + len(inside) + 2, len(self.tokens)))
        opening = self.here
        # What an author's command prints has no bracket of its own in the text.
        factor = f"({bracket[len(opening) : -len(opening)]})" if bracket.startswith(opening) else bracket
        product = f"write '{self.printed(start)} \\cdot {factor}', or " if inside and not {",", *RELATIONS} & {*inside} else ""
        printed, ways = f"{self.printed(start)}{bracket}", f"{product}bind a function"
        script = isinstance(named, tree.Index)
        applied = isinstance(named, tree.Apply)
        if not _signed(inside) or (not again and not applied and _conventional(key, script, inside)):
            said = f"{self.printed(start)} is a value already" if applied else f"{name} is bound to a value"
            self.refuse(f"'{printed}' looks like a function applied, and {said}; {ways}")
        # D_R prints what it varies with already.
        varies = [one for one in sorted(self.words.varies.get(name, ())) if not _holds([*key], key_of(one))]
        along = [one for one in varies if _holds(inside, key_of(one))]
        if along and not again:
            said = f"'{printed}' can be read as a product, or as {name} at another {along[0]}, with which it varies"
            self.refuse(f"{said}; {ways}")

    def _bracketed(self) -> list[str]:
        """The tokens inside the brackets that open here."""
        found, depth, ahead = [], 0, 0
        while self.text(ahead):
            depth += (self.text(ahead) in GROUPS) - (self.text(ahead) in _CLOSING)
            if depth == 0:
                break
            found.append(self.text(ahead))
            ahead += 1
        return found[1:]

    def _applied(self, name: str, start: int) -> Node:
        """f(x), and f_i(x) of a family: a function whose first arguments are its indices."""
        order, members = 0, self._entry() if self.here == "_" else ()
        while self.here == "'":
            self.take()
            order += 1
        known = self.words.functions[name]
        if order > known:
            self.refuse(f"{name} is declared with {known} derivative{'s' * (known != 1)}, found {order} primes")
        if self.here == "^" and r"\prime" in {self.text(1), self.text(2)}:
            self.refuse(f"a prime above; write it as {name}'(…)")
        if self.here == "^":
            self.refuse(f"a power of the function {name}; write ({name}(…))^2 or {name}(…)^2")
        if self.here not in {"(", "["}:
            self.refuse(f"the function {name} is not applied; expected '(' after it")
        return tree.Apply(name=name, order=order, arguments=(*members, *self.listed()), members=len(members), span=self.span(start))

    def _averaged(self, name: str, start: int) -> Node:
        again = next((one for one in self.words.heads[name] if one in self.bound or one in self.defined), None)
        if again and again in self.averaging:
            self.refuse(f"{name} inside of an average over the same {again} averages over it twice; bind the inner one as a symbol", start)
        if again:
            self.refuse(f"'{again}' is what {name} averages over, and means something else around it; name one of them otherwise", start)
        self._averaged_over(name)
        twice = [one for one in self.words.heads[name] if one in self.words.symbols]
        if twice:
            self.refuse(f"'{twice[0]}' is averaged over by {name} and bound as a symbol of the claim; name one of them otherwise", start)
        if self.here not in GROUPS:
            return self._averaged_bare(name, start)
        opening = self.take().text
        given: Chain | None = None
        with self.fresh(), self.averaging_over(self.words.heads[name]):
            body: Node | Chain = self.chain() if name in self.words.relational else self.sum()
            if self.here == r"\mid":
                self.take()
                given = self.chain()
        for side in (body, given):
            if isinstance(side, Chain) and not side.relations:
                what = "holds no relation; expected a probability of" if side is body else "is given no event; expected behind \\mid one of"
                self.refuse(advised(self.here) or f"{name} {what} =, \\le, \\ge, < or >")
        self.expect(GROUPS[opening], f"to close '{opening}'")
        self._reach_of_head(name, opening, start)
        return tree.Averaged(name=name, body=body, given=given, span=self.span(start))

    def _averaged_over(self, name: str) -> None:
        r"""What stands below a head, as in \mathbb E_x: it must be what the head is declared to average over."""
        if self.here != "_":
            return
        first = self.position
        self.take()
        braced = self.here == "{"
        found: list[str] = []
        depth = 0
        while self.here:
            depth += (self.here == "{") - (self.here == "}")
            if self.here not in {",", "{", "}"}:
                found.append(self.here)
            self.take()
            if depth == 0:
                break
        expected = [part for symbol in self.words.heads[name] for part in key_of(symbol)]
        if found != expected or (braced and depth):
            names = ", ".join(self.words.heads[name])
            self.refuse(f"'{self.printed(first)}' below {name}, which is declared to average over {names}; write {name}_{{{names}}}", first)

    def _averaged_bare(self, name: str, start: int) -> Node:
        r"""\mathbb E\|x\|^2 and \mathbb E|x|: the norm or the modulus with its power."""
        if name in self.words.relational or self.here not in {"|", r"\|", r"\lvert", r"\lVert"}:
            self.refuse(f"{name} is not applied; expected '[' or '(' after it")
        with self.averaging_over(self.words.heads[name]):
            body = self.factor()
        if self.here == "/" or self.starts_factor():
            self.refuse(f"'{self.beside(start)}' can be read in two ways: how far does {name} reach? Write {name}[…]")
        return tree.Averaged(name=name, body=body, span=self.span(start))

    def _reach_of_head(self, name: str, opening: str, start: int) -> None:
        relational = name in self.words.relational
        if self.here == "^" and (opening == "(" or relational):
            bare = f"{name}{opening}…{GROUPS[opening]}"
            inside = "" if relational else f", or {name}[(…)^2] for the {name} of the power"
            self.refuse(f"'{self.printed(start)}^' can be read in two ways; write ({bare})^2 for its power{inside}")
        if opening == "(" and not relational and self.here in GROUPS:
            self.refuse(f"'{self.beside(start)}' can be read in two ways: how far does {name} reach? Write {name}[…]")

    def _entry(self) -> tuple[Node, ...]:
        """The indices below a name, one or several."""
        start = self.position
        self.take()
        if self.here != "{":
            return (self._index_part(),)
        self.take()
        found = [self._index()]
        while self.here != "}":
            if self.here == ",":
                self.take()
            elif not self._side_by_side(found[-1]):
                self.refuse(f"'{self.beside(start)}' can be read as one index or several; write commas between them")
            found.append(self._index())
        self.take()
        return tuple(found)

    def _side_by_side(self, before: Node) -> bool:
        """Whether another index may follow without a comma: letters only, as in G_{ij}."""
        return isinstance(before, tree.Symbol) and self.tokens[min(self.position, len(self.tokens) - 1)].kind in {"letter", "command"}

    def _index(self) -> Node:
        r"""One index: a digit, a name, or one of these plus or minus another, as in i+1."""
        start = self.position
        left = self._index_part()
        while self.here in {"+", "-"}:
            symbol = self.take().text
            left = tree.Operation(symbol=symbol, left=left, right=self._index_part(), span=self.span(start))
        return left

    def _index_part(self) -> Node:
        if self.here[:1].isdigit() and "." in self.here:
            self.refuse(f"'{self.here}' as an index; expected a whole number")
        if self.here in {",", "}", "{", "", "+", "-"} | GROUPS.keys():
            positive = "; write the positive part as '\\max(t,0)'" if self.here == "+" else ""
            self.refuse(f"expected an index, found {self.found(self.here)}{positive}")
        return self.script()


def _holds(inside: list[str], key: tuple[str, ...]) -> bool:
    """Whether a symbol stands in a pair of brackets."""
    return any(tuple(inside[index : index + len(key)]) == key for index in range(len(inside)))


def _conventional(key: tuple[str, ...], script: bool, inside: list[str]) -> bool:
    r"""Whether a name is that of a function by custom: f, \phi, \Gamma without a script, \lambda before matrices."""
    if any(part in FUNCTION_LETTERS or part in {r"\mathbb", r"\operatorname"} for part in key) or (key in BARE_FUNCTIONS and not script):
        return True
    return key[0] in SPECTRAL and any(part.isalpha() and part.isupper() for part in inside)


def _signed(inside: list[str]) -> bool:
    """Whether a + or - joins two terms of what stands in a pair of brackets."""
    depth = 0
    for index, text in enumerate(inside):
        depth += (text in GROUPS or text == "{") - (text in _CLOSING or text == "}")
        if depth == 0 and index > 0 and text in {"+", "-"}:
            return True
    return False
