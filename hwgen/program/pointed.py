r"""What is asked for by a place, `templates/ex1.tex.j2:41`, or by a label, `fig:widths`: the names of what stands there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from hwgen.model.catalog import Catalog
from hwgen.model.errors import ContentError, did_you_mean
from hwgen.page.environments import environments, labels
from hwgen.page.formulas import FOR
from hwgen.page.formulas import names as claims_of
from hwgen.page.nouns import counted
from hwgen.page.page import GENERATED, Page
from hwgen.page.rendered import PLACEHOLDER
from hwgen.page.text import Visible
from hwgen.program import whereabouts

_PLACE = re.compile(r"(?P<file>[^:]*\.[A-Za-z][^:]*):(?P<line>\d+)(:\d+)?:?$")
# A template without its ending.
_SHORT = re.compile(r"(?P<file>[^:.]+):(?P<line>\d+)(:\d+)?:?$")
# What no label and no line is about: all that is on the page.
_WHOLE = frozenset({"document"})
_CODE, TEMPLATE = ".py", ".tex.j2"


def names(content: Catalog, page: Page, asked: str) -> list[str] | None:
    """The names of what stands at a place or beside a label, each once; None where it is neither. Raises ContentError where nothing is."""
    given = {label.name: label.at for label in labels(page.text.tokens)}
    place = _PLACE.match(asked) or _shortened(page, asked)
    if asked in given:
        found = _around(page, given[asked], given[asked] + 1)
    elif place and place["file"].endswith(_CODE):
        found = _of_code(content, place["file"], int(place["line"]))
    elif place:
        low, high = _line(page, place["file"], int(place["line"]))
        found = _inside(page, low, high) or _around(page, low, high)
    elif near := did_you_mean(asked, given) if ":" in asked else "":
        raise ContentError(f"{asked}: no label of that name.{near}")
    else:
        return None
    if not found:
        raise ContentError(f"{asked}: nothing under test stands there, and no value of this run; hwgen list shows where these are")
    return found


def _inside(page: Page, low: int, high: int) -> list[str]:
    """The names of all that is printed between two characters: claims, by their formulas and hypotheses, and values."""
    return list(dict.fromkeys(name for _, name in sorted(_printed(page, low, high))))


def _printed(page: Page, low: int, high: int) -> Iterator[tuple[int, str]]:
    for one in page.marked:
        if one.start < high and low < one.stop:
            yield from ((one.start, name) for name in (claims_of(one.formula) if one.formula.macro == FOR else (one.formula.name,)))
    for match in PLACEHOLDER.finditer(page.text.text, low, max(low, high)):
        if match[2] not in GENERATED:
            yield match.start(), match[2]


def _around(page: Page, low: int, high: int) -> list[str]:
    """The names in the smallest display or environment around these characters that holds any."""
    spans = [(span.start, span.stop) for span in page.text.formulas]
    spans += [(part.low, part.high) for part in environments(page.text) if part.kind not in _WHOLE]
    holding = sorted(((start, stop) for start, stop in spans if start <= high and low <= stop), key=lambda span: span[1] - span[0])
    return next(filter(None, (_inside(page, *span) for span in holding)), [])


def _shortened(page: Page, asked: str) -> re.Match[str] | None:
    """A place in a template that is named without its ending."""
    found = _SHORT.match(asked)
    return found if found and any(_same(one, found["file"]) for one in _files(page)) else None


def _files(page: Page) -> Iterable[str]:
    return dict.fromkeys(place.file for place in page.text.rendered.lines)


def _line(page: Page, file: str, line: int) -> tuple[int, int]:
    """The first and the last character of a line of a template, as the page has it. Raises ContentError for a line that prints nothing."""
    seen = page.text
    files = _files(page)
    own = [one for one in files if _same(one, file)]
    if not own:
        raise ContentError(f"{file}: no template of that name is printed; expected one of {', '.join(files)}.{did_you_mean(file, files)}")
    spots = list(_spots(seen, own[0], line))
    if not spots:
        last = len((page.root / own[0]).read_text(encoding="utf-8-sig").splitlines())
        if not 1 <= line <= last:
            said = f"this file has {counted(last, 'line')}; expected one of them, with words, a formula or a value"
            raise ContentError(f"{own[0]}:{line}: {said}")
        raise ContentError(f"{own[0]}:{line}: this line prints nothing; expected one with words, a formula or a value")
    return min(low for low, _ in spots), max(high for _, high in spots)


def _spots(seen: Visible, file: str, line: int) -> Iterator[tuple[int, int]]:
    ends: Sequence[int] = [*(start - 1 for start in seen.starts[1:]), len(seen.text)]
    for start, end, place in zip(seen.starts, ends, seen.rendered.lines, strict=False):
        if (place.file, place.line) == (file, line):
            yield start, end


def _same(one: str, asked: str) -> bool:
    """Whether a file is meant, by its path from anywhere: editors give the whole of it, people its end."""
    ends = f"/{asked.removeprefix('./')}"
    return f"/{one}".endswith(ends) or asked.endswith(f"/{one}") or f"/{one}".removesuffix(TEMPLATE).endswith(ends)


def _of_code(content: Catalog, file: str, line: int) -> list[str]:
    """The names of what is declared or proved at a line of the content."""
    return [name for name in content.nouns if _holds(whereabouts.own(content, name), file, line)]


def _holds(parts: Iterable[whereabouts.Part], file: str, line: int) -> bool:
    return any(_same(str(path), file) and line in lines for path, lines in parts)
