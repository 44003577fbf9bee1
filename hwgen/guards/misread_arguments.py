r"""What LaTeX would take for an argument, and for what it is not: a bracket after \\, a $ after \frac, text up to the end of \verb.

There LaTeX goes on with the text otherwise than it looks, and than every guard reads it.
"""

from __future__ import annotations

from collections.abc import Iterator

from hwgen.model.errors import ContentError
from hwgen.page.arguments import after, argument, before, closing, option, takes_options
from hwgen.page.page import Page
from hwgen.page.text import Visible
from hwgen.reading.commands import SHAPED, TAKES
from hwgen.reading.lexer import Tokens, environment
from hwgen.reading.roles import Role

_ROW = r"\\ takes what stands in [ ] after it for a length; expected {} or a space between"
_VERB = r"\verb is not closed on its line; expected the same character on both sides"
_NAMELESS = "{0} without the name of an environment beside it; expected {0}{{name}}, with no comment between"
_BARE = {r"\verb": _VERB} | {name: _NAMELESS.format(name) for name in (r"\begin", r"\end")}
_TAKING = (Role.FRACTION, Role.BINOMIAL, Role.ROOT, Role.FONT, Role.ACCENT, Role.WORDS, Role.LABEL, Role.NAMES, Role.INLINE)
_TAKING_TEXT = (Role.PRINTS, Role.MOVES, Role.INTERTEXT)
# Nearly every script takes one of these.
_SURELY_ONE = frozenset({Role.GROUP, Role.NUMBER, Role.LETTERS, Role.COMMAND})
# Accents of the text.
_ACCENTS = frozenset(["\\" + mark for mark in ".\"'^`~="])
_NO_ARGUMENT = frozenset(
    {Role.DOLLAR, Role.GROUP_END, Role.FORMULA, Role.FORMULA_END, Role.ALIGN, Role.ROW, Role.BEGIN, Role.END, Role.PARAGRAPH}
    | {Role.TESTED, Role.STATED, Role.VERBATIM, Role.LEFT, Role.RIGHT}
)


def astray(page: Page) -> Iterator[ContentError]:
    """Everything that lacks its argument, its name or its end, and would take what follows for it."""
    seen = page.text
    # One more, for a script at the very end.
    roles = [*seen.tokens.roles, Role.PARAGRAPH]
    scripts = [index for index in seen.tokens.of(Role.SCRIPT) if roles[index + 1] not in _SURELY_ONE]
    others = seen.tokens.of(Role.COMMAND, Role.ROW, Role.OPEN, Role.BEGIN, Role.MARK, *_TAKING, *_TAKING_TEXT)
    for index in sorted([*scripts, *others]):
        if said := _wrong(seen, index):
            yield ContentError(said, seen.place_of(seen.tokens[index]))


def _wrong(seen: Visible, index: int) -> str:
    tokens, text, role = seen.tokens, seen.tokens.texts[index], seen.tokens.roles[index]
    if role is Role.OPEN:
        taking = before(tokens, index - 1)
        astray = text == "[" and taking >= 0 and takes_options(tokens, taking) and not _is_option(seen, index)
        return f"[ after {tokens.texts[taking]} has no ] of its own; expected one, outside of $…$, or {{}} before it" if astray else ""
    if role is Role.BEGIN:
        lacks = environment(text).removesuffix("*") in SHAPED and not argument(tokens, option(tokens, index + 1))
        return f"{text} without its argument; expected braces after it" if lacks else ""
    if role is Role.MARK and text not in _ACCENTS:
        return ""
    if role in {Role.COMMAND, Role.ROW}:
        return _BARE.get(text, _ROW if _taken(tokens, index) else "")
    lacks = _lacks_argument(tokens, index) and not _is_only_named(seen, index)
    return f"{text} has nothing after it that could be its argument; expected braces" if lacks else ""


def _taken(tokens: Tokens, index: int) -> bool:
    """Whether the end of a row takes a bracket after it."""
    return tokens.roles[index] is Role.ROW and not tokens.texts[index].endswith("]") and tokens.texts[index + 1 : index + 2] == ["["]


def _is_option(seen: Visible, index: int) -> bool:
    """Whether the first ] after a bracket, outside of braces, stands in the same group and formula, and no other [ before it."""
    around, end = seen.nesting.around(index), index
    while end < len(seen.tokens) and seen.tokens.texts[end] != "]" and seen.tokens.roles[end] not in {Role.PARAGRAPH, Role.GROUP_END}:
        end = closing(seen.tokens, end) + 1 if seen.tokens.roles[end] is Role.GROUP else end + 1
        if seen.tokens.texts[end : end + 1] == ["["]:
            return False
    return seen.tokens.texts[end : end + 1] == ["]"] and seen.nesting.around(end) == around


def _is_only_named(seen: Visible, index: int) -> bool:
    """Whether a command of the text stands alone in braces, as what defines or changes it names it."""
    return seen.tokens.roles[index + 1 : index + 2] == [Role.GROUP_END] and seen.nesting.formula(index) is None


def _lacks_argument(tokens: Tokens, index: int) -> bool:
    """Whether one of the arguments of a command or script is something that cannot be one."""
    text, position = tokens.texts[index], index + 1
    wanted = TAKES.get(text, 1)
    while wanted > 0:
        position = after(tokens, option(tokens, position) if text[0] == "\\" else position)
        if position >= len(tokens) or tokens.roles[position] in _NO_ARGUMENT or tokens.texts[position] == "]":
            return True
        # TeX takes 12 and ab for two arguments.
        wanted -= len(tokens.texts[position]) if tokens.roles[position] in {Role.NUMBER, Role.LETTERS} else 1
        position = closing(tokens, position) + 1 if tokens.roles[position] is Role.GROUP else position + 1
    return False
