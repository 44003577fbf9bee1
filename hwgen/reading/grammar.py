r"""The strict reader: a formula of the page as a tree, or a message that says what could be misread.

What a reader of the page could misread, this refuses to read. Nothing here computes.
"""

from __future__ import annotations

import functools

from hwgen.model import Formula, Place
from hwgen.model.errors import ContentError
from hwgen.reading import tree
from hwgen.reading.commands import BIG, DEFINITIONS, ELEMENTARY, FRACTIONS, GROUPS, REACHING, RELATIONS, SIGNS, TENSORS, TIMES, WORDS
from hwgen.reading.definitions import Definitions
from hwgen.reading.forms import Forms
from hwgen.reading.limits import Limits
from hwgen.reading.refusals import ACCENTS, AROUND, advised, either, in_letters, left_over, said_of
from hwgen.reading.scripts import Scripts
from hwgen.reading.signs import plain
from hwgen.reading.symbols import Symbols
from hwgen.reading.tokens import key_of
from hwgen.reading.tree import Chain, Node, Relation
from hwgen.reading.vocabulary import Vocabulary


def read(formula: Formula, words: Vocabulary) -> Chain:
    """The formula as a chain of relations. Raises ContentError at the template's line and column, with advice."""
    reader = _Reader(formula, words)
    if reader.here in RELATIONS:
        reader.refuse("begins with a relation; expected a side before it")
    try:
        reader.define()
        chain = reader.chain()
    except RecursionError:
        reader.refuse("is nested too deeply to be read; expected a formula that fits a page", 0)
    if reader.position < len(reader.tokens):
        reader.refuse(left_over(reader.here, reader.text(-1), reader.text(1)))
    if not chain.relations:
        reader.refuse("holds no relation; expected =, \\le, \\ge, < or >", 0)
    for name in sorted(chain.symbols):
        if len(key_of(name)) > 1 and _reads_without(name, words.symbols, tuple(words.functions.items()), tuple(words.heads.items())):
            reader.refuse(f"'{name}' is bound, and can be read as what its parts mean that are bound too; name one of them otherwise", 0)
    return chain


@functools.lru_cache(maxsize=4096)
def _reads_without(
    name: str, symbols: tuple[str, ...], functions: tuple[tuple[str, int], ...], heads: tuple[tuple[str, tuple[str, ...]], ...]
) -> bool:
    """Whether a symbol of several tokens reads as an expression of the others; an entry of an array is refused where that is indexed."""
    others = tuple(one for one in symbols if one != name)
    known = {one: order for one, order in functions if one != name}
    words = Vocabulary(others, known, dict(heads), frozenset(), dict.fromkeys(known, ()))
    try:
        reader = _Reader(Formula(macro="checked", name="symbol", text=plain(key_of(name)), place=Place(file="", line=1)), words)
        node = reader.sum()
    except ContentError:
        return False
    return reader.position == len(reader.tokens) and not any(isinstance(one, tree.Index) for one in tree.parts(node))


class _Reader(Symbols, Forms, Limits, Definitions, Scripts):
    """Relations, sums, terms, factors and declared symbols."""

    def is_relation(self, text: str) -> bool:
        return text in RELATIONS

    def chain(self) -> Chain:
        start = self.first_at or self.position
        relations: list[Relation] = []
        sides = [self.first or self.sum()]
        before, self.first, self.first_at = self.written_out(start), None, 0
        while self.here in RELATIONS:
            token = self.take()
            if token.text in DEFINITIONS and (relations or self.depth):
                self.refuse(f"'{token.text}' defines what stands first; expected no relation before it; write = here", self.position - 1)
            start = self.position
            relations.append(Relation(symbol=RELATIONS[token.text], span=(token.start, token.end)))
            sides.append(self.sum())
            if self.written_out(start) == before:
                self.refuse(f"'{self.printed(start)}' is related to itself; expected two different sides", start - 1)
            before = self.written_out(start)
        return Chain(text=self.formula.text, sides=tuple(sides), relations=tuple(relations), symbols=frozenset(self.used))

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
        left = last = self.factor()
        # After a bar the next one may close it, or open another: for each kind, whether one was met, and whether a factor stands between.
        paired = {mark: self.text(-1) == mark or self.tokens[start].text == mark for mark in ("|", r"\|")}
        between = {mark: not paired[mark] for mark in paired}
        while True:
            if self.here in TENSORS:
                left = last = self._tensor(left, start)
                continue
            if self.here in TIMES or self.here == "/":
                symbol = "/" if self.take().text == "/" else "*"
            elif self.starts_factor():
                symbol = "*"
                self.no_closing_bar(start)
            else:
                return left
            first = self.position
            if symbol == "/" and self.here in REACHING:
                self.refuse(f"'{self.beside(start)}' can be read in two ways: what does the slash divide by? Write \\frac or brackets")
            if self.here in paired and paired[self.here] and between[self.here]:
                advice = r"\lvert … \rvert" if self.here == "|" else r"\lVert … \rVert"
                self.refuse(f"'{self.beside(start)}' can be paired in two ways; write {advice}")
            right = self.factor()
            for mark in paired:
                opened = self.tokens[first].text == mark
                paired[mark], between[mark] = paired[mark] or opened, not opened
            if self.tokens[first - 1].text not in TIMES and _mixed(last, right, self.tokens[first].text):
                number, fraction = self.printed(first - 1, first), self.printed(first)
                ways = either(f"{number} \\cdot {fraction}", f"({number} + {fraction})")
                self.refuse(f"'{self.printed(start)}' can be read as a mixed number or as a product; {ways}", start)
            left, last = tree.Operation(symbol=symbol, left=left, right=right, span=self.span(start)), right
            if symbol == "/" and (self.here == "/" or self.here in TIMES or self.starts_factor()):
                self._after_slash(start, first)

    def _after_slash(self, start: int, divisor: int) -> None:
        """Refuses t/sn with both readings, where the next factor is one."""
        printed, at = self.beside(start), self.position
        top, bottom = self.printed(start, divisor - 1), self.printed(divisor)
        if self.here in TIMES:
            self.take()
        more = self.following(self.factor) if self.here != "/" else ""
        narrow, wide = rf"\frac{{{top}}}{{{bottom}}}\cdot {more}", rf"\frac{{{top}}}{{{bottom}\cdot {more}}}"
        ways = either(narrow, wide) if more else r"write \frac"
        self.refuse(f"'{printed}' can be read in two ways after the slash; {ways}", at)

    def _tensor(self, left: Node, start: int) -> Node:
        r"""A \odot B and u \otimes v, alone in their term, so that nobody asks what binds first."""
        sign = self.take().text
        before = self.text(-2)
        right = self.factor()
        mixed = isinstance(left, tree.Operation) and left.symbol in "*/" and before not in GROUPS.values()
        other = isinstance(left, tree.Elementary) and left.name in set(TENSORS.values()) - {TENSORS[sign]} and before not in GROUPS.values()
        if mixed or other or self.here == "/" or self.here in TIMES | (TENSORS.keys() - {sign}) or self.starts_factor():
            self.refuse(f"'{self.printed(start)}' with another product can be read in two ways; write parentheses", start)
        return tree.Elementary(name=TENSORS[sign], arguments=(left, right), span=self.span(start))

    def factor(self) -> Node:
        start = self.position
        if self.here in SIGNS:
            self.refuse(f"'{self.here}' follows an operator; write parentheses")
        named = self.declared() is not None or self.here == r"\pi"
        base = self.base()
        self.no_power_of(base, start)
        raised = self.ends_in_power(base, start)
        if self.here == "!":
            base, raised = self.factorial(base, start), True
        while self.here == "^":
            if raised:
                self.refuse(f"'{self.printed(start)}^' has two powers; write parentheses")
            raised = True
            self.take()
            base = self.raised(base, start)
        self._no_script(start)
        if named:
            self.not_applied(base, start)
        return base

    def _no_script(self, start: int) -> None:
        advice = {
            "'": ", which is not a declared function or symbol with a prime",
            "!": ": what is it the factorial of? Write parentheses",
            "_": ", which is not a declared array or symbol",
        }
        if self.here == "_" and "+" in {self.text(1), self.text(2)[: self.text(1) == "{"]}:
            self.refuse(f"'_+' after '{self.printed(start)}' is not read; write the positive part as '\\max(t,0)'")
        if self.here in advice:
            sign = "a prime" if self.here == "'" else f"'{self.here}'"
            self.refuse(f"{sign} after '{self.printed(start)}'{advice[self.here]}")

    def script(self) -> Node:
        if self.here == "{":
            return self.group("{", "}")
        if self.position >= len(self.tokens) or self.here in {"+", "-", "^", "_", "}"}:
            self.refuse(f"'{self.text(-1)}' has no argument; expected one in braces after it")
        if self.here in {"(", "[", "|"}:
            self.refuse(f"'{self.here}' alone would be the argument, as TeX takes one sign; write braces around all that belongs to it")
        if self.here in {"*", r"\star", r"\dagger"}:
            self.refuse(f"'{self.here}' in a script belongs to a name; bind the letter with it as one symbol")
        token = self.tokens[self.position]
        if token.kind == "number":
            if len(token.text) > 1 and not token.braced:
                self.refuse(f"'{token.text}' as an unbraced argument, of which TeX takes only {token.text[0]}; write {{{token.text}}}")
            return self.number()
        if token.braced and self.here in {r"\max", r"\min"}:
            self.refuse(f"'{self.here}' as a script is no index; declare the symbol with its script as one")
        if self.here in FRACTIONS | ELEMENTARY.keys() | REACHING | {r"\sqrt", r"\binom", r"\int", r"\operatorname"}:
            self.refuse(f"'{self.here}' as an unbraced argument; write braces")
        name = self.braced() if token.braced else self.declared()
        if name is not None and (name in self.words.functions or name in self.words.heads):
            ways = f", as in '{name}(t)'" if name in self.words.functions else " in brackets"
            self.refuse(f"'{name}' is a function without its argument; write that{ways}, and braces around both")
        if name is not None and len(key_of(name)) > 1:
            self.refuse(f"'{name}' as an unbraced script; write braces around it")
        start = self.position
        if name is None:
            # TeX takes one token: what stands after it, such as the power of an e, is no part of the argument.
            return self._number_pi() or self._not_known()
        if name in self.defined:
            return self.value_of_defined(name, start)
        self.take()
        self.used |= {name} & set(self.words.symbols)
        return tree.Symbol(name=name, span=self.span(start))

    def base(self) -> Node:
        start, here = self.position, self.here
        if not here:
            self.refuse("ends too early; expected a factor")
        if self.declared() is not None:
            return self.symbol(start)
        if self.tokens[start].kind == "number":
            return self.number()
        if here in GROUPS:
            return self.bracketed(here)
        if here == "{" and self.text(1) == "}":
            self.refuse("'{}' prints nothing; take it out")
        if here == "{":
            if divides := next((k for k in range(1, self.group_length(0)) if self.text(k) in AROUND), 0):
                self.refuse(advised(self.text(divides)), self.position + divides)
            self.refuse("'{' does not print, so the page shows nothing around what it holds; write parentheses")
        if here == r"\int":
            return self.integral()
        if here in BIG:
            return self.big()
        if here == r"\lim":
            return self.lim()
        return self.form() or self._undeclared()

    def _undeclared(self) -> Node:
        start = self.position
        if self.here == "e" and self.text(1) == "^":
            self.position += 2
            self.no_label(start)
            return tree.Elementary(name="exp", arguments=(self.script(),), span=self.span(start))
        return self._number_pi() or self._not_known()

    def _number_pi(self) -> Node | None:
        start = self.position
        if self.here != r"\pi":
            return None
        self.take()
        return tree.Number(text="pi", span=self.span(start))

    def _not_known(self) -> Node:
        here = self.here
        if self.differential():
            self.refuse(
                r"a differential where a factor was expected; write it behind all of the integrand, as in '\int_0^1 2\,\mathrm{d}u'"
            )
        self._no_bound_macro()
        if here.startswith(WORDS) and self.text(-1) in {"_", "^"}:
            self.refuse(
                f"'{self.printed(self.position, self.position + 1)}' in a script makes a name that is not bound; bind all of that name"
            )
        if (before := self.text(-1)) in TIMES | TENSORS.keys() | SIGNS | {"/"} and (
            here in {"", "}", *GROUPS.values()} or self.is_relation(here)
        ):
            self.refuse(f"'{before}' has nothing behind it; write what is meant there, or take the sign out", self.position - 1)
        argument = self.text(1) if here in ACCENTS and self.text(1) != "{" else ""
        if here in ACCENTS and self.text(1) == "{":
            argument = "{" + "".join(self.text(2 + k) for k in range(self.group_length(1) - 2)) + "}"
        if letters := in_letters(self._letters(-1), self._letters(1), [*self.words.symbols, *self.bound]):
            self.refuse(letters)
        return self.refuse(said_of(here, argument, self.formula.name, [*self.words.symbols, *self.bound]))

    def _letters(self, step: int) -> str:
        """The letters that stand here side by side: before this token, or from it on."""
        found, index = "", self.position if step > 0 else self.position - 1
        while 0 <= index < len(self.tokens) and self.tokens[index].kind == "letter":
            found = found + self.tokens[index].text if step > 0 else self.tokens[index].text + found
            index += step
        return found

    def _no_bound_macro(self) -> None:
        r"""Refuses what a macro prints where the macro's name is bound in its place, as \phi that is renewed to be \varphi."""
        name = self.quotes.macro_of(self.position)
        macro = next((one for one in self.formula.macros if one.name == name and not one.count), None)
        if macro and name in self.words.symbols:
            self.refuse(f"'{macro.body}' is printed and not bound, but {name} is; bind '{macro.body}' in the place of {name}")


def _mixed(left: Node, right: Node, first: str) -> bool:
    """Whether a number is followed by a fraction of numbers: 2 1/2 or 2 times 1/2."""
    if first not in FRACTIONS or not isinstance(right, tree.Operation):
        return False
    return all(isinstance(one, tree.Number) and one.text[:1].isdigit() for one in (left, right.left, right.right))
