r"""What the commands that the reader knows mean to LaTeX: their list, which the preamble keeps and every \checked compares with.

A redefinition that no reading of the text finds, such as one inside a macro's argument, is found by LaTeX itself, where it matters.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from hwgen.model import Formula
from hwgen.model.errors import ContentError
from hwgen.page.formulas import KNOWN, MACROS, RELATIONS, arguments
from hwgen.page.template import Rendered
from hwgen.page.text import visible
from hwgen.reading.commands import INEXACT, STYLES, TAKEN

_COMMAND = re.compile(r"\\(?:[A-Za-z]+|[^A-Za-z\s\\])")
_RECORD = re.compile(r"^(?:(checked|refuted|verified)\|([^|]*)\||redefined\|([^|]*)\|)\d+\|(.*)$")
_GREEK = r"""\alpha \beta \gamma \delta \epsilon \varepsilon \zeta \eta \theta \vartheta \iota \kappa \lambda \mu \nu \xi \rho \varrho
\sigma \tau \upsilon \phi \varphi \chi \psi \omega \Gamma \Delta \Theta \Lambda \Xi \Pi \Sigma
\Upsilon \Phi \Psi \Omega \ell \nabla \star \circ \bullet"""
# Commands that LaTeX itself gives another meaning, inside its environments or when the document begins.
_CHANGING = frozenset({r"\\", r"\label", r"\tag", r"\begin", r"\end", r"\notag", r"\nonumber", r"\coloneqq"})
_ALWAYS = (KNOWN | RELATIONS | MACROS | TAKEN | INEXACT | STYLES | {*_GREEK.split(), r"\hwgenrecorded"}) - _CHANGING


def kept(filled: Rendered) -> str:
    """The definition, without an end of line, of the list of the commands that are to mean the same wherever a relation is printed."""
    text = visible(filled).text
    used = {command for low, high in arguments(filled) for command in _COMMAND.findall(text[low:high])}
    known = sorted(one for one in (_ALWAYS | used) - _CHANGING if one.startswith("\\"))
    return r"\def\hwgenknown{" + "".join(r"\hwgenkeep" + one for one in known) + "}"


def redefined(formulas: Sequence[Formula], record: str) -> Iterator[ContentError]:
    """One error for each command that LaTeX took for something else, at the first formula that it concerns."""
    said: set[str] = set()
    seen: dict[str, int] = {}
    for line in record.split("\n"):
        match = _RECORD.match(line)
        if match and match[1]:
            seen[match[2]] = seen.get(match[2], 0) + 1
        elif match and match[3] not in said:
            said.add(match[3])
            yield _error(match[3].strip(), match[4], [one for one in formulas if one.name == match[4]], seen.get(match[4], 1))


def _error(command: str, name: str, places: Collection[Formula], occurrence: int) -> ContentError:
    place = [*places][min(occurrence, len(places)) - 1].place if places else None
    said = f"{command} does not mean in {name} what the reader takes it for; expected no redefinition before this formula"
    return ContentError(said, place)
