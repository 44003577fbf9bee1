r"""A rendered document as tokens, in one pass: what each of them does, what LaTeX sees of it, and where that stands.

No comment is seen, no verbatim text, nothing after the end of the document. Nothing here knows what belongs together.
"""

from __future__ import annotations

import bisect
import re
import string
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from hwgen.reading.commands import ROLES
from hwgen.reading.roles import Role

_MARKS = [re.escape(one) for one in string.punctuation + string.digits if one != "*"]
_DELIMITED = "|".join(rf"{one}[^\n{one}]*{one}" for one in _MARKS)
_MEASURE = r"[-+]?[0-9.]*(?:[a-z][a-z]|\\[a-z]*(?:skip|width|height|sep|indent|size|stretch))"
_LENGTH = rf"[\ ]*{_MEASURE}(?:[\ ]+(?:plus|minus)[\ ]*{_MEASURE})*[\ ]*"
# One character by itself is none of those that longer tokens begin with: \ % @ ^ and the colon of :=.
# The end of a comment's line prints nothing, nor do the blanks after it; an empty line after it ends the paragraph all the same.
_TOKEN = re.compile(
    rf"""[A-Za-z]+
    |[\ \t\n\r]+
    |[0-9]+(?:\.[0-9]+)?
    |[^\\%@^:]
    |\\(?:begin\s*\{{verbatim\}}.*?\\end\{{verbatim\}}|begin\s*\{{verbatim\*\}}.*?\\end\{{verbatim\*\}}
        |(?:begin|end)\s*\{{[^{{}}%\\]*\}}
        |(?:url|href|nolinkurl|path)\s*(?:\[[^\]\n]*\])?\s*\{{[^{{}}\n%]*%[^{{}}\n]*\}}
        |verb(?![A-Za-z])\*?(?:{_DELIMITED})
        |\\\*?(?:\[{_LENGTH}\])?
        |[A-Za-z]+|.)
    |%[^\n]*(?:\n[\ \t]*(?![\ \t\n]))?
    |@@@\{{\w+\.\w+\}}@
    |\^\^|:=|.""",
    re.DOTALL | re.VERBOSE,
)
# What a token begins with that TeX takes whole: a command, or blanks.
_WHOLE = re.compile(r"\\(?:[A-Za-z]+|.)|\s+", re.DOTALL)
_OUR_OWN = tuple(rf"\hwgen{name}" for name in ("author", "size", "page", "fulltrue", "markstrue"))
_NO_CONDITIONS = frozenset({r"\iff", r"\ifthenelse"})


@dataclass(frozen=True, slots=True)
class Token:
    """One token: its number, what it does, and its text, from `start` to `stop` in what LaTeX sees."""

    index: int
    role: Role
    text: str
    start: int
    stop: int


@dataclass(frozen=True)
class Tokens:
    """All tokens of a text, as columns: there are many of them, and most are never looked at. `starts` has one more, the end.

    `by_role`: the numbers of the tokens of each role; `ended`: whether an \\end{document} was met, which is none of them.
    """

    texts: list[str]
    roles: list[Role]
    starts: list[int]
    by_role: Mapping[Role, list[int]]
    ended: bool = False

    def __len__(self) -> int:
        return len(self.roles)

    def __getitem__(self, index: int) -> Token:
        """A token by its number."""
        return Token(index, self.roles[index], self.texts[index], self.starts[index], self.starts[index + 1])

    def at(self, offset: int) -> int:
        """The number of the token that holds a character of what LaTeX sees."""
        return min(bisect.bisect_right(self.starts, offset) - 1, len(self) - 1)

    def of(self, *roles: Role) -> list[int]:
        """The numbers of all tokens of these roles, in order."""
        return sorted(index for role in roles for index in self.by_role.get(role, ()))

    def between(self, role: Role, low: int, high: int) -> list[int]:
        """The numbers of the tokens of a role between two tokens."""
        found = self.by_role.get(role, [])
        return found[bisect.bisect_right(found, low) : bisect.bisect_left(found, high)]

    def last(self, role: Role, index: int) -> int:
        """The number of the last token of a role before a token; -1 if there is none."""
        found = self.by_role.get(role, [])
        at = bisect.bisect_left(found, index)
        return found[at - 1] if at else -1


class _Roles(dict[str, Role]):
    """The role of each spelling that was met."""

    def __missing__(self, text: str) -> Role:
        self[text] = role = ROLES.get(text) or _by_shape(text)
        return role


_KNOWN = _Roles()


def tokens(text: str) -> Tokens:
    """The tokens of a rendered text, up to its \\end{document}."""
    pieces = _TOKEN.findall(text)
    roles = list(map(_KNOWN.__getitem__, pieces))
    ended = Role.LAST in roles
    if ended:
        # LaTeX reads nothing after it.
        end = roles.index(Role.LAST)
        del pieces[end:], roles[end:]
    by_role = defaultdict[Role, list[int]](list)
    for index, role in enumerate(roles):
        by_role[role].append(index)
    # Only now, since the role of a comment or of verbatim text is asked of what was written.
    for index in (*by_role[Role.NOTHING], *by_role[Role.VERBATIM]):
        pieces[index] = _seen(pieces[index], roles[index])
    return Tokens(pieces, roles, list(accumulate(map(len, pieces), initial=0)), by_role, ended)


class Unit(NamedTuple):
    """What TeX takes as one argument where no brace stands: a command or a character; blanks are one."""

    text: str
    start: int

    @property
    def stop(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)

    @property
    def named(self) -> bool:
        """Whether it is a command of letters, which takes the blanks after it."""
        return self.text[0] == "\\" and self.text[1:2].isalpha()


def units(text: str) -> Iterator[Unit]:
    """The same tokens as TeX takes them one by one: the 1 and the 2 of \\frac12, the \\\\ of \\\\[2pt]; no character is left out."""
    start = 0
    for piece in _TOKEN.findall(text):
        whole = _WHOLE.match(piece)
        for one in (whole[0], *piece[whole.end() :]) if whole else piece:
            yield Unit(one, start)
            start += len(one)


def _seen(piece: str, role: Role) -> str:
    """What is left of a comment, the end of its line, and of verbatim text, the room that it takes."""
    return re.sub(r"[^\n]", " ", piece) if role is Role.VERBATIM else piece[piece.find("\n") :] if "\n" in piece else ""


def _by_shape(text: str) -> Role:
    """The role of a spelling that is not listed."""
    first = text[0]
    if first == "\\":
        return _of_command(text)
    if first == "%":
        return Role.NOTHING
    if first.isspace() and first.isascii():
        return Role.PARAGRAPH if text.count("\n") > 1 else Role.BLANK
    if text.startswith("@@@{"):
        return Role.VALUE
    if first.isascii() and first.isalnum():
        return Role.LETTERS if first.isalpha() else Role.NUMBER
    return Role.MARK


def _of_command(text: str) -> Role:
    name = text[1:]
    if name.startswith("\\"):
        return Role.ROW
    if not name.isalpha():
        return _of_environment(text) if name[:1].isalpha() else Role.MARK
    if name.startswith("if") and text not in _NO_CONDITIONS:
        return Role.CONDITION
    return Role.BEHIND if name.startswith("hwgen") and not text.startswith(_OUR_OWN) else Role.COMMAND


def _of_environment(text: str) -> Role:
    """The role of what begins or ends an environment, or is verbatim, as an address is that has a % in it."""
    if text.startswith(r"\verb") or r"\end{" in text[1:] or "%" in text:
        return Role.VERBATIM
    if text.startswith(r"\begin"):
        return Role.BEGIN
    return Role.LAST if environment(text) == "document" else Role.END


def environment(text: str) -> str:
    r"""The name of an environment in what begins or ends it."""
    return text[text.index("{") + 1 : -1]
