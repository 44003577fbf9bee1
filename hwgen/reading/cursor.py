r"""A place in the tokens of a formula: looking ahead, taking, refusing, and which symbols are declared here."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NoReturn

from hwgen.model import Formula
from hwgen.model.errors import ContentError
from hwgen.reading import tree
from hwgen.reading.commands import TIMES
from hwgen.reading.macros import expand
from hwgen.reading.quotes import Quotes
from hwgen.reading.refusals import quoted, shortened, unsized
from hwgen.reading.signs import NO_NAMES
from hwgen.reading.tokens import Token, by_first, key_of, place_of, tokenize
from hwgen.reading.tree import Chain, Node
from hwgen.reading.vocabulary import Vocabulary

DEEPEST = 50
_NOT_A_FACTOR = TIMES | frozenset(
    {")", "]", r"\}", "}", r"\rvert", r"\rVert", r"\rangle", r"\rfloor", r"\rceil", ",", r"\mid", ":", r"\ne", r"\neq"}
)


@dataclass
class Cursor(ABC):
    """Where the reader stands. `bars_open` and `norms`: 1 where a bare | or \\| is open, -1 one that says its side.

    `bound` names what operators bind here, `averaging` those of them that heads average over. `defined`: names that the formula
    defines, each with its tokens and what it stands for, `meant`: the same in tokens; `first`: the side that defined one.
    """

    formula: Formula
    words: Vocabulary
    tokens: tuple[Token, ...] = ()
    position: int = 0
    used: set[str] = field(default_factory=set)
    bound: list[str] = field(default_factory=list)
    averaging: list[str] = field(default_factory=list)
    bars_open: int = 0
    norms: int = 0
    depth: int = 0
    integrals: int = 0
    defined: dict[str, tuple[tuple[str, ...], Node]] = field(default_factory=dict)
    meant: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    first: Node | None = None
    first_at: int = 0
    quotes: Quotes = field(init=False)

    def __post_init__(self) -> None:
        try:
            self.quotes = self._quotes()
        except ContentError as error:
            raise ContentError(f"\\{self.formula.macro}{{{self.formula.name}}}: {error.message}", error.place) from None
        self.tokens = tuple(self.quotes.tokens)
        if self.tokens and self.tokens[-1].text in {".", ",", ";"}:
            self.tokens = self.tokens[:-1]  # the sentence's own punctuation, at the end of a display
        self.keys = by_first(tuple(self.words.symbols))

    def _quotes(self) -> Quotes:
        """The tokens of the formula as its macros expand, each where the author typed it."""
        formula = self.formula
        if not formula.macros:
            found = tokenize(formula.text, formula.places, formula.place)
            return Quotes(formula.text, formula.text, found, found)

        def refuse(message: str, offset: int) -> ContentError:
            return ContentError(message, place_of(offset, formula.places, formula.place))

        expanded = expand(formula.text, formula.macros, refuse)
        places = tuple(place_of(low, formula.places, formula.place) or formula.place for low, _ in expanded.spans)
        found = tokenize(expanded.text, places, formula.place)
        typed = tuple(one._replace(start=expanded.spans[one.start][0], end=expanded.spans[one.end - 1][1]) for one in found)
        return Quotes.of(formula.text, expanded, typed, found)

    @abstractmethod
    def chain(self) -> Chain:
        """Sides and relations, as far as they go."""

    @abstractmethod
    def sum(self) -> Node:
        """Terms joined by + and -."""

    @abstractmethod
    def term(self) -> Node:
        """Factors joined by products and slashes."""

    @abstractmethod
    def factor(self) -> Node:
        """One factor with its scripts."""

    @abstractmethod
    def listed(self) -> tuple[Node, ...]:
        """The arguments in a pair of delimiters, one or more."""

    @abstractmethod
    def base(self) -> Node:
        """One factor without its scripts."""

    # --- looking and taking ---

    def text(self, ahead: int = 0) -> str:
        index = self.position + ahead
        return self.tokens[index].text if 0 <= index < len(self.tokens) else ""

    @property
    def here(self) -> str:
        return self.tokens[self.position].text if self.position < len(self.tokens) else ""

    def take(self) -> Token:
        if self.position >= len(self.tokens):
            self.refuse("ends too early; expected something more")
        self.position += 1
        return self.tokens[self.position - 1]

    def expect(self, text: str, after: str) -> None:
        if self.here != text:
            self.refuse(f"expected '{text}' {after}, found {self.found(self.here)}")
        self.take()

    @staticmethod
    def found(text: str) -> str:
        """A token in the words of a refusal."""
        return f"'{text}'" if text else "the end"

    def refuse(self, message: str, at: int | None = None) -> NoReturn:
        index = min(self.position if at is None else at, len(self.tokens) - 1)
        offset = self.tokens[index].start if self.tokens else 0
        place = place_of(offset, self.formula.places, self.formula.place)
        macro = self.quotes.macro_of(index)
        within = f"in what {macro} stands for: " if macro else ""
        raise ContentError(f"\\{self.formula.macro}{{{self.formula.name}}}: {shortened(within + message)}", place)

    def span(self, start: int) -> tuple[int, int]:
        last = len(self.tokens) - 1
        return self.quotes.span(min(start, last), min(max(start, self.position - 1), last))

    def printed(self, start: int, stop: int | None = None) -> str:
        return quoted(unsized(self.quotes.printed(start, (stop or self.position) - 1)))

    def beside(self, start: int) -> str:
        """What was printed since `start`, and the token that follows."""
        return f"{self.printed(start)}{' ' if self.here.isalpha() else ''}{self.here}"

    def following(self, read: Callable[[], object]) -> str:
        """What `read` takes from here on, as printed; nothing where it takes nothing. For the words of a refusal alone."""
        first = self.position
        try:
            read()
            return self.printed(first) if self.position > first else ""
        except ContentError:
            return ""
        finally:
            self.position = first

    def group_length(self, ahead: int) -> int:
        """How many tokens a group has that opens so far ahead, its braces included."""
        depth, length = 0, 0
        while self.text(ahead + length):
            depth += (self.text(ahead + length) == "{") - (self.text(ahead + length) == "}")
            length += 1
            if depth == 0:
                break
        return length

    # --- contexts ---

    @contextmanager
    def fresh(self, bars: int = 0, norms: int = 0) -> Iterator[None]:
        """Inside a pair of delimiters: the bars outside do not close here."""
        before = self.bars_open, self.norms
        self.bars_open, self.norms, self.depth = bars, norms, self.depth + 1
        if self.depth > DEEPEST:
            self.refuse(f"is nested too deeply, more than {DEEPEST} times; expected a formula that fits a page")
        yield
        self.bars_open, self.norms, self.depth = *before, self.depth - 1

    @contextmanager
    def binding(self, names: Sequence[str]) -> Iterator[None]:
        """Where an operator binds these names."""
        self.bound.extend(names)
        yield
        del self.bound[len(self.bound) - len(names) :]

    @contextmanager
    def averaging_over(self, names: Sequence[str]) -> Iterator[None]:
        """Where a head averages over these names."""
        self.averaging.extend(names)
        with self.binding(names):
            yield
        del self.averaging[len(self.averaging) - len(names) :]

    def variable(self, at: int | None = None) -> str:
        """The token here (or at `at`) as the name of an index or of a variable that an operator binds."""
        index = self.position if at is None else at
        token = self.tokens[index] if index < len(self.tokens) else None
        named = token and (token.kind == "letter" or (token.kind == "command" and token.text[1:].isalpha() and token.text not in NO_NAMES))
        if token is None or not named:
            self.refuse(f"expected the name of an index or variable, found {self.found(token.text if token else '')}", index)
        if self.declared_as(token.text):
            where = "by an operator around this one" if token.text in self.bound else "as a symbol of the claim"
            self.refuse(f"'{token.text}' is bound here and {where}; name one of them otherwise", index)
        return token.text

    # --- symbols ---

    def declared(self) -> str | None:
        """The longest declared symbol that starts here, bound variables included."""
        best: str | None = None
        length, here = 0, self.here
        known = self.keys.get(here, ())
        if self.bound or self.defined:
            known = (*known, *((name, key_of(name)) for name in self.bound), *((name, key) for name, (key, _) in self.defined.items()))
        for name, key in known:
            if len(key) > length and key[0] == here and (len(key) == 1 or tuple(map(self.text, range(len(key)))) == key):
                best, length = name, len(key)
        if best is not None and length > 1:
            key = self.defined[best][0] if best in self.defined else key_of(best)
            runs = sorted(set(key) & set(self.bound))
            if runs:
                self.refuse(f"'{best}' is declared as one symbol, and '{runs[0]}' runs here; declare the array and index it")
        return best

    def braced(self) -> str | None:
        """The declared symbol that the token here is, with braces around it: what stands behind them is no part of it."""
        return next((name for name in (*self.words.symbols, *self.bound, *self.defined) if key_of(name) == (self.here,)), None)

    def declared_as(self, name: str) -> bool:
        """Whether the name is declared, or bound by an operator around."""
        return name in self.words.symbols or name in self.bound or name in self.defined

    def differential(self) -> bool:
        r"""Whether \mathrm d stands here, or inside an integral a plain d that is not declared."""
        upright = self.here == r"\mathrm" and self.text(1) == "d"
        return upright or (self.here == "d" and self.integrals > 0 and not self.declared_as("d"))

    def starts_factor(self) -> bool:
        """Whether a factor can begin here, after another one."""
        if self.position >= len(self.tokens):
            return False
        token = self.tokens[self.position]
        if token.text == "|":
            return self.bars_open <= 0
        if token.text == r"\|":
            return self.norms <= 0
        if token.kind == "number":
            self.refuse(f"the number {token.text} follows a factor; write \\cdot between them, or the number first")
        if token.text in {"(", "[", "{"}:
            return True
        if token.text.startswith((r"\end{", r"\text{")):
            return False
        word = token.kind in {"letter", "command"} and token.text not in _NOT_A_FACTOR
        return word and not self.is_relation(token.text) and not self.differential()

    @abstractmethod
    def is_relation(self, text: str) -> bool:
        """Whether a token relates two sides."""

    # --- small parts ---

    def number(self) -> Node:
        start = self.position
        return tree.Number(text=self.take().text, span=self.span(start))

    def group(self, opening: str, closing: str) -> Node:
        self.take()
        with self.fresh():
            inside = self.sum()
        if self.is_relation(self.here):
            self.refuse("a relation inside a group; expected an expression")
        self.expect(closing, f"to close '{opening}'")
        return inside

    @abstractmethod
    def norm_name(self) -> str:
        """The name of a norm from its subscript, if it has one."""

    @abstractmethod
    def eigenvalue(self) -> Node:
        """The smallest or largest eigenvalue of a symmetric matrix."""

    @abstractmethod
    def of_defined(self, name: str, start: int) -> Node:
        """What a name that the formula defines stands for."""

    @abstractmethod
    def limit(self) -> Node:
        """An end of a range."""

    @abstractmethod
    def no_label(self, start: int) -> None:
        """Refuse a superscript in brackets, which may be a label."""

    @abstractmethod
    def script(self) -> Node:
        """An exponent, an index or an argument: one token, or a braced group."""
