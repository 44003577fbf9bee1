r"""The author's own commands, expanded before a formula is read, with arguments. Each character keeps its place.

What stands in an argument keeps the place where it is typed; what a body adds stands where the command is used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from hwgen.model import Macro
from hwgen.reading.commands import TAKES
from hwgen.reading.lexer import Unit, units

# Each round goes one level deeper into what bodies use; one that uses itself would go on for ever, or grow without end.
MOST_ROUNDS = 20
LONGEST = 20_000
# What \abs of DeclarePairedDelimiter takes before its argument: \abs*{x} and \abs[\big]{x} print as \abs{x} does, but for the height.
_HEIGHTS = frozenset([r"\big", r"\Big", r"\bigg", r"\Bigg"])
_ROOT = r"\sqrt"


@dataclass(frozen=True)
class Expanded:
    """A text after expansion; `spans[k]` is where its character k stands in the text before."""

    text: str
    spans: tuple[tuple[int, int], ...]


def _names(text: str) -> list[str]:
    """The commands that a text names, in their order."""
    return [one.text for one in units(text) if one.named]


def used(text: str, macros: Iterable[Macro]) -> tuple[Macro, ...]:
    """The macros that a formula uses, those in the bodies of others included."""
    known = {macro.name: macro for macro in macros}
    found: dict[str, Macro] = {}
    waiting = [text]
    while waiting:
        for name in _names(waiting.pop()):
            if name in known and name not in found:
                found[name] = known[name]
                waiting.append(known[name].body)
    return tuple(found[name] for name in sorted(found))


def expand(text: str, macros: Iterable[Macro], refuse: Callable[[str, int], Exception]) -> Expanded:
    """The text with every macro replaced by its body. Raises what `refuse` makes for one that cannot be followed."""
    known = {macro.name: macro for macro in macros}
    current = Expanded(text, tuple((index, index + 1) for index in range(len(text))))
    for _ in range(MOST_ROUNDS):
        if not known.keys() & _names(current.text):
            return current
        current = _round(current, known, refuse)
        if len(current.text) > LONGEST:
            break
    name = next((one for one in _names(text) if one in known), "a macro")
    endless = any(_reaches_itself(one, known) for one in used(text, macros))
    what = "without end" if endless else f"to more than {MOST_ROUNDS} levels or {LONGEST} characters"
    raise refuse(f"{name} expands {what}; write it out", max(text.find(name), 0))


def _reaches_itself(macro: Macro, known: Mapping[str, Macro]) -> bool:
    """Whether a macro stands in its own body, or in what its body uses."""
    return macro.name in {one.name for one in used(macro.body, known.values())}


def _round(given: Expanded, known: Mapping[str, Macro], refuse: Callable[[str, int], Exception]) -> Expanded:
    """Every macro of the text expanded once."""
    found = list(units(given.text))
    _no_bare_argument(given, found, known, refuse)
    text: list[str] = []
    spans: list[tuple[int, int]] = []
    position = 0
    for index, unit in enumerate(found):
        # A macro inside of an argument waits for the next round, where the argument stands in the body: a body may take it twice, or not.
        if unit.start < position or unit.text not in known:
            continue
        macro, start = known[unit.text], given.spans[unit.start][0]
        if macro.problem:
            raise refuse(f"the macro {macro.name} {macro.problem}, which cannot be followed; write the formula out", start)
        arguments, end = _arguments(found, index + 1, macro, start, refuse)
        text.append(given.text[position : unit.start])
        spans += given.spans[position : unit.start]
        whole = (start, given.spans[end - 1][1])
        if index and found[index - 1].named:  # the name before must not take the first letter of the body
            text.append(" ")
            spans.append(whole)
        for piece, place in _pieces(macro, arguments):
            text.append(given.text[place[0] : place[1]] if place else f"{piece} ")
            spans += given.spans[place[0] : place[1]] if place else [whole] * (len(piece) + 1)
        position = end
    text.append(given.text[position:])
    spans += given.spans[position:]
    return Expanded("".join(text), tuple(spans))


def _no_bare_argument(given: Expanded, found: Sequence[Unit], known: Mapping[str, Macro], refuse: Callable[[str, int], Exception]) -> None:
    r"""\frac1\tw takes \tw whole, where its expansion would be taken in part. Raises what `refuse` makes for such a macro."""
    for index, unit in enumerate(found):
        if unit.text in known and (command := _unfilled(known[unit.text], known)):
            said = f"the body of {unit.text} ends before the arguments of {command}, which cannot be followed; write the formula out"
            raise refuse(said, given.spans[unit.start][0])
        for low, high in _taken(found, index, TAKES.get(unit.text, 0)):
            macro = known.get(found[low].text) if high == low + 1 else None
            if macro and not _one_token(macro):
                shown = f"{given.text[unit.start : found[low].start]}{{{macro.name}}}"
                said = f"'{macro.name}' without braces as an argument of {unit.text}, which takes all of it; write braces: {shown}"
                raise refuse(said, given.spans[found[low].start][0])


def _past_blanks(found: Sequence[Unit], index: int) -> int:
    return index + 1 if index < len(found) and found[index].text.isspace() else index


def _taken(found: Sequence[Unit], command: int, count: int) -> Iterator[tuple[int, int]]:
    """The units that are the arguments of a command, as TeX takes them; fewer than `count` where the text ends before."""
    index = command + 1
    if found[command].text == _ROOT:
        index = _past_degree(found, index)
        if index == command + 1:
            return  # the root without a degree expands what follows
    for _ in range(count):
        index = _past_blanks(found, index)
        if index >= len(found):
            return
        end = _group(found, index)
        yield index, end
        index = end


def _past_degree(found: Sequence[Unit], index: int) -> int:
    """The unit after what stands in brackets here; this one if nothing does."""
    opening = _past_blanks(found, index)
    if opening == len(found) or found[opening].text != "[":
        return index
    return next((one + 1 for one in range(opening, len(found)) if found[one].text == "]"), index)


def _one_token(macro: Macro) -> bool:
    """Whether a body is taken as one argument with or without braces around it."""
    found = _of_body(macro.body.strip())
    return not macro.count and bool(found) and _group(found, 0) == len(found)


def _unfilled(macro: Macro, known: Mapping[str, Macro]) -> str:
    """The command of a body that takes arguments which stand after the body."""
    found = _of_body(macro.body)
    for index, unit in enumerate(found):
        count = known[unit.text].count if unit.text in known else TAKES.get(unit.text, 0)
        plain_root = unit.text == _ROOT and _past_degree(found, index + 1) == index + 1
        if count and not plain_root and len([*_taken(found, index, count)]) < count:
            return unit.text
    return ""


def _pieces(macro: Macro, arguments: Sequence[tuple[int, int]]) -> Iterator[tuple[str, tuple[int, int] | None]]:
    """The parts of a body in their order: its own text, or where an argument stands."""
    own, numbered = "", {f"#{number}": place for number, place in enumerate(arguments, 1)}
    for unit in _of_body(macro.body):
        if unit.text not in numbered:
            own += unit.text
            continue
        if own:
            yield own, None
        yield "", numbered[unit.text]
        yield "", None
        own = ""
    if own:
        yield own, None


def _of_body(body: str) -> list[Unit]:
    """The units of a body, #1 being one."""
    found: list[Unit] = []
    for unit in units(body):
        if found and found[-1].text == "#" and unit.text.isdecimal():
            unit = Unit(f"#{unit.text}", found.pop().start)
        found.append(unit)
    return found


def _arguments(
    found: Sequence[Unit], index: int, macro: Macro, start: int, refuse: Callable[[str, int], Exception]
) -> tuple[list[tuple[int, int]], int]:
    """The characters of each argument of a macro, and where the last of them has ended."""
    places: list[tuple[int, int]] = []
    index = _past_height(found, index) if macro.sized else index
    for _ in range(macro.count):
        index = _past_blanks(found, index)
        if index == len(found) or found[index].text in "}*[&^_":
            sized = r", or after a star or [\big]" if macro.sized else ""
            raise refuse(f"{macro.name} is used without its argument in braces; expected {{…}} after it{sized}", start)
        end = _group(found, index)
        if found[index].text == "{":
            if found[end - 1].text != "}" or end - 1 == index:
                raise refuse(f"the argument of {macro.name} is not closed; expected '}}'", start)
            places.append((found[index].stop, found[end - 1].start))
        else:
            places.append((found[index].start, found[index].stop))
        index = end
    return places, found[index - 1].stop


def _past_height(found: Sequence[Unit], index: int) -> int:
    r"""The unit after a star or a [\big]; this one if neither stands here."""
    here = _past_blanks(found, index)
    if here < len(found) and found[here].text == "*":
        return here + 1
    end = _past_degree(found, here)
    return end if "".join(one.text for one in found[here + 1 : end - 1]).strip() in _HEIGHTS else index


def _group(found: Sequence[Unit], index: int) -> int:
    """Where the argument that begins at a unit ends: past the brace that closes its group, or past the unit."""
    depth = 0
    for at in range(index, len(found)):
        depth += (found[at].text == "{") - (found[at].text == "}")
        if depth <= 0:
            return at + 1
    return len(found)
