"""Where the sentences of a page end. Nothing here refuses anything, or knows what they say."""

from __future__ import annotations

from hwgen.page.text import Visible
from hwgen.reading.roles import Role

# What follows a full stop that ends a sentence.
_AFTER_STOP = frozenset({Role.BLANK, Role.PARAGRAPH, Role.NOTHING, Role.GROUP_END, Role.BREAK, Role.ROW, Role.END})
# What is cut short by a full stop, and goes on; of others that end a sentence as well the next word tells.
_CUT = """cf. c.f. e.g. i.e. vs. viz. fig. figs. eq. eqs. sec. secs. thm. thms. prop. props. cor. lem. def. ex. ch. no. nos. p. pp. vol.
ca. approx. resp. w.r.t. s.t. dr. prof. st."""
_SHORT = frozenset(_CUT.split())


def ends(seen: Visible) -> list[int]:
    """The tokens at which a sentence ends."""
    return [index for index in seen.tokens.of(Role.STOP, Role.PARAGRAPH) if _ends(seen, index)]


def _ends(seen: Visible, index: int) -> bool:
    """Whether a sentence ends there: not at what is cut short, nor before a word that begins with a small letter."""
    roles, texts = seen.tokens.roles, seen.tokens.texts
    if roles[index] is Role.PARAGRAPH:
        return True
    if roles[index + 1 : index + 2] and roles[index + 1] not in _AFTER_STOP:
        return False
    first = index
    while first > 0 and (texts[first - 1] == "." or texts[first - 1].isalpha()):
        first -= 1
    following = next((one for one in range(index + 1, len(roles)) if roles[one] not in {Role.BLANK, Role.NOTHING}), index)
    goes_on = texts[index] == "." and texts[following][:1].islower() and texts[following].isalpha()
    return not goes_on and "".join(texts[first : index + 1]).lower() not in _SHORT
