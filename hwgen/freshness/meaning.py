"""Which definitions of a content the names in one of its texts stand for: its own, those that it imports, methods by their names."""

from __future__ import annotations

import re
from collections.abc import Mapping

from hwgen.freshness import harmless
from hwgen.freshness.outlines import Text
from hwgen.freshness.said import Said

# What stands before the name of a method, of whatever class; before what nobody knows.
METHOD, UNKNOWN = "():", "!"
_PARTS = re.compile(r"([^.?+~]*)([.?+~]?)(.*)", re.DOTALL)


class Meaning:
    """The texts of a content by the names of their modules; `packages` are those that have others below them."""

    def __init__(self, texts: Mapping[str, Text], packages: frozenset[str]) -> None:
        self.texts, self.packages = texts, packages
        self.methods = {name for one in texts.values() for name in one.methods}

    def said(self, where: str, said: Said) -> Said:
        """The same with what its names stand for, in the text of that module."""
        found = Said(
            acts=said.acts,
            acts_at_once=said.acts_at_once,
            calls_back=said.calls_back,
            passes=said.passes,
            draws=said.draws,
            keeps=said.keeps,
            yields=said.yields,
        )
        for kind in ("names", "calls", "values", "kept"):
            setattr(found, kind, {one for name in getattr(said, kind) for one in self.meant(where, name)})
        return found

    def meant(self, where: str, said: str) -> set[str]:
        """What a name, or an attribute with what stands before it, may be."""
        base, mark, name = _PARTS.fullmatch(said).groups()  # type: ignore[union-attr]  # anything matches
        if not mark:
            return self.plain(where, name or base)
        if mark == "~":
            return {f"{place}:{name}" for place, text in self.texts.items() if name in text.defined}
        found: set[str] = set()
        if base:
            places = {
                one for dotted in self.texts[where].imports.get(base, ()) for one in [self._absolute(where, dotted)] if one in self.texts
            }
            things = {one for one in self.plain(where, base) if one != f"{UNKNOWN}module"}
            found = things.union(*(self._attribute(place, name) for place in places))
            if places and not things:
                return found
        return found | {f"{mark}{name}"} | ({f"{METHOD}{name}"} if name in self.methods else set())

    def plain(self, where: str, name: str, seen: frozenset[str] = frozenset()) -> set[str]:
        """What a name means in the text of a module."""
        text = self.texts[where]
        here = f"{where}:{name}"
        if here in seen:
            return set()
        found = {here} if name in text.defined else set()
        found |= {f"{METHOD}{name}"} if name in text.methods else set()
        for dotted in text.imports.get(name, ()):
            found |= self._imported(where, dotted, seen | {here})
        return found or {name if name in harmless.BUILTINS else f"{UNKNOWN}{name}"}

    def _imported(self, where: str, dotted: str, seen: frozenset[str]) -> set[str]:
        absolute = self._absolute(where, dotted)
        place, _, name = absolute.rpartition(".")
        module = {f"{UNKNOWN}module"} if absolute in self.texts else set()
        if place in self.texts and (not module or {name} & {*self.texts[place].defined, *self.texts[place].imports}):
            return module | self.plain(place, name, seen)
        return module or {f"{UNKNOWN}{dotted}"}

    def _attribute(self, place: str, name: str) -> set[str]:
        text = self.texts[place]
        if name in text.defined or name in text.imports:
            return self.plain(place, name)
        return set() if f"{place}.{name}" in self.texts else {f"{UNKNOWN}{name}"}

    def _absolute(self, where: str, dotted: str) -> str:
        rest = dotted.lstrip(".")
        level = len(dotted) - len(rest)
        if not level:
            return dotted
        parts = where.split(".")
        base = parts[: len(parts) - level + (where in self.packages)]
        return ".".join([*base, rest])
