r"""Figures that the page places by a path typed by hand (one that is drawn no more would be printed); what it shows nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from hwgen.model import Place
from hwgen.model.errors import ContentError, nearest
from hwgen.page.arguments import arguments, text_of
from hwgen.page.page import Page, Printed
from hwgen.reading.roles import Role

FIGURES = "figures"
# A figure of this run is none of these.
_PICTURES = frozenset({".png", ".jpg", ".jpeg"})
_PLACES = frozenset({r"\includegraphics", r"\includegraphics*"})


def own(page: Page) -> Iterator[tuple[PurePosixPath, Place]]:
    r"""Each \includegraphics by a path that is typed, with its place."""
    tokens = page.text.tokens
    for index in tokens.of(Role.NAMES):
        braces = next(arguments(tokens, index), None) if tokens.texts[index] in _PLACES else None
        if braces and Role.VALUE not in tokens.roles[braces[0] : braces[1]]:
            yield PurePosixPath(text_of(tokens, braces)), page.text.place_of(tokens[braces[0] + 1])


def by_hand(page: Page) -> Iterator[ContentError]:
    r"""Each \includegraphics of a file that this run draws, or would in its folder."""
    drawn = page.names.values.get("figures", ())
    for path, place in own(page):
        if path.suffix.lower() in _PICTURES:
            continue
        stem = path.name.removesuffix(".pdf")
        this = max((name for name in drawn if stem == name or stem.endswith(f"_{name}")), key=len, default="")
        if FIGURES in path.parent.parts or (this and str(path.parent) == "."):
            meant = this or nearest(stem, drawn) or "NAME"
            said = f"{path} is typed by hand; expected \\VAR{{{FIGURES}.{meant}}}, the one that this run draws"
            elsewhere = "" if this else ", or a picture of your own in another folder"
            yield ContentError(f"{said}{elsewhere}", place)


def nowhere(printed: Printed) -> Iterator[str]:
    """A warning for every figure, table or number of the content that not even the whole version shows: it was made for the page."""
    whole = printed.page.whole or printed.page
    for name, (file, line) in whole.names.where.items():
        kind = next(kind for kind, names in whole.names.values.items() if name in names)
        if (kind, name) not in whole.used:
            path, root = Path(file), whole.root.resolve()
            place = f"{path.relative_to(root) if path.is_relative_to(root) else path.name}:{line}"
            yield f"{place}: {name} is shown nowhere; expected \\VAR{{{kind}.{name}}} in a template, or its function deleted"
