r"""What the templates of a homework print for a claim: the argument of its mark, with the hypotheses that \for prints for it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from conftest import PROJECT

from hwgen.model import Formula, Place
from hwgen.program import build


@cache
def document() -> build.Document:
    """The real homework, all of it, read and not judged."""
    return build.read(build.Request(root=PROJECT, version="full"))


class Source:
    """All templates of a folder as one text."""

    def __init__(self, folder: Path) -> None:
        self.text = "".join(template.read_text(encoding="utf-8") for template in sorted(folder.glob("*.tex.j2")))

    def formula(self, name: str, text: str | None = None) -> Formula:
        """What is printed for a claim, or another formula in its place, under the hypotheses that the templates print for it."""
        place = Place(file="page", line=1)
        found = [(match[1].split(","), self._argument(match.end())) for match in re.finditer(r"\\for\{([^{}]*)\}\{", self.text)]
        hypotheses = tuple(Formula(macro="for", name=name, text=said, place=place) for names, said in found if name in names)
        printed = self.printed(name) if text is None else text
        return Formula(macro="checked", name=name, text=printed, place=place, hypotheses=hypotheses)

    def printed(self, name: str) -> str:
        r"""The argument of a claim's \checked, or of the \refuted of one that is false, braces balanced."""
        match = re.search(rf"\\(?:checked|refuted)\{{{re.escape(name)}\}}\{{", self.text)
        assert match, f"{name} is not printed"
        return self._argument(match.end())

    def _argument(self, start: int) -> str:
        """The source from here up to the brace that closes it."""
        depth, stop = 1, start
        while depth:
            depth += {"{": 1, "}": -1}.get(self.text[stop], 0)
            stop += 1
        return self.text[start : stop - 1]
