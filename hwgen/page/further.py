r"""What only the whole version prints: in another one nothing of it stands on the page, and what is beside it stands together."""

from __future__ import annotations

from dataclasses import replace

from hwgen.page.arguments import argument
from hwgen.page.text import Visible
from hwgen.reading.roles import Role

FURTHER = r"\further"


def without_further(seen: Visible) -> Visible:
    """The same text where it prints nothing; the numbers of the tokens, and where they stand, stay."""
    texts, roles = list(seen.tokens.texts), list(seen.tokens.roles)
    for index in [one for one, text in enumerate(texts) if text == FURTHER]:
        braces = argument(seen.tokens, index + 1)
        for one in range(index, braces[1] + 1) if braces else ():
            texts[one], roles[one] = " " * len(texts[one]), Role.NOTHING
    by_role: dict[Role, list[int]] = {}
    for index, role in enumerate(roles):
        by_role.setdefault(role, []).append(index)
    return replace(seen, tokens=replace(seen.tokens, texts=texts, roles=roles, by_role=by_role))
