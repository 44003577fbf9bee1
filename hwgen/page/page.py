"""The page as the templates print it, before any mathematics has run: its text, what is under test on it, what it displays.

What is asked of a page is found once and kept by it. Nothing here refuses anything; that is for the guards.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from hwgen.model import Formula, Homework, Macro, Student
from hwgen.model.errors import ContentError
from hwgen.page import coverage, definitions, formulas, template, text
from hwgen.page.coverage import Display
from hwgen.page.formulas import Marked
from hwgen.page.further import FURTHER, without_further
from hwgen.page.rendered import Rendered, used
from hwgen.page.template_errors import FOLDER, in_templates
from hwgen.page.text import Visible
from hwgen.reading import macros
from hwgen.reading.commands import squeezed
from hwgen.reading.lexer import environment
from hwgen.reading.roles import Role

MAIN = "document.tex.j2"
GENERATED = ("appendix", "overview", "coverage", "notation")


@dataclass(frozen=True, kw_only=True)
class Printable:
    """A claim or statement as the page is to print it: exercise, macro, an erratum's words, hypotheses in words, and its place.

    `words`: what the sentence of a statement says.
    """

    exercise: str
    macro: str
    quotes: str = ""
    in_words: Sequence[str] = ()
    words: Sequence[str] = ()
    file: str = ""
    line: int = 1


@dataclass(frozen=True, kw_only=True)
class Names:
    """What a template may name: the values of each namespace, and what is under test.

    `symbols`: what constants are the values of; `words`: what stands beside them; `uses`: for each figure and table the numbers it
    was computed with, and where they stand; `where`: file and line of each figure and table.
    """

    values: Mapping[str, Collection[str]]
    claims: Mapping[str, Printable]
    symbols: Mapping[str, str] = dataclasses.field(default_factory=dict)
    words: Mapping[str, Sequence[str]] = dataclasses.field(default_factory=dict)
    uses: Mapping[str, Mapping[str, str]] = dataclasses.field(default_factory=dict)
    where: Mapping[str, Sequence[Any]] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Page:
    """One version of the document; `whole` is the whole version where this is another."""

    root: Path
    homework: Homework
    who: Student
    names: Names
    rendered: Rendered
    whole: Page | None = None

    @property
    def versions(self) -> tuple[Page, ...]:
        """The whole version and the printed one, if that is another."""
        return (self.whole, self) if self.whole else (self,)

    @cached_property
    def text(self) -> Visible:
        """What LaTeX sees of it, and prints in this version."""
        seen = text.visible(self.rendered)
        return seen if self.who.version == self.homework.versions[0] or FURTHER not in seen.text else without_further(seen)

    @cached_property
    def _read_back(self) -> tuple[tuple[Marked, ...], tuple[ContentError, ...]]:
        return formulas.marked(self.text)

    @property
    def marked(self) -> tuple[Marked, ...]:
        """Every relation and statement under test, with where it stands in the text."""
        return self._read_back[0]

    @property
    def unreadable(self) -> tuple[ContentError, ...]:
        """What stands in the place of a formula and cannot be read back."""
        return self._read_back[1]

    @cached_property
    def recorded(self) -> tuple[Formula, ...]:
        """Whatever LaTeX records, hypotheses as well, in the order of the page, with the author's commands that it uses."""
        return tuple(dataclasses.replace(one.formula, macros=macros.used(one.formula.text, self.macros)) for one in self.marked)

    @cached_property
    def formulas(self) -> tuple[Formula, ...]:
        """Every relation and statement under test, in the order of the page, each with its hypotheses."""
        given = self.hypotheses
        return tuple(dataclasses.replace(one, hypotheses=given.get(one.name, ())) for one in self.recorded if one.macro != formulas.FOR)

    @cached_property
    def hypotheses(self) -> Mapping[str, tuple[Formula, ...]]:
        """The printed hypotheses of each claim; one that is printed again in the same words is one."""
        found: dict[str, dict[str, Formula]] = {}
        for one in self.recorded:
            for name in formulas.names(one) if one.macro == formulas.FOR else ():
                found.setdefault(name, {}).setdefault(squeezed(one.text), one)
        return {name: tuple(ones.values()) for name, ones in found.items()}

    @cached_property
    def macros(self) -> tuple[Macro, ...]:
        """The commands that are defined once, before the document begins, and that the reader may expand."""
        put_in = _put_in_at_top(self.text, self.begins)
        texts = [self.text] * (self.begins >= 0) + [one for name, one in self.files.items() if name in put_in]
        found = [macro for one in texts for macro in definitions.followed(one.tokens)]
        times = Counter(name for one in (self.text, *self.files.values()) for name, _ in definitions.defined(one.tokens))
        # One that is defined twice means what was defined last, which no reading of the text tells for sure.
        return tuple(macro for macro in found if times[macro.name] == 1)

    @cached_property
    def begins(self) -> int:
        """The character where the document begins; -1 if it does not."""
        tokens = self.text.tokens
        return next((tokens.starts[one] for one in tokens.of(Role.BEGIN) if environment(tokens.texts[one]) == "document"), -1)

    @cached_property
    def files(self) -> Mapping[str, Visible]:
        """The files of plain LaTeX beside it, by name."""
        found = {}
        for path in sorted((self.root / FOLDER).glob("*.tex")):
            written = path.read_text(errors="replace")
            places = tuple(in_templates(path.name, line) for line in range(1, written.count("\n") + 2))
            found[path.name] = text.visible(Rendered(written, places))
        return found

    @cached_property
    def arguments(self) -> tuple[tuple[int, int], ...]:
        """Where the relations under test stand in the text."""
        return tuple((one.low, one.high) for one in self.marked if one.formula.macro != "verified")

    @cached_property
    def displays(self) -> tuple[Display, ...]:
        """Every displayed formula that holds a relation."""
        return coverage.displays(self.text, self.arguments)

    @cached_property
    def running(self) -> tuple[Display, ...]:
        """Every formula in the running text that holds a relation."""
        return coverage.running(self.text, self.arguments)

    @cached_property
    def coverage(self) -> tuple[int, int]:
        """How many displayed relations are under test, of how many."""
        return sum(one.tested for one in self.displays), sum(one.relations for one in self.displays)

    @cached_property
    def used(self) -> Collection[tuple[str, str]]:
        """The values that it shows, as namespace and name."""
        return used(self.rendered)

    @property
    def computed(self) -> list[str]:
        """The names of the constants, tables and figures that it shows."""
        return [name for _, name in sorted(self.used) if name not in GENERATED]


def _put_in_at_top(seen: Visible, begins: int) -> set[str]:
    """The files of plain LaTeX that the preamble puts in, whatever happens."""
    tokens = seen.tokens
    inputs = (one for one in definitions.at_top_level(tokens, Role.FILE) if tokens.starts[one] < begins)
    at_top = [one for one in inputs if tokens.texts[one] == r"\input"]
    return {name.removeprefix(f"{FOLDER}/") for one in at_top if (name := definitions.file_of(tokens, one)).startswith(f"{FOLDER}/")}


@dataclass(frozen=True)
class Printed:
    """A page with the values that are printed on it."""

    page: Page
    values: Mapping[str, str]


def render(root: Path, homework: Homework, who: Student, names: Names) -> Page:
    """The page, not looked at by any guard yet. Raises ContentError for what Jinja2 or the name of a value gets wrong."""

    def rendered(one: Student) -> Page:
        made = template.render(MAIN, root, names.values, one, homework)
        return Page(root=root, homework=homework, who=one, names=names, rendered=made)

    whole = homework.versions[0]
    if who.version == whole:
        return rendered(who)
    # Both are rendered: what the printed version leaves out is looked at all the same.
    return dataclasses.replace(rendered(who), whole=rendered(dataclasses.replace(who, version=whole)))
