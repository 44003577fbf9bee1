r"""What stands around a formula under test: nothing printed beside it may become part of it, neither `2\,` before it nor `^2` after it.

Spacing and alignment are taken away first; then before it only a beginning, a part that ended, or `p\ge` may stand, and after it
only an end, punctuation with a gap, words, or the next formula under test.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hwgen.model.errors import ContentError
from hwgen.page.page import Page
from hwgen.page.text import PARTS, Span, Visible

_LETTERS = "(?![A-Za-z])"
_NAMES = "|".join(sorted(PARTS, reverse=True))
_INNER = rf"\\begin\s*\{{(?:{_NAMES})\}}(?:\[\w\])?(?:\{{\d+\}})?|\\end\s*\{{(?:{_NAMES})\}}"
_SILENT = (
    rf"\\(?:displaystyle|textstyle|notag|nonumber|relax|allowbreak|null){_LETTERS}|\\(?:label|tag\*?|verified)\s*\{{[^{{}}]*\}}"
    rf"|\\text\s*\{{\s*\}}|\{{\s*\}}|{_INNER}"
)
_THIN = rf"\s|~|\\[,:!>]|\\(?:thinspace|negthinspace){_LETTERS}"
_WIDE = rf"\\[; ]|\\(?:quad|qquad|enspace|hfill){_LETTERS}"
_SPACES = rf"(?:{_SILENT}|{_THIN}|{_WIDE}|&)"
_SPACES_AT_END = re.compile(rf"(?<!\\)(?:{_SPACES})$|(?<=\\\\)[\s&~]$")
_SPACES_AT_START = re.compile(rf"(?:{_SPACES})*")
_WORDS = r"\\(?:text|intertext|shortintertext)\s*\{[\s(,;]*(?:[A-Za-z]{2,}|\$)(?:[^{}]|\{[^{}]*\})*\}"
_GAP = re.compile(rf"{_WIDE}|&|\\\\")
_ENDED = re.compile(rf"(?:[,;:.]|{_WORDS})$")
_NEW_LINE = re.compile(r"\\\\\*?(?:\[[^\]]*\])?$")
_BOUND = re.compile(r"(?:[,;:]|^)\s*(?:[A-Za-z]|\\[A-Za-z]+)\s*(?:[<>]|\\(?:le|leq|ge|geq|leqslant|geqslant|lt|gt)" + _LETTERS + r")$")
_BREAK = re.compile(r"\\\\\*?(?:\[[^\]]*\])?")
_GOES_ON = re.compile(rf"[-+=<>*/^_'!|(]|\\(?:le|leq|ge|geq|lt|gt|ne|neq|cdot|times|pm|mp|approx|sim|to|in|div|ast){_LETTERS}")
_RELATION = re.compile(rf"[=<>]|\\(?:le|leq|leqslant|ge|geq|geqslant|lt|gt|ne|neq|approx|sim|to|equiv|ll|gg|subset|in){_LETTERS}")
_NEXT = re.compile(rf"\\(?:checked|refuted|for){_LETTERS}")
_END = re.compile(rf"(?:\\qedhere{_LETTERS}|{_WORDS})(?!{_SPACES}*[-+*/^_'!])")
_DENIAL = (
    r"(?:(?:which|that|this|it)\s+)?(?:(?:is|are|was|were)\s+(?:false|wrong|untrue|incorrect|(?:not|never)\s+(?:true|so))"
    r"|(?:does|do|did)\s+not\s+hold|fails?|never\s+holds?)\b"
)
_DENIED_INSIDE = re.compile(rf"(?:{_SPACES}|[,;])*\\(?:text|mbox|intertext|shortintertext)\s*\{{[\s,;(~]*{_DENIAL}")
_EMPTY = re.compile(rf"{_SPACES}|[,;.]")
_FAR = 80
_DENIED_AFTER = re.compile(rf"[\s~,;(]*{_DENIAL}")
# In the text around $…$: what may touch it, and what a reader would read on into it.
_TOUCHES_BEFORE = re.compile(r"(?:^|[\s~({\[&`]|--|\\\\|[^\x00-\x7f])$")
_TOUCHES_AFTER = re.compile(
    r"$|[\s~)\]}&']|[.,;:?!](?![\d.])|--|-[A-Za-z]|\\\\|\\ |[^\x00-\x7f]|"
    r"\\(?:verified|cite|footnote|further|label|qedhere|item|par|newline|end)" + _LETTERS
)
_SIGNS = "+*/=<>^_²³¹¼½¾⁰⁴-⁹₀-₉×÷±−·≤≥≠√∑∞"
_READS_ON_BEFORE = re.compile(rf"(?:\$|\\\)|\d|(?<!-)-|[{_SIGNS}])$")
_READS_ON_AFTER = re.compile(rf"\$|\\\(|\d|[{_SIGNS}]|-(?![-A-Za-z])")
_GAPS = rf"(?:\s|~|\\[,;:! ]|{_SILENT})+"
_GAPS_AT_START = re.compile(rf"^{_GAPS}")
_GAPS_AT_END = re.compile(rf"{_GAPS}$")
_UNPRINTED_AT_END = re.compile(rf"(?:{_SILENT})+$")


def joined(page: Page) -> Iterator[ContentError]:
    r"""Whatever beside a `\checked{…}{…}` belongs to the same formula."""
    for one in page.marked:
        if one.formula.macro != "verified":
            yield from _around(page.text, one.start, one.stop, f"\\{one.formula.macro}{{{one.formula.name}}}")


def _around(seen: Visible, start: int, stop: int, name: str) -> Iterator[ContentError]:
    """The first thing around a formula, from `start` to `stop`, that belongs to it."""
    span = seen.around(start)
    if span is None:
        yield ContentError(f"{name}: stands outside of a formula; expected $…$ or a display around it", seen.place(start))
    elif said := _before(seen.text[span.low : start]):
        yield ContentError(f"{name}: {said}", seen.place(start))
    elif said := _after(seen.text[stop : span.high]):
        yield ContentError(f"{name}: {said}", seen.place(stop - 1))
    elif not span.display:
        yield from _in_text(seen, span, name)


def denied(page: Page) -> Iterator[ContentError]:
    r"""Words right after a \checked{…}{…} that say the contrary of it."""
    for one in page.marked:
        span = page.text.around(one.start)
        if one.formula.macro != "checked" or span is None:
            continue
        inside, after = page.text.text[one.stop : span.high], page.text.text[span.stop : span.stop + _FAR]
        if _DENIED_INSIDE.match(inside) or (not _EMPTY.sub("", inside) and _DENIED_AFTER.match(after)):
            said = "the words after it deny it; expected \\refuted, with a claim that says so, or other words"
            yield ContentError(f"\\checked{{{one.formula.name}}}: {said}", page.text.place(one.start))


def _before(text: str) -> str:
    """What is wrong with what the formula prints before this place."""
    bare, taken = _stripped_end(text)
    wrong = "what is printed right before it belongs to the same formula; expected it inside the braces"
    line = _NEW_LINE.search(bare)
    if line:
        bare, _ = _stripped_end(bare[: line.start()])
        return "" if not bare or _ENDED.search(bare) or _is_tested(bare) else wrong
    if not bare or _BOUND.search(bare) or re.search(rf"{_WORDS}$", bare):
        return ""
    ended = bool(re.search("[,;:]$", bare))
    tested = _is_tested(bare[:-1] if ended else bare)
    wide = bool(re.search(_WIDE, taken))
    return "" if (ended and wide) or (tested and (wide or "&" in taken)) else wrong


def _is_tested(text: str) -> bool:
    r"""Whether a text ends with a whole \checked{…}{…}."""
    for _ in range(2):
        if not text.endswith("}"):
            return False
        depth, index = 1, len(text) - 1
        while depth and index:
            index -= 1
            escaped = index and text[index - 1] == "\\"
            depth += 0 if escaped else (text[index] == "}") - (text[index] == "{")
        text = text[:index].rstrip()
    return bool(re.search(r"\\(?:checked|refuted|for)$", text))


def _stripped_end(text: str) -> tuple[str, str]:
    """A text without the spacing at its end, and that spacing."""
    bare = text
    while True:
        shorter = _SPACES_AT_END.sub("", bare)
        if shorter == bare:
            return bare, text[len(bare) :]
        bare = shorter


def _after(text: str) -> str:
    """What is wrong with what the formula prints after this place."""
    spaces = _SPACES_AT_START.match(text)
    assert spaces is not None
    rest = text[spaces.end() :]
    if not rest or _END.match(rest) or (_NEXT.match(rest) and _GAP.search(spaces[0])):
        return ""
    if _RELATION.match(rest):
        return "a relation that hangs on it is not judged; it belongs to the same formula, expected it inside the braces"
    wrong = "what is printed right after it belongs to the same formula; expected it inside the braces"
    line = _BREAK.match(rest)
    if line:
        return wrong if _GOES_ON.match(_SPACES_AT_START.sub("", rest[line.end() :], count=1)) else ""
    return "" if rest[0] in ",;:.?" and _part_ends(rest[1:]) else wrong


def _part_ends(rest: str) -> bool:
    """Whether what follows punctuation is another part, not its decimals or its thousands."""
    spaces = _SPACES_AT_START.match(rest)
    assert spaces is not None
    after = rest[spaces.end() :]
    if not after or _END.match(after) or _BREAK.match(after):
        return True
    return bool(_GAP.search(spaces[0])) and not re.match("[+^_=*/]", after)


def _in_text(seen: Visible, span: Span, name: str) -> Iterator[ContentError]:
    """The words on both sides of $…$ are words, not a factor, a decimal or another formula."""
    before, after = seen.text[max(0, span.start - 80) : span.start], seen.text[span.stop : span.stop + 80]
    bare = _UNPRINTED_AT_END.sub("", before)
    if not _TOUCHES_BEFORE.search(bare) or _READS_ON_BEFORE.search(_GAPS_AT_END.sub("", bare)):
        said = "what is printed right before its $ is read as if it belonged to the same formula; expected words between, or it inside"
        yield ContentError(f"{name}: {said}", seen.place(span.start))
    elif not _TOUCHES_AFTER.match(after) or _READS_ON_AFTER.match(_GAPS_AT_START.sub("", after)):
        said = "what is printed right after its $ is read as if it belonged to the same formula; expected words between, or it inside"
        yield ContentError(f"{name}: {said}", seen.place(span.stop - 1))
