r"""The strict reader: a formula of the page as a tree, or a message that says what could be misread.

What a reader of the page could misread, this refuses to read. Nothing here computes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NoReturn

from hwgen.errors import ContentError, did_you_mean
from hwgen.model import Bindings, Expectation, Formula, Function
from hwgen.reading import nodes
from hwgen.reading.nodes import Chain, Node, Relation
from hwgen.reading.tokens import Token, key_of, place_of, tokenize

RELATIONS = {"=": "=", "<": "<", ">": ">", r"\le": r"\le", r"\leq": r"\le", r"\leqslant": r"\le"}
RELATIONS |= {r"\ge": r"\ge", r"\geq": r"\ge", r"\geqslant": r"\ge", r"\lt": "<", r"\gt": ">"}
_NAMES = ("log", "exp", "sin", "cos", "tan", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh")
_NAMES = ("log", "exp", "sin", "cos", "tan", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh")
ELEMENTARY = {rf"\{name}": name for name in _NAMES} | {r"\ln": "log"}
OPERATORS = {"arsinh": "arcsinh", "arcosh": "arccosh", "artanh": "arctanh", "erf": "erf", "erfc": "erfc", "sign": "sign", "sgn": "sign"}
FRACTIONS = frozenset({r"\frac", r"\tfrac", r"\dfrac"})
GROUPS = {"(": ")", "[": "]", r"\{": r"\}"}
CLOSING = frozenset({")", "]", r"\}", "}", r"\rvert", r"\rVert", r"\rangle", ",", r"\end{pmatrix}"})
BIG = {r"\sum": "sum", r"\prod": "product", r"\max": "max", r"\min": "min", r"\sup": "sup", r"\inf": "inf"}
REFUSED = {
    r"\pm",
    r"\mp",
    r"\dots",
    r"\ldots",
    r"\cdots",
    r"\text",
    r"\approx",
    r"\sim",
    r"\to",
    r"\in",
    r"\propto",
    r"\equiv",
    r"\ne",
    r"\neq",
}


@dataclass(frozen=True)
class Vocabulary:
    """The declared symbols by their role; `heads` with the symbols they average over, `functions` with how many primes they know."""

    symbols: tuple[str, ...]
    values: frozenset[str]
    functions: Mapping[str, int]
    heads: Mapping[str, tuple[str, ...]]
    relational: frozenset[str]


def vocabulary(bindings: Bindings) -> Vocabulary:
    """What the bindings of a claim declare."""
    functions = {name: len(binding.derivatives) for name, binding in bindings.items() if isinstance(binding, Function)}
    heads = {name: binding.symbols for name, binding in bindings.items() if isinstance(binding, Expectation)}
    relational = frozenset(
        name for name, binding in bindings.items() if isinstance(binding, Expectation) and binding.moment == "probability"
    )
    values = frozenset(bindings) - frozenset(functions) - frozenset(heads)
    return Vocabulary(tuple(bindings), values, functions, heads, relational)


def read(formula: Formula, words: Vocabulary) -> Chain:
    """The formula as a chain of relations. Raises ContentError at the template's line and column, with advice."""
    reader = _Reader(formula, words)
    if reader.tokens and reader.text(0) in {"=", "<", ">"}:
        reader.refuse("begins with a relation; expected a side before it")
    chain = reader.chain()
    if reader.position < len(reader.tokens):
        reader.refuse(f"'{reader.here}' has no partner; expected the end of the formula")
    if not chain.relations:
        reader.refuse("holds no relation; expected =, \\le, \\ge, < or >", 0)
    return chain


@dataclass
class _Reader:
    formula: Formula
    words: Vocabulary
    tokens: tuple[Token, ...] = ()
    position: int = 0
    used: set[str] = field(default_factory=set)
    bound: list[str] = field(default_factory=list)
    bars: int = 0

    def __post_init__(self) -> None:
        try:
            self.tokens = tokenize(self.formula.text, self.formula.places, self.formula.place)
        except ContentError as error:
            raise ContentError(f"\\{self.formula.macro}{{{self.formula.name}}}: {error.message}", error.place) from None
        self.keys = {name: key_of(name) for name in self.words.symbols}
        self.averaged: dict[str, tuple[str, ...]] = {}

    # --- looking at tokens ---

    def text(self, ahead: int = 0) -> str:
        index = self.position + ahead
        return self.tokens[index].text if index < len(self.tokens) else ""

    @property
    def here(self) -> str:
        return self.text()

    def take(self) -> Token:
        if self.position >= len(self.tokens):
            self.refuse("ends too early; expected something more")
        self.position += 1
        return self.tokens[self.position - 1]

    def expect(self, text: str, after: str) -> None:
        if self.here != text:
            self.refuse(f"expected '{text}' {after}, found {repr(self.here) if self.here else 'the end'}")
        self.take()

    def refuse(self, message: str, at: int | None = None) -> NoReturn:
        index = min(self.position if at is None else at, len(self.tokens) - 1)
        offset = self.tokens[index].start if self.tokens else 0
        place = place_of(offset, self.formula.places, self.formula.place)
        raise ContentError(f"\\{self.formula.macro}{{{self.formula.name}}}: {message}", place)

    def span(self, start: int) -> tuple[int, int]:
        last = max(start, self.position - 1)
        return self.tokens[min(start, len(self.tokens) - 1)].start, self.tokens[min(last, len(self.tokens) - 1)].end

    def printed(self, start: int, stop: int | None = None) -> str:
        low, high = self.tokens[start].start, self.tokens[(stop or self.position) - 1].end
        return " ".join(self.formula.text[low:high].split())

    # --- relations and sums ---

    def chain(self) -> Chain:
        sides, relations = [self.sum()], []
        while self.here in RELATIONS:
            token = self.take()
            relations.append(Relation(symbol=RELATIONS[token.text], span=(token.start, token.end)))
            sides.append(self.sum())
        return Chain(text=self.formula.text, sides=tuple(sides), relations=tuple(relations), symbols=frozenset(self.used))

    def sum(self) -> Node:
        start = self.position
        if self.here in {"-", "+"}:
            sign = self.take().text
            left = self.term()
            left = nodes.Negative(of=left, span=self.span(start)) if sign == "-" else left
        else:
            left = self.term()
        while self.here in {"+", "-"}:
            symbol = self.take().text
            right = self.term()
            left = nodes.Operation(symbol=symbol, left=left, right=right, span=self.span(start))
        return left

    def term(self) -> Node:
        start = self.position
        left = self.factor()
        bare = self.text(-1) == "|"
        between = False
        while True:
            if self.here in {r"\cdot", r"\times"}:
                self.take()
                symbol = "*"
            elif self.here == "/":
                self.take()
                symbol = "/"
            elif self.starts_factor():
                symbol = "*"
            else:
                return left
            first = self.position
            if self.here == "|" and bare and between:
                self.refuse(f"'{self.printed(start)}|' nests or repeats bare bars; write \\lvert … \\rvert")
            right = self.factor()
            if self.tokens[first].text == "|":
                bare, between = True, False
            else:
                between = True
            left = nodes.Operation(symbol=symbol, left=left, right=right, span=self.span(start))
            if symbol == "/" and (self.starts_factor() or self.here == "/"):
                printed = self.printed(start)
                self.refuse(
                    f"'{printed}{' ' if self.here.isalpha() else ''}{self.here}' can be read in two ways after the slash; write \\frac"
                )

    def starts_factor(self) -> bool:
        if self.position >= len(self.tokens):
            return False
        token = self.tokens[self.position]
        if token.text == "|":
            return self.bars == 0
        if token.text == r"\|":
            return not self.norms_open
        if token.kind == "number":
            self.refuse(f"the number {token.text} follows a factor; write \\cdot between them, or the number first")
        return (
            (token.kind == "letter" and not self._differential())
            or (
                token.kind == "command"
                and token.text not in RELATIONS
                and token.text not in CLOSING
                and token.text not in {r"\cdot", r"\times"}
                and not self._differential()
            )
            or token.text in {"(", "[", "{"}
        )

    norms_open: int = 0

    def _differential(self) -> bool:
        return self.here == r"\mathrm" and self.text(1) == "d"

    # --- factors ---

    def factor(self) -> Node:
        start = self.position
        if self.here in {"+", "-"}:
            self.refuse(f"'{self.here}' follows an operator; write parentheses")
        base = self.base()
        return self.scripts(base, start)

    def scripts(self, base: Node, start: int) -> Node:
        while self.here == "^":
            if isinstance(base, nodes.Operation) and base.symbol == "^" and self.tokens[self.position - 1].text != ")":
                self.refuse("two powers on one factor; write parentheses")
            self.take()
            if self.here in {r"\top", r"\intercal"}:
                self.take()
                base = nodes.Elementary(name="transpose", arguments=(base,), span=self.span(start))
                continue
            exponent = self.script()
            base = nodes.Operation(symbol="^", left=base, right=exponent, span=self.span(start))
        if self.here == "'":
            self.refuse(f"a prime after '{self.printed(start)}', which is not a declared function or symbol with a prime")
        if self.here == "!":
            self.refuse("a factorial is not read; write \\binom or a product")
        if self.here == "_":
            self.refuse(f"a subscript after '{self.printed(start)}', which is not a declared array or symbol")
        return base

    def script(self) -> Node:
        """An exponent or an argument: one token, or a braced group."""
        if self.here == "{":
            return self.group("{", "}")
        start = self.position
        token = self.tokens[self.position] if self.position < len(self.tokens) else None
        if token is None or token.text in {"+", "-", "^", "_", "}"}:
            self.refuse("expected an argument in braces")
        if token.kind == "number":
            return self.number()
        if token.text in FRACTIONS | {r"\sqrt", r"\binom"} or token.text in ELEMENTARY:
            self.refuse(f"'{token.text}' as an unbraced argument; write braces")
        return self.base_symbol(start, only_one_token=True)

    def group(self, opening: str, closing: str) -> Node:
        self.expect(opening, "to open a group")
        bars, norms = self.bars, self.norms_open
        self.bars = self.norms_open = 0
        inside = self.sum()
        self.bars, self.norms_open = bars, norms
        if self.here in RELATIONS:
            self.refuse("a relation inside a group; expected an expression")
        self.expect(closing, f"to close '{opening}'")
        return inside

    def number(self) -> Node:
        start = self.position
        return nodes.Number(text=self.take().text, span=self.span(start))

    def base(self) -> Node:
        start, here = self.position, self.here
        if not here:
            self.refuse("ends too early; expected a factor")
        declared = self.declared()
        if declared is not None:
            return self.base_symbol(start)
        readers: Mapping[str, Callable[[], Node]] = {
            "|": lambda: self.bars_around("|", "|"),
            r"\lvert": lambda: self.bars_around(r"\lvert", r"\rvert"),
            r"\|": lambda: self.norm(r"\|", r"\|"),
            r"\lVert": lambda: self.norm(r"\lVert", r"\rVert"),
            r"\langle": self.inner,
            r"\sqrt": self.root,
            r"\binom": self.binomial,
            r"\int": self.integral,
            r"\begin{pmatrix}": self.matrix,
            r"\operatorname": self.operator,
        }
        if self.tokens[start].kind == "number":
            return self.number()
        if here in GROUPS:
            return self.group(here, GROUPS[here])
        if here == "{":
            return self.group("{", "}")
        if here in FRACTIONS:
            return self.fraction()
        if here in readers:
            return readers[here]()
        if here in ELEMENTARY:
            self.take()
            return self.elementary(ELEMENTARY[here], start)
        if here in BIG:
            return self.big(BIG[here])
        return self.base_symbol(start)

    def declared(self) -> str | None:
        """The longest declared symbol that starts here, bound variables included."""
        best: str | None = None
        length = 0
        for name, key in [*self.keys.items(), *((name, key_of(name)) for name in self.bound)]:
            texts = tuple(self.text(ahead) for ahead in range(len(key)))
            if texts == key and len(key) > length:
                best, length = name, len(key)
        return best

    def base_symbol(self, start: int, only_one_token: bool = False) -> Node:
        name = self.declared()
        if name is None or (only_one_token and len(key_of(name)) > 1):
            return self.unknown(start, name)
        self.position += len(key_of(name))
        if name in self.words.symbols:
            self.used.add(name)
        if name in self.words.functions and name not in self.bound:
            return self.applied(name, start)
        if name in self.words.heads:
            return self.headed(name, start)
        if self.here == "_":
            return self.entry(name, start)
        return nodes.Symbol(name=name, span=self.span(start))

    def unknown(self, start: int, name: str | None) -> Node:
        here = self.here
        if here == r"\pi":
            self.take()
            return nodes.Number(text="pi", span=self.span(start))
        if here == r"\infty":
            self.take()
            return nodes.Number(text="inf", span=self.span(start))
        if here == "e" and self.text(1) == "^":
            self.position += 2
            return nodes.Elementary(name="exp", arguments=(self.script(),), span=self.span(start))
        if here in {"e", "d", "i"}:
            self.refuse(
                f"'{here}' is not declared; write e^{{…}} or \\exp for the exponential, \\mathrm{{d}} for a differential, or bind '{here}'"
            )
        if here in REFUSED:
            self.refuse(f"'{here}' has no exact meaning here; write the relation or expression out")
        if here in CLOSING or here in RELATIONS or here in "^_":
            self.refuse(f"'{here}' where a factor was expected")
        if name is not None:
            self.refuse(f"'{name}' as an unbraced script; write braces around it")
        known = ", ".join([*self.words.symbols, *self.bound]) or "none"
        hint = did_you_mean(here, [*self.words.symbols, *ELEMENTARY, *FRACTIONS, *BIG, r"\sqrt", r"\pi"])
        return self.refuse(f"'{here}' is not bound in claim {self.formula.name}; bound are {known}.{hint}")

    def applied(self, name: str, start: int) -> Node:
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
        return nodes.Apply(name=name, order=order, arguments=self.arguments(), span=self.span(start))

    def arguments(self) -> tuple[Node, ...]:
        opening = self.take().text
        bars, norms = self.bars, self.norms_open
        self.bars = self.norms_open = 0
        found = [self.sum()]
        while self.here in {",", ";"}:
            self.take()
            found.append(self.sum())
        self.bars, self.norms_open = bars, norms
        self.expect(GROUPS[opening], f"to close '{opening}'")
        return tuple(found)

    def headed(self, name: str, start: int) -> Node:
        if self.here not in GROUPS:
            self.refuse(f"{name} is not applied; expected '[' or '(' after it")
        opening = self.take().text
        symbols = self.words.heads[name]
        bars, norms = self.bars, self.norms_open
        self.bars = self.norms_open = 0
        self.bound.extend(symbols)
        body: Node | Chain = self.chain() if name in self.words.relational else self.sum()
        del self.bound[len(self.bound) - len(symbols) :]
        self.bars, self.norms_open = bars, norms
        if isinstance(body, Chain) and not body.relations:
            self.refuse(f"{name} holds no relation; expected a probability of =, \\le, \\ge, < or >")
        self.expect(GROUPS[opening], f"to close '{opening}'")
        return nodes.Averaged(name=name, body=body, span=self.span(start))

    def entry(self, name: str, start: int) -> Node:
        self.take()
        if self.here == "{":
            self.take()
            found = []
            while self.here != "}":
                if self.here == ",":
                    self.take()
                found.append(self.sum() if self._index_is_sum() else self.factor())
            self.take()
        else:
            found = [self.script()]
        return nodes.Index(name=name, indices=tuple(found), span=self.span(start))

    def _index_is_sum(self) -> bool:
        depth, ahead = 0, 0
        while self.text(ahead) and not (depth == 0 and self.text(ahead) in {",", "}"}):
            depth += (self.text(ahead) == "{") - (self.text(ahead) == "}")
            if depth == 0 and self.text(ahead) in {"+", "-"}:
                return True
            ahead += 1
        return False

    # --- built-in forms ---

    def fraction(self) -> Node:
        start = self.position
        self.take()
        top = self.script()
        bottom = self.script()
        return nodes.Operation(symbol="/", left=top, right=bottom, span=self.span(start))

    def binomial(self) -> Node:
        start = self.position
        self.take()
        return nodes.Elementary(name="binom", arguments=(self.script(), self.script()), span=self.span(start))

    def root(self) -> Node:
        start = self.position
        self.take()
        degree: Node = nodes.Number(text="2", span=self.span(start))
        if self.here == "[":
            degree = self.group("[", "]")
        return nodes.Elementary(name="root", arguments=(self.script(), degree), span=self.span(start))

    def operator(self) -> Node:
        start = self.position
        self.take()
        name = ""
        if self.here == "{":
            self.take()
            while self.here not in {"}", ""}:
                name += self.take().text
            self.take()
        else:
            name = self.take().text
        if name not in OPERATORS:
            self.refuse(f"\\operatorname{{{name}}} is not known and not bound.{did_you_mean(name, OPERATORS)}", start)
        return self.elementary(OPERATORS[name], start)

    def elementary(self, name: str, start: int) -> Node:
        power: Node | None = None
        if self.here == "^":
            self.take()
            if self.here == "{" or not self.here.isdigit():
                self.refuse("a power on a function's name is read only as one digit, as in \\sin^2; write parentheses")
            power = self.number()
        if self.here in {"(", "["}:
            argument = self.group(self.here, GROUPS[self.here])
            if self.here == "^":
                self.refuse(f"'{self.printed(start)}^' can be read as a power of the argument; write parentheses around it all")
        else:
            argument = self.bare_argument(start)
        node: Node = nodes.Elementary(name=name, arguments=(argument,), span=self.span(start))
        return nodes.Operation(symbol="^", left=node, right=power, span=self.span(start)) if power else node

    def bare_argument(self, start: int) -> Node:
        if self.here in {"+", "-", ""} or self.here in RELATIONS:
            self.refuse(f"{self.printed(start)} has no argument")
        first = self.position
        argument = self.base()
        if self.here == "^":
            self.refuse(f"'{self.printed(start)}^' can be read in two ways; write parentheses")
        if self.here == "/" or self.here in {r"\cdot", r"\times"} or self.starts_factor():
            function, printed = self.printed(start, first), self.printed(start)
            self.refuse(f"'{printed}{self.here}' can be read in two ways: where does the argument of {function} end? Write parentheses")
        return argument

    def bars_around(self, opening: str, closing: str) -> Node:
        start = self.position
        self.take()
        before = self.bars
        self.bars = 1 if opening == "|" else 0
        if opening == "|" and before:
            self.refuse("nested bare bars; write \\lvert … \\rvert")
        inside = self.sum()
        self.bars = before
        self.expect(closing, "to close the absolute value")
        return nodes.Elementary(name="absolute", arguments=(inside,), span=self.span(start))

    def norm(self, opening: str, closing: str) -> Node:
        start = self.position
        self.take()
        bars, norms = self.bars, self.norms_open
        self.bars, self.norms_open = 0, int(opening == r"\|")
        inside = self.sum()
        self.bars, self.norms_open = bars, norms
        self.expect(closing, "to close the norm")
        kind = self.norm_kind()
        return nodes.Elementary(name=kind, arguments=(inside,), span=self.span(start))

    def norm_kind(self) -> str:
        if self.here != "_":
            return "norm"
        self.take()
        text = ""
        if self.here == "{":
            depth = 0
            while True:
                token = self.take().text
                depth += (token == "{") - (token == "}")
                text += token if token not in {"{", "}", r"\mathrm", r"\operatorname"} else ""
                if depth == 0:
                    break
        else:
            text = self.take().text
            if text in {r"\mathrm", r"\operatorname"}:
                text = self.take().text
                if text == "{":
                    text = ""
                    while self.here not in {"}", ""}:
                        text += self.take().text
                    self.take()
        kinds = {"2": "norm_2", "F": "norm_F", "op": "norm_op"}
        if text not in kinds:
            self.refuse(f"the norm _{text} is not known; expected _2, _{{\\mathrm F}} or _{{\\mathrm{{op}}}}")
        return kinds[text]

    def inner(self) -> Node:
        start = self.position
        self.take()
        left = self.sum()
        self.expect(",", "between the two vectors of an inner product")
        right = self.sum()
        self.expect(r"\rangle", "to close \\langle")
        return nodes.Elementary(name="inner", arguments=(left, right), span=self.span(start))

    def matrix(self) -> Node:
        start = self.position
        self.take()
        rows: list[list[Node]] = [[]]
        while True:
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
        return nodes.Matrix(rows=tuple(tuple(row) for row in rows), span=self.span(start))

    def integral(self) -> Node:
        start = self.position
        self.take()
        low, high = self.limits()
        if low is None or high is None:
            self.refuse("an integral without limits; write \\int_{…}^{…}", start)
        variable = self.differential_ahead(start)
        self.bound.append(variable)
        body = self.sum()
        self.bound.pop()
        if not self._differential():
            self.refuse("expected \\mathrm{d} and the variable at the end of the integral")
        self.position += 2 + len(key_of(variable))
        return nodes.Ranging(kind="integral", variable=variable, low=low, high=high, body=body, span=self.span(start))

    def differential_ahead(self, start: int) -> str:
        """The variable of the differential that ends this integral."""
        depth = 1
        for index in range(self.position, len(self.tokens) - 2):
            if self.tokens[index].text == r"\int":
                depth += 1
            if self.tokens[index].text == r"\mathrm" and self.tokens[index + 1].text == "d":
                depth -= 1
                if depth == 0:
                    return self.tokens[index + 2].text
        return self.refuse("expected \\mathrm{d} and the variable at the end of the integral", start)

    def limits(self) -> tuple[Node | None, Node | None]:
        low = high = None
        for _ in range(2):
            if self.here == "_":
                self.take()
                low = self.script()
            elif self.here == "^":
                self.take()
                high = self.script()
        return low, high

    def big(self, kind: str) -> Node:
        start = self.position
        self.take()
        if self.here in GROUPS and kind in {"max", "min"}:
            opening = self.here
            found = self.arguments()
            if len(found) < 2:
                self.refuse(f"{kind} of one thing; expected a list in '{opening}…{GROUPS[opening]}' or an index below it", start)
            return nodes.Elementary(name=kind, arguments=found, span=self.span(start))
        if self.here != "_":
            self.refuse(f"'{self.printed(start)}' says not over what; write an index below it", start)
        self.take()
        low, high, indices, relation = self.condition(kind)
        if self.here == "^":
            self.take()
            high = self.script()
        self.bound.extend(indices)
        body = self.term()
        del self.bound[len(self.bound) - len(indices) :]
        if kind in {"sum", "product"} and low is not None and high is None:
            self.refuse(f"{kind} from a lower limit to where? write its upper limit too", start)
        if kind in {"sup", "inf"} or relation == "real":
            if low is None or high is None or len(indices) != 1:
                self.refuse(
                    f"{kind} over what? write \\{kind}_{{|u| \\le T}}, \\{kind}_{{a \\le u \\le b}} or \\{kind}_{{u \\in \\mathbb{{R}}}}",
                    start,
                )
            return nodes.Ranging(kind=kind, variable=indices[0], low=low, high=high, body=body, span=self.span(start))
        return nodes.Indexed(kind=kind, indices=tuple(indices), relation=relation, low=low, high=high, body=body, span=self.span(start))

    def condition(self, kind: str) -> tuple[Node | None, Node | None, list[str], str]:
        """What stands below a big operator: j, ij, j=1, i<j, 1<=j<=p, |u|<=T, u in R."""
        if self.here != "{":
            return None, None, [self.take().text], ""
        self.take()
        found = self._condition(kind)
        self.expect("}", f"to close what stands below \\{kind}")
        return found

    def _condition(self, kind: str) -> tuple[Node | None, Node | None, list[str], str]:
        start = self.position
        if self.here in {"|", r"\lvert"}:
            self.take()
            name = self.take().text
            self.take()
            self._relation(r"\le")
            high = self.sum()
            return nodes.Negative(of=high, span=high.span), high, [name], "real"
        stop = start
        while self.tokens[stop].text != "}" or self._depth(start, stop) > 0:
            stop += 1
        texts = [token.text for token in self.tokens[start:stop]]
        if r"\in" in texts:
            name = self.take().text
            self.take()
            if [self.text(0), self.text(1)] != [r"\mathbb", "R"]:
                self.refuse("expected \\mathbb{R} after \\in below a sup")
            self.position += 2
            infinite = nodes.Number(text="inf", span=self.span(start))
            return nodes.Negative(of=infinite, span=infinite.span), infinite, [name], "real"
        signs = [text for text in texts if text in RELATIONS or text in {r"\ne", r"\neq"}]
        if not signs:
            names = [text for text in texts if text != ","]
            self.position = stop
            return None, None, names, ""
        if signs == ["="]:
            name = self.take().text
            self.take()
            return self.sum(), None, [name], ""
        if len(signs) == 2:
            low = self.sum()
            self._relation(r"\le")
            name = self.take().text
            self._relation(r"\le")
            high = self.sum()
            return low, high, [name], "" if kind not in {"sup", "inf"} else "real"
        first, sign, second = texts[0], signs[0], texts[-1]
        if len(texts) != 3:
            self.refuse("expected two indices and a relation, as in i<j")
        self.position = stop
        named = {"<": "<", r"\le": "<=", r"\leq": "<=", r"\ne": "!=", r"\neq": "!="}
        if sign not in named:
            self.refuse(f"'{sign}' between indices; expected <, \\le or \\ne")
        return None, None, [first, second], named[sign]

    def _depth(self, start: int, stop: int) -> int:
        texts = [token.text for token in self.tokens[start:stop]]
        return texts.count("{") - texts.count("}")

    def _relation(self, symbol: str) -> None:
        if RELATIONS.get(self.here) != symbol:
            self.refuse(f"expected {symbol}, found '{self.here}'")
        self.take()
