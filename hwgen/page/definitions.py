r"""Which commands a text gives a meaning, in whatever way LaTeX has for it, and what the reader may put in the place of which."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from hwgen.model import Macro
from hwgen.page.arguments import after, argument, before, closing, text_of
from hwgen.reading.lexer import Token, Tokens, tokens
from hwgen.reading.roles import Role

_COMMAND = re.compile(r"\\(?:[A-Za-z]+|[^A-Za-z\s])")
# What opens and closes a group or a condition, by its first word.
_OPENS = {Role.GROUP: "{", Role.CONDITION: r"\if", Role.BEGIN: r"\begin"}
_OPENS_BY_NAME = {name: name for name in (r"\begin", r"\begingroup", r"\bgroup")}
_CLOSES = {Role.GROUP_END: "{", Role.CONDITION_END: r"\if", Role.END: r"\begin"}
_CLOSES_BY_NAME = {r"\end": r"\begin", r"\endgroup": r"\begingroup", r"\egroup": r"\bgroup"}
_ENDS_ALL = frozenset({r"\endinput", r"\stop"})
# A command right before a definition may take it as its argument; these take none, nor do the engine's switches \hwgen…true.
_NO_ARGUMENT = r"\fi \relax \par \raggedbottom \flushbottom \frenchspacing \sloppy \onehalfspacing"
_TAKE_NOTHING = frozenset(_NO_ARGUMENT.split())
# What a body does that no expansion of its text does.
_DOES_MORE = r"\else \fi \ensuremath \def \edef \gdef \xdef \let \relax \csname \expandafter \kern \rlap \llap \color \textcolor \xspace"
_TRICKS = frozenset(_DOES_MORE.split())
_ENDS_A_NAME = frozenset({Role.BLANK, Role.NOTHING, Role.PARAGRAPH, Role.GROUP, Role.GROUP_END})


def defined(tokens: Tokens) -> Iterator[tuple[str, Token]]:
    """Each command that gets a meaning, once for every time, and the token that gives it."""
    for index in tokens.of(Role.DEFINES, Role.LETS):
        name = named(tokens, index)
        if name:
            yield name, tokens[index]


def named(tokens: Tokens, index: int) -> str:
    r"""The command that stands after a definition's star and brace, or between \csname and \endcsname; empty if there is none."""
    index = after(tokens, index + 1)
    if tokens.texts[index : index + 1] == ["*"]:
        index = after(tokens, index + 1)
    if index < len(tokens) and tokens.roles[index] is Role.GROUP:
        index = after(tokens, index + 1)
    if index >= len(tokens):
        return ""
    if tokens.texts[index] == r"\csname":
        end = next((one for one in range(index, len(tokens)) if tokens.texts[one] == r"\endcsname"), index)
        return "\\" + "".join(tokens.texts[index + 1 : end]).strip()
    return command(tokens.texts[index])


def command(text: str) -> str:
    r"""The command that a token is or begins with, as \begin in \begin{x} and \\ in \\[2pt]; empty if it is none."""
    match = _COMMAND.match(text)
    return match[0] if match else ""


def file_of(tokens: Tokens, index: int) -> str:
    r"""The name of the file after \input or \include, in braces or not."""
    start = after(tokens, index + 1)
    if start < len(tokens) and tokens.roles[start] is Role.GROUP:
        start = after(tokens, start + 1)
    end = start
    while end < len(tokens) and tokens.roles[end] not in _ENDS_A_NAME:
        end += 1
    return "".join(tokens.texts[start:end])


def followed(seen: Tokens) -> Iterator[Macro]:
    """The commands that a text defines at its top level in ways that can be followed; the others with the reason why not."""
    ways = {r"\newcommand": _new, r"\renewcommand": _new, r"\NewDocumentCommand": _document, r"\DeclareMathOperator": _operator}
    ways[r"\DeclarePairedDelimiter"] = _delimiter
    for index in at_top_level(seen, Role.DEFINES):
        way, name = ways.get(seen.texts[index]), named(seen, index)
        if way and name[1:].isalpha():
            yield from way(seen, index, name)


def _past_name(seen: Tokens, index: int) -> int:
    """The token after the name that a definition gives, and the braces around it."""
    index = after(seen, index + 1)
    if seen.texts[index] == "*":
        index = after(seen, index + 1)
    end = closing(seen, index) if seen.roles[index] is Role.GROUP else index
    return after(seen, end + 1)


def _new(seen: Tokens, index: int, name: str) -> Iterator[Macro]:
    r"""By \newcommand: a number of arguments, perhaps a default for the first of them, and the body."""
    index, options = _past_name(seen, index), list[str]()
    while seen.texts[index : index + 1] == ["["] and "]" in seen.texts[index:]:
        end = seen.texts.index("]", index)
        options.append(text_of(seen, (index, end)))
        index = after(seen, end + 1)
    if body := argument(seen, index):
        count = int(options[0]) if options and options[0].isdecimal() else 0
        plain = len(options) == (1 if count else 0)
        yield _macro(name, count, _body(seen, body), "" if plain else "takes an optional argument")


def _document(seen: Tokens, index: int, name: str) -> Iterator[Macro]:
    spec = argument(seen, _past_name(seen, index))
    body = argument(seen, spec[1] + 1) if spec else None
    if spec and body:
        kinds = text_of(seen, spec).split()
        yield _macro(name, len(kinds), _body(seen, body), "" if all(one == "m" for one in kinds) else "takes arguments that are not plain")


def _operator(seen: Tokens, index: int, name: str) -> Iterator[Macro]:
    if body := argument(seen, _past_name(seen, index)):
        yield _macro(name, 0, rf"\operatorname{{{_body(seen, body)}}}", "")


def _delimiter(seen: Tokens, index: int, name: str) -> Iterator[Macro]:
    left = argument(seen, _past_name(seen, index))
    right = argument(seen, left[1] + 1) if left else None
    if left and right:
        yield replace(_macro(name, 1, rf"\left{_body(seen, left)}#1\right{_body(seen, right)}", ""), sized=True)


def _body(seen: Tokens, braces: tuple[int, int]) -> str:
    return "".join(seen.texts[braces[0] + 1 : braces[1]])


def _macro(name: str, count: int, body: str, problem: str) -> Macro:
    inside = tokens(body).texts
    tricks = (one for one in inside if one in _TRICKS or one.startswith(r"\if"))
    trick = "##" if "##" in body else next(tricks, "")
    return Macro(name=name, count=count, body=body, problem=problem or (f"holds {trick}" if trick else ""))


def at_top_level(seen: Tokens, *roles: Role) -> Iterator[int]:
    """The tokens of these roles that LaTeX certainly executes, and for good: in no group, condition, environment, body or argument."""
    open_: list[str] = []
    for index, (role, text) in enumerate(zip(seen.roles, seen.texts, strict=True)):
        closes = _CLOSES.get(role) or _CLOSES_BY_NAME.get(text)
        # Whoever closes what is not open may be closing something that began in another file: nothing after it is certain.
        if text in _ENDS_ALL or text == r"\begin{document}" or (closes and (not open_ or open_.pop() != closes)):
            return
        opens = _OPENS.get(role) or _OPENS_BY_NAME.get(text)
        if opens and not (role is Role.CONDITION and _only_named(seen, index)):
            open_.append(opens)
        elif role in roles and not open_ and not _taken(seen, index):
            yield index


def _only_named(seen: Tokens, index: int) -> bool:
    r"""Whether a condition is but a name, after \newif."""
    previous = before(seen, index - 1)
    return previous >= 0 and seen.texts[previous] == r"\newif"


def _taken(seen: Tokens, index: int) -> bool:
    """Whether the command right before a token, with its star and an @ in its name, may take it as an argument."""
    index -= 1
    while index >= 0 and (seen.roles[index] in {Role.BLANK, Role.NOTHING, Role.PARAGRAPH} or seen.texts[index] == "*"):
        index -= 1
    if index < 0 or seen.roles[index] is Role.END:
        return False
    end = index
    while index > 0 and (seen.roles[index] is Role.LETTERS or seen.texts[index] == "@"):
        index -= 1
    name = "".join(seen.texts[index : end + 1])
    if index < end and "@" not in name:
        return False  # words, or a command, which takes blanks, and words
    switch = name.startswith(r"\hwgen") and name.endswith("true")
    return name[:1] == "\\" and (name[1:2].isalpha() or name[1:2] == "@") and name not in _TAKE_NOTHING and not switch
