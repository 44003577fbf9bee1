"""Which statements at the top of a content's modules change nothing but what they give a name: their calls act on no other name."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from hwgen.freshness import harmless
from hwgen.freshness.meaning import METHOD, UNKNOWN, Meaning
from hwgen.freshness.outlines import Text, read
from hwgen.freshness.said import Said
from hwgen.freshness.sources import files, source
from hwgen.freshness.texts import remembered


@functools.cache
def quiet(content: str) -> Mapping[Path, frozenset[int]]:
    """Of each file of a content the lines where statements begin that change nothing but what they give a name."""
    paths = files(content)
    if not paths:
        return {}
    texts = [path.read_text(errors="replace") for path in paths]
    names = list(map(functools.partial(_dotted, content, source(content).parent), paths))
    roots = frozenset({"", content.split(".")[0]})

    def told() -> object:
        found = [remembered(("effects", text, *sorted(roots)), functools.partial(read, text, roots)) for text in texts]
        packages = frozenset(name for name, path in zip(names, paths, strict=True) if path.name == "__init__.py")
        return Told({name: one for name, one in zip(names, found, strict=True) if isinstance(one, Text)}, packages).quiet()

    kept = remembered(("quiet", content, *names, *texts), told)
    assert isinstance(kept, dict)
    return {path: kept[name] for name, path in zip(names, paths, strict=True)}


def _dotted(content: str, top: Path, path: Path) -> str:
    if path.parent == top and path.stem == content.split(".")[-1]:
        return content  # a content of one file
    return ".".join([content, *(part for part in path.relative_to(top).with_suffix("").parts if part != "__init__")])


class Told:
    """What all texts of a content say together, each name by what it stands for."""

    def __init__(self, texts: Mapping[str, Text], packages: frozenset[str]) -> None:
        meaning = Meaning(texts, packages)
        self.kept = {where: {line: meaning.said(where, said) for line, said in text.kept.items()} for where, text in texts.items()}
        self.held = [meaning.said(where, said) for where, text in texts.items() for said in text.held]
        self.special = [meaning.said(where, said) for where, text in texts.items() for said in text.special]
        self.loose = Said()
        self.defined: dict[str, Said] = {}
        for where, text in texts.items():
            self.loose.add(meaning.said(where, text.loose))
            self.defined |= {f"{where}:{name}": meaning.said(where, said) for name, said in text.defined.items()}
            for name, said in text.methods.items():
                mine = self.defined.setdefault(f"{METHOD}{name}", Said())
                mine.add(meaning.said(where, said))
                mine.yields |= said.yields
        self.fields = {name for one in texts.values() for name in one.fields}
        self.draws = self._holds_generators()
        self.noisy = any(one.noisy for one in texts.values()) or self._holds_what_passes()
        # What may be given other values while modules are imported.
        self.unsettled = {f"{where}:{name}" for where, text in texts.items() for name in text.twice} | self._behind(self.loose.names)
        self.stores = False

    def quiet(self) -> dict[str, frozenset[int]]:
        """Of each text the lines where statements begin that change nothing else."""
        while not self.noisy:
            self.acting = self._acting()
            found = {where: {line: self._is_quiet(said) for line, said in lines.items()} for where, lines in self.kept.items()}
            others = [self.kept[where][line] for where, lines in found.items() for line, quiet in lines.items() if not quiet]
            # What those enter somewhere may be called from there.
            stores = self.stores or any(self._behind_values(one) & self.acting for one in (self.loose, *others))
            unsettled = self.unsettled | self._behind(name for one in others for name in one.names)
            if (stores, unsettled) == (self.stores, self.unsettled):
                return {where: frozenset(line for line, quiet in lines.items() if quiet) for where, lines in found.items()}
            self.stores, self.unsettled = stores, unsettled
        return dict.fromkeys(self.kept, frozenset())

    def _is_quiet(self, said: Said) -> bool:
        if not self.stores and not self._may_act(said):
            return True
        if any(map(self._may_act, self.special)):
            return False
        seen: set[str] = set()
        waiting = [said]
        while waiting:
            one = waiting.pop()
            if one.acts_at_once or one.calls_back or not all(map(self._is_found, one.calls)):
                return False
            more = self._parts(one.calls) - seen
            if any(self._is_unsettled(name) for name in more):
                return False
            seen |= more
            waiting += [self.defined[name] for name in more]
        return True

    def _holds_generators(self) -> bool:
        """Whether a name may stand for a generator of random numbers: what has made one for itself keeps it to itself."""
        first = {name for name, said in self.defined.items() if said.draws and not said.keeps}
        drawing = first | self._users(first, lambda said: said.calls)
        return any(said.draws or self._parts(said.calls) & drawing for said in self.held)

    def _may_act(self, said: Said) -> bool:
        return said.acts or not all(map(self._known, said.names)) or bool(self._parts(said.names) & self.acting)

    def _acting(self) -> set[str]:
        """The names that may change what is not their own, or name one that does."""
        first = {
            name for name, said in self.defined.items() if said.acts or not all(map(self._known, said.names)) or self._is_unsettled(name)
        }
        return first | self._users(first, lambda said: said.names)

    def _users(self, first: Iterable[str], of: Callable[[Said], Iterable[str]]) -> set[str]:
        users: dict[str, set[str]] = {}
        for name, said in self.defined.items():
            for part in self._parts(of(said)):
                users.setdefault(part, set()).add(name)
        return _closed(first, lambda name: users.get(name, ()))

    def _behind(self, names: Iterable[str]) -> set[str]:
        return _closed(self._parts(names), lambda name: self._parts(self.defined[name].names))

    def _behind_values(self, said: Said) -> set[str]:
        within = [said, *(self.defined[name] for name in self._behind(said.names))]
        return self._parts(name for one in within for name in one.values)

    def _is_unsettled(self, name: str) -> bool:
        """Whether what it keeps may differ with when it is asked first."""
        return self.defined[name].keeps and bool(self._behind([name]) & self.unsettled)

    def _holds_what_passes(self) -> bool:
        """Whether a name may stand for what is gone through once."""
        first = {name for name, said in self.defined.items() if said.passes or said.yields}
        passing = first | self._users(first, lambda said: said.kept)
        return any(said.passes or self._parts(said.kept) & passing for said in self.held)

    def _parts(self, names: Iterable[str]) -> set[str]:
        """The definitions that these may be."""
        return {name for name in names if name in self.defined}

    def _known(self, said: str) -> bool:
        """Whether all that it may be is defined here, or known to change nothing."""
        mark, name = said[0], said[1:]
        if mark not in ".?+":
            return mark != UNKNOWN
        if mark == "+" or (mark == "?" and name in harmless.DRAWS and not self.draws):
            return True
        if name in harmless.CHANGES | harmless.DRAWS | harmless.UNKNOWN:
            return False
        return mark == "?" or name in self.fields or f"{METHOD}{name}" in self.defined

    def _is_found(self, said: str) -> bool:
        """Whether what is called is what is defined under that name, and nothing that was handed on."""
        return self._known(said) and not (said[0] == "." and (said[1:] in self.fields or f"{METHOD}{said[1:]}" not in self.defined))


def _closed(first: Iterable[str], more: Callable[[str], Iterable[str]]) -> set[str]:
    seen = set(first)
    waiting = list(seen)
    while waiting:
        found = set(more(waiting.pop())) - seen
        seen |= found
        waiting += found
    return seen
