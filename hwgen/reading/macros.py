r"""The author's own commands, expanded before a formula is read: \newcommand and its like, with arguments. Each character keeps its place.

What stands in an argument keeps the place where it is typed; what a body adds stands where the command is used.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from hwgen.model import Macro
from hwgen.reading.commands import TAKES

MOST_ROUNDS = 20
LONGEST = 20_000
_COMMAND = re.compile(r"\\[A-Za-z]+")
_NAMED = r"\s*\{?\s*(?P<name>\\[A-Za-z]+)\s*\}?\s*"
_FOLLOWED = re.compile(
    rf"\\(?:(?P<new>newcommand|renewcommand){{1}}\*?{_NAMED}(?:\[(?P<count>\d)\])?\s*(?P<default>\[[^\]]*\])?\s*(?=\{{)"
    rf"|NewDocumentCommand{_NAMED.replace('name', 'name2')}\{{(?P<spec>(?:[^{{}}]|\{{[^{{}}]*\}})*)\}}\s*(?=\{{)"
    rf"|DeclareMathOperator(?P<star>\*?){_NAMED.replace('name', 'name3')}(?=\{{)"
    rf"|DeclarePairedDelimiter{_NAMED.replace('name', 'name4')}(?=\{{))"
)
# What \abs of DeclarePairedDelimiter takes before its argument: \abs*{x} and \abs[\big]{x} print as \abs{x} does, but for the height.
_SIZE = re.compile(r"\s*(?:\*|\[\s*\\(?:big|Big|bigg|Bigg)\s*\])")
_TRICKS = r"if[A-Za-z]*|else|fi|ensuremath|[egx]?def|let|relax|csname|expandafter|kern|rlap|llap|color|textcolor|xspace"
_TOKEN = re.compile(r"#\d|\\(?:[A-Za-z]+|.)|[^\s{}\\]", re.DOTALL)
_UNFOLLOWED = re.compile(rf"\\(?:{_TRICKS})(?![A-Za-z])|##")

# What opens and closes a group or a condition; \newif only names one, and \ifthenelse takes braces.
_NESTING = re.compile(
    r"\\newif\s*\\if[A-Za-z@]+|\\(?:iff|ifthenelse)(?![A-Za-z@])|(?P<ends>\\(?:endinput|stop)(?![A-Za-z@]))"
    r"|(?P<opens>\{|\\(?:if[A-Za-z@]*|begingroup|bgroup|begin)(?![A-Za-z@]))"
    r"|(?P<closes>\}|\\(?:fi|endgroup|egroup|end)(?![A-Za-z@]))|\\[A-Za-z@]+|\\.",
    re.DOTALL,
)
_CLOSES = {"}": "{", r"\fi": r"\if", r"\endgroup": r"\begingroup", r"\egroup": r"\bgroup", r"\end": r"\begin"}
# A command right before a definition may take it as its argument; these take none.
_TAKING = re.compile(r"\\(?!(?:fi|relax|par|raggedbottom|flushbottom|frenchspacing|sloppy|onehalfspacing|hwgen[a-z]+true)$)[A-Za-z@]+\*?$")


@dataclass(frozen=True)
class Expanded:
    """A text after expansion; `spans[k]` is where its character k stands in the text before."""

    text: str
    spans: tuple[tuple[int, int], ...]


def definitions(text: str) -> Iterator[Macro]:
    """The commands that a text defines at its top level in ways that can be followed; the others with the reason why not."""
    for match in _FOLLOWED.finditer(text):
        if not at_top_level(text, match.start()):
            continue
        name = next(found for found in (match["name"], match["name2"], match["name3"], match["name4"]) if found)
        first = _group(text, match.end())
        body = text[match.end() + 1 : first - 1]
        if match["new"]:
            problem = "takes an optional argument" if match["default"] else ""
            yield _macro(name, int(match["count"] or 0), body, problem)
        elif match["spec"] is not None:
            spec = match["spec"].split()
            yield _macro(name, len(spec), body, "" if all(one == "m" for one in spec) else "takes arguments that are not plain")
        elif match["star"] is not None:
            yield _macro(name, 0, rf"\operatorname{{{body}}}", "")
        else:
            at = first + len(text[first:]) - len(text[first:].lstrip())
            delimited = _macro(name, 1, rf"\left{body}#1\right{text[at + 1 : _group(text, at) - 1]}", "")
            yield replace(delimited, sized=True)


def at_top_level(text: str, position: int) -> bool:
    """Whether LaTeX certainly executes what stands there, and for good: in no group, condition, environment, body or argument."""
    before = text[:position].rstrip()
    open_: list[str] = []
    for match in _NESTING.finditer(before):
        closes = _CLOSES.get(match["closes"] or "")
        if match["ends"] or (closes and (not open_ or open_.pop() != closes)):
            return False
        if match["opens"]:
            open_.append(r"\if" if match["opens"].startswith(r"\if") else match["opens"])
    return not open_ and not _TAKING.search(before)


def _macro(name: str, count: int, body: str, problem: str) -> Macro:
    unfollowed = _UNFOLLOWED.search(body)
    return Macro(name=name, count=count, body=body, problem=problem or (f"holds {unfollowed[0]}" if unfollowed else ""))


def used(text: str, macros: Iterable[Macro]) -> tuple[Macro, ...]:
    """The macros that a formula uses, those in the bodies of others included."""
    known = {macro.name: macro for macro in macros}
    found: dict[str, Macro] = {}
    waiting = [text]
    while waiting:
        for name in _COMMAND.findall(waiting.pop()):
            if name in known and name not in found:
                found[name] = known[name]
                waiting.append(known[name].body)
    return tuple(found[name] for name in sorted(found))


def expand(text: str, macros: Iterable[Macro], refuse: Callable[[str, int], Exception]) -> Expanded:
    """The text with every macro replaced by its body. Raises what `refuse` makes for one that cannot be followed."""
    known = {macro.name: macro for macro in macros}
    current = Expanded(text, tuple((index, index + 1) for index in range(len(text))))
    for _ in range(MOST_ROUNDS):
        match = next((one for one in _COMMAND.finditer(current.text) if one[0] in known), None)
        if match is None:
            return current
        current = _round(current, known, refuse)
        if len(current.text) > LONGEST:
            break
    name = next((one[0] for one in _COMMAND.finditer(text) if one[0] in known), "a macro")
    raise refuse(f"{name} expands without end; write it out", max(text.find(name), 0))


def _round(given: Expanded, known: Mapping[str, Macro], refuse: Callable[[str, int], Exception]) -> Expanded:
    """Every macro of the text expanded once."""
    _no_bare_argument(given, known, refuse)
    text: list[str] = []
    spans: list[tuple[int, int]] = []
    position = 0
    for match in _COMMAND.finditer(given.text):
        if match.start() < position or match[0] not in known:
            continue
        macro, start = known[match[0]], given.spans[match.start()][0]
        if macro.problem:
            raise refuse(f"the macro {macro.name} {macro.problem}, which cannot be followed; write the formula out", start)
        arguments, end = _arguments(given.text, match.end(), macro, start, refuse)
        text.append(given.text[position : match.start()])
        spans += given.spans[position : match.start()]
        whole = (start, given.spans[end - 1][1])
        if re.search(r"\\[A-Za-z]+$", given.text[: match.start()]):  # the name before must not take the first letter of the body
            text.append(" ")
            spans.append(whole)
        for piece, place in _pieces(macro, arguments):
            text.append(given.text[place[0] : place[1]] if place else f"{piece} ")
            spans += given.spans[place[0] : place[1]] if place else [whole] * (len(piece) + 1)
        position = end
    text.append(given.text[position:])
    spans += given.spans[position:]
    return Expanded("".join(text), tuple(spans))


def _no_bare_argument(given: Expanded, known: Mapping[str, Macro], refuse: Callable[[str, int], Exception]) -> None:
    r"""\frac1\tw takes \tw whole, where its expansion would be taken in part. Raises what `refuse` makes for such a macro."""
    for match in _COMMAND.finditer(given.text):
        start = given.spans[match.start()][0]
        if match[0] in known and _unfilled(known[match[0]], known):
            said = f"the body of {match[0]} ends before the arguments of {_unfilled(known[match[0]], known)}"
            raise refuse(f"{said}, which cannot be followed; write the formula out", start)
        for low, high in _taken(given.text, match, TAKES.get(match[0], 0)):
            macro = known.get(given.text[low:high])
            if macro and not _one_token(macro):
                shown = f"{given.text[match.start() : low]}{{{macro.name}}}"
                said = f"'{macro.name}' without braces as an argument of {match[0]}, which takes all of it; write braces: {shown}"
                raise refuse(said, given.spans[low][0])


def _taken(text: str, command: re.Match[str], count: int) -> Iterator[tuple[int, int]]:
    """Where the arguments of a command stand, as TeX takes them; fewer than `count` where the text ends before."""
    position = command.end()
    optional = re.compile(r"\s*\[[^\]]*\]").match(text, position) if command[0] == r"\sqrt" else None
    if command[0] == r"\sqrt" and not optional:
        return  # the root without a degree expands what follows
    position = optional.end() if optional else position
    for _ in range(count):
        while text[position : position + 1].isspace():
            position += 1
        if position >= len(text):
            return
        token = _TOKEN.match(text, position)
        end = _group(text, position) if text[position] == "{" else token.end() if token else position + 1
        yield position, end
        position = end


def _one_token(macro: Macro) -> bool:
    """Whether a body is taken as one argument with or without braces around it."""
    body = macro.body.strip()
    grouped = body.startswith("{") and _group(body, 0) == len(body)
    return not macro.count and (grouped or bool(_TOKEN.fullmatch(body)))


def _unfilled(macro: Macro, known: Mapping[str, Macro]) -> str:
    """The command of a body that takes arguments which stand after the body."""
    for match in _COMMAND.finditer(macro.body):
        count = known[match[0]].count if match[0] in known else TAKES.get(match[0], 0)
        optional = match[0] == r"\sqrt" and not macro.body[match.end() :].lstrip().startswith("[")
        if count and not optional and len([*_taken(macro.body, match, count)]) < count:
            return match[0]
    return ""


def _pieces(macro: Macro, arguments: list[tuple[int, int]]) -> Iterator[tuple[str, tuple[int, int] | None]]:
    """The parts of a body in their order: its own text, or where an argument stands."""
    for part in re.split(r"(#\d)", macro.body):
        if re.fullmatch(r"#\d", part) and int(part[1]) <= len(arguments):
            yield "", arguments[int(part[1]) - 1]
            yield "", None
        elif part:
            yield part, None


def _arguments(
    text: str, position: int, macro: Macro, start: int, refuse: Callable[[str, int], Exception]
) -> tuple[list[tuple[int, int]], int]:
    found: list[tuple[int, int]] = []
    size = _SIZE.match(text, position) if macro.sized else None
    position = size.end() if size else position
    for _ in range(macro.count):
        while text[position : position + 1].isspace():
            position += 1
        here = text[position : position + 1]
        if not here or here in "}*[&^_":
            sized = r", or after a star or [\big]" if macro.sized else ""
            raise refuse(f"{macro.name} is used without its argument in braces; expected {{…}} after it{sized}", start)
        if here == "{":
            end = _group(text, position)
            if text[end - 1] != "}" or end - 1 == position:
                raise refuse(f"the argument of {macro.name} is not closed; expected '}}'", start)
            found.append((position + 1, end - 1))
        else:
            command = re.compile(r"\\(?:[A-Za-z]+|.)", re.DOTALL).match(text, position)
            end = command.end() if command else position + 1
            found.append((position, end))
        position = end
    return found, position


def _group(text: str, position: int) -> int:
    """Where the group that opens at `position` ends, past its brace."""
    depth = 0
    while position < len(text):
        if text[position] == "\\":
            position += 2
            continue
        depth += (text[position] == "{") - (text[position] == "}")
        position += 1
        if depth == 0:
            break
    return position
