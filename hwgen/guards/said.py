r"""What the sentence says right before a formula and right after it, in words, and in an aside there: a footnote, or a parenthesis.

A formula between the words is @, one that is a number or a sum #, a hypothesis under test \for. Nothing here judges what is said.
"""

from __future__ import annotations

from collections.abc import Iterator

from hwgen.guards.signs import EN_DASHES, prints_last
from hwgen.page.arguments import arguments, bracket_before, owner
from hwgen.page.neighbours import IN_ROWS, after_it, before_it
from hwgen.page.nesting import Span
from hwgen.page.text import Visible
from hwgen.reading.commands import LISTS, PARTS, TABLES
from hwgen.reading.lexer import environment
from hwgen.reading.roles import Role

_SPACES = frozenset({Role.BLANK, Role.NOTHING, Role.THIN, Role.WIDE, Role.ALIGN})
OWN_WORDS = frozenset({Role.INLINE, Role.WORDS, Role.INTERTEXT, Role.FONT})
# Headings in the line of what follows.
RUN_IN = frozenset({r"\paragraph", r"\subparagraph"})
# Their words are those of the sentence around.
_OTHER_CASE = frozenset({r"\MakeLowercase", r"\MakeUppercase", r"\lowercase", r"\uppercase"})
# Words go on over these without a gap: a comment takes the end of its line with it.
_JOINING = frozenset({r"\/", r"\-"})
_TEXT = frozenset({Role.LETTERS, Role.SUFFIX, Role.SEPARATOR, Role.NUMBER})
_QUIET = frozenset({Role.GROUP, Role.SWITCH, Role.STYLE, *OWN_WORDS})
_SAID = _SPACES | {Role.LETTERS, Role.SUFFIX, Role.NUMBER, Role.GROUP, Role.GROUP_END, Role.INLINE, Role.SWITCH}
_READ_OUT = frozenset({Role.LETTERS, Role.SUFFIX, Role.NUMBER})
BEFORE_SAID = frozenset({Role.BLANK, Role.NOTHING, Role.THIN, Role.WIDE, Role.SEPARATOR})
# What ends a line of the text, and no sentence.
_LINES = frozenset({Role.ROW, Role.BREAK})
_ENDS = frozenset({Role.SEPARATOR, Role.STOP, Role.LABEL, Role.STATED})
_STATES = frozenset({Role.RELATION, Role.ASSERTION, Role.MEMBERSHIP, Role.TESTED, Role.OPEN, Role.WORDS, Role.SEPARATOR, Role.STOP})
_BEGINS_A_NUMBER = frozenset({Role.NUMBER, Role.FRACTION, Role.ROOT})
_LOGIC = {r"\nexists": " no ", r"\neg": " not ", r"\lnot": " not ", r"\exists": " some "}
# What says something aside, or nothing: the words around it belong together.
_FOOTNOTES = frozenset({r"\footnote", r"\footnotetext"})
_SILENT = frozenset({Role.STATED, Role.LABEL, Role.EMPTY})
_ACCENTS = frozenset(["\\" + mark for mark in "\"'^`~=."])
_MARKS = (r"\footnotemark", r"\cite", r"\parencite", r"\autocite")
_ENDS_A_CLAUSE = frozenset({Role.SEPARATOR, Role.PARAGRAPH, Role.BREAK, Role.BEGIN, Role.END, Role.PRINTS})
# As they are typed, and as they are set.
_APOSTROPHES = {"’": "'", r"\textquoteright": "'", r"\textquotesingle": "'"}
_LONGEST = 24
_FURTHEST = 48


def words_before(seen: Visible, index: int, span: Span | None) -> str:
    """The words of the sentence before a token, in small letters, without asides."""
    pieces: list[str] = []
    last, index = index - _FURTHEST, index - 1
    while index >= max(0, last):
        said, further = _left(seen, index, span)
        if said is None:
            break
        pieces.append(said)
        index = further
    return _plain("".join(reversed(pieces)))


def in_columns(seen: Visible, index: int) -> bool:
    """Whether a token stands in a table of more than one column, the rows of which are no lines of one text."""
    around = next((one for one in seen.nesting.enclosing(index) if seen.tokens.roles[one] is Role.BEGIN), -1)
    if around < 0 or environment(seen.tokens.texts[around]) not in TABLES:
        return False
    end = seen.nesting.partners.get(around, len(seen.tokens))
    return any(around < one < end and seen.nesting.around(one) == around for one in seen.tokens.of(Role.ALIGN))


def words_before_list(seen: Visible, index: int) -> str:
    """The words right before the list in which a token stands; none where it stands in none."""
    lists = (one for one in seen.nesting.enclosing(index) if seen.tokens.roles[one] is Role.BEGIN)
    begin = next((one for one in lists if environment(seen.tokens.texts[one]).removesuffix("*") in LISTS), -1)
    return words_before(seen, begin, None) if begin >= 0 else ""


def _plain(text: str) -> str:
    return " ".join(text.split()).lower()


def _left(seen: Visible, index: int, span: Span | None) -> tuple[str | None, int]:
    """What a token says before a formula, and the token to go on with; None where the sentence begins."""
    tokens, role, text = seen.tokens, seen.tokens.roles[index], seen.tokens.texts[index]
    other = seen.nesting.edge(index)
    if (span and index == span.opening) or (role in {Role.BEGIN, Role.END} and environment(text) in PARTS) or role in _SPACES:
        return ("" if role is Role.NOTHING or text in _JOINING else " "), index - 1
    if role is Role.ROW and not in_columns(seen, index):
        return " ", index - 1
    if other is not None and index == other.closing:
        return _formula(seen, other.first, other.closing), other.opening - 1
    if role is Role.GROUP_END and index in seen.nesting.partners:
        command = owner(seen, seen.nesting.partners[index])[0]
        if command >= 0 and _silent(seen, command):
            return "", command - 1
        if command >= 0 and tokens.roles[command] is Role.COMMAND and prints_last(tokens.texts[command]):
            return "", index - 1
        own = command < 0 or tokens.roles[command] in OWN_WORDS or tokens.texts[command] in RUN_IN | _OTHER_CASE
        return ("", index - 1) if own else (" @ ", command - 1)
    if role is Role.GROUP and (command := owner(seen, index)[0]) >= 0 and tokens.roles[command] not in OWN_WORDS:
        if tokens.texts[command] in _OTHER_CASE:
            return "", command - 1
        return ("", command - 1) if tokens.roles[command] is Role.COMMAND and prints_last(tokens.texts[command]) else (None, index)
    if text == ")" and (opening := opening_of(seen, index)) >= 0:
        return "", opening - 1
    if role in _TEXT or text in {"-", *_APOSTROPHES}:
        return _APOSTROPHES.get(text, text), index - 1
    if role is Role.MARK and (text in _ACCENTS or text.isalpha()):
        return text if text.isalpha() else "", index - 1
    labelled = text == "]" and (opening := bracket_before(seen, index)) >= 0 and tokens.texts[owner(seen, opening)[0]] == r"\item"
    quiet = role in _QUIET or text in _LOGIC or labelled or text.startswith(_MARKS)
    return (_LOGIC.get(text, ""), index - 1) if quiet else (None, index)


def _formula(seen: Visible, low: int, high: int) -> str:
    """What stands for a formula in a sentence, with the words that it begins or ends in."""
    first, last = after_it(seen, low, high, IN_ROWS).token, before_it(seen, high, low, IN_ROWS | _ENDS).token
    begins = next(arguments(seen.tokens, first.index), None) if first is not None and first.role in OWN_WORDS else None
    opening = seen.nesting.partners.get(last.index, -1) if last is not None and last.role is Role.GROUP_END else -1
    ends = opening >= 0 and seen.tokens.roles[owner(seen, opening)[0]] in OWN_WORDS and owner(seen, opening)[0] >= 0
    hypothesis = any(seen.tokens.texts[one] == r"\for" for one in range(low, high))
    lead = said(seen, begins[0] + 1, begins[1]) if begins else ""
    trail = said(seen, opening + 1, last.index) if ends and last is not None and not (begins and begins[0] == opening) else ""
    sign = r"\for" if hypothesis else "#" if amount(seen, low, high) else "@"
    return f" {_plain(f'{lead} {sign} {trail}')} "


def amount(seen: Visible, low: int, high: int) -> bool:
    """Whether a formula is a number or a sum to a reader, and neither a set nor a name nor a statement."""
    roles = [one for one in seen.tokens.roles[low:high] if one not in IN_ROWS]
    return bool(roles) and not _STATES & set(roles) and (roles[0] in _BEGINS_A_NUMBER or Role.SIGN in roles)


def _silent(seen: Visible, command: int) -> bool:
    """Whether a command with its arguments is no part of the sentence around it."""
    text = seen.tokens.texts[command]
    return text in _FOOTNOTES or seen.tokens.roles[command] in _SILENT or text.startswith(_MARKS)


def opening_of(seen: Visible, index: int) -> int:
    """The parenthesis in the text that is closed at a token; -1 if it opens nowhere in its group and paragraph."""
    depth, low = 0, max(seen.nesting.around(index), seen.tokens.last(Role.PARAGRAPH, index))
    while index > low:
        other = seen.nesting.edge(index)
        if other is not None and index == other.closing:
            index = other.opening - 1
            continue
        text = seen.tokens.texts[index]
        depth += (text == ")") - (text == "(")
        if depth == 0:
            return index
        index -= 1
    return -1


def words_after(seen: Visible, span: Span, index: int) -> str:
    """The words after a formula that ends before this token, in small letters, without asides."""
    inside = after_it(seen, index, span.closing, IN_ROWS | {Role.SEPARATOR, Role.STOP, Role.ROW})
    if inside.token is None:
        index = _past_asides(seen, outside(seen, span))[0]
        lines = frozenset() if in_columns(seen, span.opening) else _LINES
        following = after_it(seen, index, len(seen.tokens), BEFORE_SAID | lines, into=True).token
        return said(seen, following.index if following else index)
    if inside.token.role in OWN_WORDS and (braces := next(arguments(seen.tokens, inside.token.index), None)):
        further = after_it(seen, braces[1] + 1, span.closing, IN_ROWS).token
        return said(seen, braces[0] + 1, braces[1]) + (_formula(seen, further.index, span.closing).rstrip() if further else "")
    return ""


def begins_anew(seen: Visible, span: Span) -> bool:
    """Whether what follows a formula in the text is another clause or sentence: after a semicolon or colon, or with a capital letter."""
    near = after_it(seen, outside(seen, span), len(seen.tokens), BEFORE_SAID, into=True)
    capital = near.token is not None and near.token.role is Role.LETTERS and near.token.text[0].isupper()
    return capital or any(one.text in {";", ":"} for one in near.passed)


def outside(seen: Visible, span: Span) -> int:
    length = span.stop - span.high
    return seen.tokens.at(span.high + length) if span.stop < len(seen.text) else len(seen.tokens)


def _past_asides(seen: Visible, index: int) -> tuple[int, list[tuple[int, int]]]:
    """The token after the asides that stand from a token on, and these: the tokens between their brackets."""
    found: list[tuple[int, int]] = []
    stopped = False
    while (near := after_it(seen, index, len(seen.tokens), BEFORE_SAID)).token is not None:
        token = near.token
        if token.text in _FOOTNOTES and (braces := next(arguments(seen.tokens, token.index), None)):
            found.append((braces[0] + 1, braces[1]))
            index = braces[1] + 1
        elif token.text == "(" and not stopped and (end := _closing(seen, token.index)) >= 0:
            found.append((token.index + 1, end))
            index = end + 1
        elif token.role is Role.STOP and not stopped:
            stopped, index = True, token.index + 1
        else:
            break
    return (len(seen.tokens) if stopped else index), found


def _closing(seen: Visible, index: int) -> int:
    """The parenthesis that closes one in the text; -1 if there is none in its paragraph."""
    depth = 0
    while index < len(seen.tokens) and seen.tokens.roles[index] is not Role.PARAGRAPH:
        other = seen.nesting.edge(index)
        if other is not None and index == other.opening:
            index = other.closing + 1
            continue
        text = seen.tokens.texts[index]
        depth += (text == "(") - (text == ")")
        if depth == 0:
            return index
        index += 1
    return -1


def asked(seen: Visible, span: Span, last: int) -> bool:
    """Whether the clause that ends after a formula, which ends before the token `last`, is a question."""
    inside = after_it(seen, last, span.closing, IN_ROWS | {Role.SEPARATOR})
    if inside.token is not None:
        return inside.token.text == "?"
    index, stop = outside(seen, span), len(seen.tokens)
    ends = _ENDS_A_CLAUSE | {Role.STOP}
    while index < stop and seen.tokens.roles[index] not in ends:
        other = seen.nesting.edge(index)
        index = other.closing + 1 if other is not None and index == other.opening else index + 1
    return index < stop and seen.tokens.texts[index] == "?"


def asides(seen: Visible, span: Span, first: int, last: int) -> Iterator[str]:
    """What the footnotes and parentheses right beside a formula say."""
    index = min(first, span.opening) - 1
    while index >= 0 and (seen.tokens.roles[index] in _SPACES or index in seen.nesting.partners or seen.tokens.texts[index] == ")"):
        opening = seen.nesting.partners.get(index, -1)
        if seen.tokens.texts[index] == ")" and (start := opening_of(seen, index)) >= 0:
            yield said(seen, start + 1, index)
            index = start
        elif 0 <= opening < index and seen.tokens.texts[command := owner(seen, opening)[0]] in _FOOTNOTES and command >= 0:
            yield said(seen, opening + 1, index)
            index = command
        elif seen.tokens.roles[index] not in _SPACES:
            return
        index -= 1
    if after_it(seen, last, span.closing, IN_ROWS | {Role.SEPARATOR, Role.STOP}).token is None:
        for low, high in _past_asides(seen, outside(seen, span))[1]:
            yield said(seen, low, high)


def said(seen: Visible, index: int, high: int | None = None) -> str:
    """The words from a token on."""
    return _plain("".join(_letters(seen, index, len(seen.tokens) if high is None else high)))


def _letters(seen: Visible, index: int, high: int) -> Iterator[str]:
    first = after_it(seen, index, high, BEFORE_SAID | {Role.OPEN}, into=True).token
    index, left = first.index if first else high, _LONGEST
    while index < high and (seen.tokens.texts[index] in {"-", *EN_DASHES, "—", r"\textemdash"} or seen.tokens.roles[index] is Role.BLANK):
        index += 1
    while index < high and left:
        token, other, left = seen.tokens[index], seen.nesting.edge(index), left - 1
        if other is not None and index == other.opening:
            yield _formula(seen, other.first, other.closing)
            index = other.closing + 1
            continue
        if prints_last(token.text) and token.role is Role.COMMAND and (braces := list(arguments(seen.tokens, index))):
            index = braces[-1][0] + 1
            continue
        if token.role is Role.STOP:  # what goes on at once is cut short, as i.e.
            following = seen.tokens[index + 1] if index + 1 < high else token
            yield f".{following.text}" if following.role is Role.LETTERS else ""
        if token.role not in _SAID and token.text != "," and token.text not in _APOSTROPHES:
            return
        heard = token.text if token.role in _READ_OUT or token.text == "," else " " if token.role in _SPACES else ""
        yield _APOSTROPHES.get(token.text, heard)
        index += 1
