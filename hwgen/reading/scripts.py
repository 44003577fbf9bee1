r"""What stands above a factor: powers, transposes, inverses, factorials, and what only looks like one of these."""

from __future__ import annotations

from hwgen.reading import tree
from hwgen.reading.commands import GROUPS
from hwgen.reading.cursor import Cursor
from hwgen.reading.tokens import key_of
from hwgen.reading.tree import Node

_TRANSPOSES = ((r"\top",), *(("{", font, "T", "}") for font in (r"\mathsf", r"\mathrm")), ("{", "-", r"\top", "}"))


class Scripts(Cursor):
    """Reads superscripts and factorials."""

    def no_power_of(self, base: Node, start: int) -> None:
        r"""A_{1,2}^{-1} is the entry of the inverse to some, the inverse of the entry to others; beside cases, of their last row."""
        if self.here != "^" or self.ends_in_power(base, start):
            return
        if isinstance(base, tree.Index) and len(base.indices) > 1 and self.tokens[start].text not in GROUPS and not self._of_running(base):
            entry = self.printed(start)
            ways = f"write ({entry})^… for a power of the entry, or (B)_{{…}} of a declared B = {base.name}^… for an entry of the power"
            self.refuse(f"'{entry}^' can be read in two ways; {ways}")
        if self.tokens[start].text == r"\begin{cases}":
            self.refuse("a power on cases can be read as a power of their last row; write parentheses around them")

    def _of_running(self, base: tree.Index) -> bool:
        r"""Whether this is a plain power of an entry whose indices run, as in \sum_{i,j} G_{ij}^2: the entry's to everybody."""
        running = all(isinstance(one, tree.Symbol) and one.name in self.bound for one in base.indices)
        return running and (self.text(1).isdigit() or (self.text(1) == "{" and self.text(2).isdigit() and self.text(3) == "}"))

    def raised(self, base: Node, start: int) -> Node:
        """The base with the superscript that stands here: transposed, inverted, or to a power."""
        transposes = next((form for form in _TRANSPOSES if self._follows(form)), None)
        if transposes is not None:
            self.position += len(transposes)
            node = tree.Elementary(name="transpose", arguments=(base,), span=self.span(start))
            inverse = transposes[:2] == ("{", "-")
            return self._inverted(node) if inverse else node
        # A^T is a transpose wherever no T is bound: p^T of a claim that binds T is a power.
        if self.here == "T" and not self.declared_as("T"):
            self.take()
            return tree.Elementary(name="transpose", arguments=(base,), span=self.span(start))
        self.no_label(start)
        return tree.Operation(symbol="^", left=base, right=self.script(), span=self.span(start))

    def _inverted(self, node: Node) -> Node:
        minus = tree.Negative(of=tree.Number(text="1", span=node.span), span=node.span)
        return tree.Operation(symbol="^", left=node, right=minus, span=node.span)

    def _follows(self, texts: tuple[str, ...]) -> bool:
        return tuple(self.text(ahead) for ahead in range(len(texts))) == texts

    def no_label(self, start: int) -> None:
        r"""t^{(2)} and h^{[2]} are names of a second thing, or derivatives; never squares."""
        if self.here != "{" or self.text(1) not in GROUPS:
            return
        opening, depth, ahead = self.text(1), 0, 1
        while self.text(ahead):
            depth += (self.text(ahead) in GROUPS) - (self.text(ahead) in GROUPS.values())
            if depth == 0:
                break
            ahead += 1
        if self.text(ahead + 1) == "}":
            shown = f"{self.printed(start)}{{{opening}…{GROUPS[opening]}}}"
            ways = "declare that symbol, write the power without brackets, or the index of an array below it"
            self.refuse(f"'{shown}' can be read as a label or a derivative; {ways}")

    def ends_in_power(self, base: Node, start: int) -> bool:
        """Whether what was read ends in a superscript of its own: e^x, or a declared symbol such as p^\\star."""
        if isinstance(base, tree.Symbol):
            return "^" in key_of(base.name) and self.tokens[start].text not in GROUPS
        if isinstance(base, tree.Index) and self.tokens[start].text not in GROUPS:
            return "^" in {token.text for token in self.tokens[start : self.position]}
        upright = self.tokens[start].text == r"\mathrm"
        exponential = isinstance(base, tree.Elementary) and base.name == "exp"
        return exponential and (upright or (self.tokens[start].text == "e" and "e" not in self.words.symbols))

    def factorial(self, base: Node, start: int) -> Node:
        """n! of what stands alone or in brackets."""
        self.take()
        if self.here == "!":
            self.refuse("'!!' is a double factorial, or a factorial of one; write parentheses or a product")
        alone = isinstance(base, tree.Number | tree.Symbol | tree.Index)
        closed = self.text(-2) in GROUPS.values() and (self.tokens[start].text in GROUPS or isinstance(base, tree.Apply))
        if not alone and not closed:
            self.refuse(f"'{self.printed(start)}' can be read in two ways; write parentheses", start)
        return tree.Elementary(name="factorial", arguments=(base,), span=self.span(start))
