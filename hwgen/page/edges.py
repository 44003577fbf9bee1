r"""What a command of the author's own prints at its edges, so that \two is a 2 to whoever stands beside it."""

from __future__ import annotations

from hwgen.page.neighbours import WIDE_SPACES, after_it, before_it
from hwgen.page.page import Page
from hwgen.page.rendered import Rendered
from hwgen.page.text import visible
from hwgen.reading.lexer import Token
from hwgen.reading.roles import Role

_DEEPEST = 5


def meant(page: Page, token: Token | None, last: bool, depth: int = 0) -> Token | None:
    """The first token that an author's command without arguments prints, or the last; any other token as it is.

    Of another text, it keeps the number of the command.
    """
    macro = next((one for one in page.macros if token and one.name == token.text), None)
    if token is None or token.role is not Role.COMMAND or macro is None or macro.count or depth == _DEEPEST:
        return token
    body = visible(Rendered(macro.body, ()))
    end = len(body.tokens)
    near = before_it(body, end, passing=WIDE_SPACES, into=True) if last else after_it(body, 0, end, WIDE_SPACES, into=True)
    if near.token is None:
        return token
    return meant(page, Token(token.index, near.token.role, near.token.text, token.start, token.stop), last, depth + 1)
