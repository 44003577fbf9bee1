r"""What is said of a word that no formula reads: what it could mean, and what to write instead. Nothing here reads a formula."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from hwgen.model.errors import did_you_mean
from hwgen.reading.commands import BIG, COUNTS, ELEMENTARY, FRACTIONS, OPERATORS, ROLES, SIZES, TENSORS, TIMES, WORDS
from hwgen.reading.roles import Role
from hwgen.reading.signs import SIGNS_OF_LATEX

# What takes all of its group for its arguments.
AROUND = (r"\over", r"\atop", r"\choose")
_NO_MEANING = "has no exact meaning; write the bound, as in '|t-s| \\le \\epsilon'"
_ORDER = "compares sizes without a constant; write the bound with its constant, as in 't \\le 2s'"
_DOTS = "leaves terms to be guessed; write a sum or a list in full, as in '\\sum_{k=1}^{n} k'"
_ADVICE = {
    **dict.fromkeys([r"\approx", r"\simeq", r"\sim", r"\cong"], _NO_MEANING),
    **dict.fromkeys([r"\ll", r"\gg", r"\lesssim", r"\gtrsim", r"\asymp", r"\propto"], _ORDER),
    **dict.fromkeys([r"\dots", r"\ldots", r"\cdots", r"\vdots", r"\ddots", r"\dotsc", r"\dotsb"], _DOTS),
    **dict.fromkeys([r"\pm", r"\mp"], "says two things at once; write one formula for each sign"),
    **dict.fromkeys([r"\ne", r"\neq"], "is not judged: almost everything differs; write which side is larger"),
    **dict.fromkeys(
        [r"\to", r"\rightarrow", r"\longrightarrow", r"\mapsto"],
        "is no relation between values; write '\\lim_{k \\to \\infty} \\frac{1}{k} = 0'",
    ),
    **dict.fromkeys(
        [r"\implies", r"\iff", r"\Rightarrow", r"\Leftrightarrow"], "joins statements; write each relation in a command of its own"
    ),
    **dict.fromkeys([r"\in", r"\subset", r"\subseteq", r"\cup", r"\cap", r"\setminus"], "speaks of sets; write relations of numbers"),
    **dict.fromkeys(
        [r"\forall", r"\exists", r"\land", r"\lor", r"\neg", r"\lnot", r"\wedge", r"\vee"],
        "is logic; write the relation alone, and for which values in words",
    ),
    **dict.fromkeys([r"\limsup", r"\liminf"], "is not judged; write '\\lim_{k \\to \\infty} \\frac{1}{k}' where that exists, or a bound"),
    **dict.fromkeys([r"\nabla", r"\partial"], "is a derivative; bind it with what it acts on as one symbol"),
    **dict.fromkeys([r"\text", r"\mbox"], "is text; write it outside the formula"),
    **dict.fromkeys([r"\succeq", r"\preceq", r"\succ", r"\prec"], "orders matrices; write '\\lambda_{\\min}(A) \\ge 0'"),
    **dict.fromkeys(
        [r"\overset", r"\underset", r"\stackrel", r"\overbrace", r"\underbrace"],
        "sets one thing over another; write what is below it alone, and the reason in the text",
    ),
    **dict.fromkeys([r"\hspace", r"\hskip", r"\kern", r"\mkern", r"\mskip"], "is a space of any width; take it out"),
    **dict.fromkeys([r"\tag", r"\label", r"\intertext", r"\shortintertext"], "belongs to the display; write it outside the formula"),
    **dict.fromkeys(AROUND, "takes what stands around it; write '\\frac{t}{s}' or '\\binom{4}{2}'"),
    **dict.fromkeys([r"\bmod", r"\mod", r"\pmod", r"\gcd"], "is not read; bind its value as one symbol"),
    r"\not": "is not judged: almost everything differs; write which side is larger, as \\le for \\not>",
    **dict.fromkeys([r"\nless", r"\ngtr", r"\nleq", r"\ngeq"], "is not judged; write the relation that holds instead"),
    **dict.fromkeys([r"\leqq", r"\lneq", r"\lneqq"], "is not read; write \\le, or < where the sides differ"),
    **dict.fromkeys([r"\geqq", r"\gneq", r"\gneqq"], "is not read; write \\ge, or > where the sides differ"),
    **dict.fromkeys([r"\therefore", r"\because"], "joins statements; write it in the text"),
    r"\cot": "is not read; write '\\frac{1}{\\tan(t)}'",
    r"\coth": "is not read; write '\\frac{1}{\\tanh(t)}'",
    r"\sec": "is not read; write '\\frac{1}{\\cos(t)}'",
    r"\csc": "is not read; write '\\frac{1}{\\sin(t)}'",
    r"\equiv": "has several meanings; write '=' or a congruence in words",
    r"\prime": "is written as an apostrophe, right after its letter",
    **dict.fromkeys([r"\mathop", r"\mathbin", r"\mathrel", r"\mathord"], "makes a sign of another kind; take it out"),
    "\\\\": "where a factor was expected; an entry that is left out prints nothing: write it, as 0",
    r"\%": "is a percentage; write it as a number, as in '0.5'",
    r"\mathcal": "is not bound; bind it with its letter, or write a bound with its constant instead of an order",
    r"\lg": "is a logarithm to base 2 or 10; write '\\log_2 n' or '\\log_{10} n'",
    r"\div": "is not read; write '\\frac{t}{s}'",
    r"\ast": "is not read; write '\\cdot' for a product",
    r"\mid": "is read only inside a probability or an expectation; write '\\lvert t\\rvert' for an absolute value, in words what divides",
    r"\nmid": "is no relation between values; write in words what divides",
    **dict.fromkeys([r"\star", r"\bullet"], "is not read; write '\\cdot' for a product"),
    **dict.fromkeys([r"\oplus", r"\ominus"], "is not read; write + or -"),
    r"\colon": "is not read; write ':=' for a definition",
    r"\circ": "is read neither as a composition nor as degrees; bind the composed function, or write 30 degrees as '\\frac{\\pi}{6}'",
    r"\middle": "is not read; write '\\mid' inside a probability",
    r"\oint": "is not read; write '\\int_{0}^{1} u\\,\\mathrm{d}u'",
    r"\iint": "is not read; write one integral for each variable",
    r"\arg": "is a point, not a value; bind the point, or write the extremum itself",
    r"\infty": "is a limit of an integral or a sum, not a number",
    r"\begin": "opens an environment that is not read inside a formula; put its rows into the display",
    "*": "is not read; write '\\cdot' for a product",
    ":": "is not read; write ':=' for a definition, '/' for a quotient",
    "!": "where a factor was expected",
    "=": "where a factor was expected; a relation is one sign: write \\le or \\ge, or a single =",
    r"\/": "is no quotient and prints nothing; write '/', or take it out",
    **dict.fromkeys([r"\negmedspace", r"\negthickspace"], "prints what follows over what stands before; take it out"),
    "#": "stands for a macro's argument; write the formula out",
    r"\$": "is not read inside a formula",
    r"\&": "is not read inside a formula",
    r"\_": "is not read; write '_' for an index",
}
_LOOKS_LIKE = {
    "\u2212": ("a minus", "-"),
    "\u2013": ("a minus", "-"),
    "\u2014": ("a minus", "-"),
    "\u2019": ("a prime", "'"),
    "\u2032": ("a prime", "'"),
    "\u00a0": ("a space", "~ or a plain one"),
    "\u2217": ("a star", r"\cdot"),
}
# Greek letters that LaTeX calls otherwise than Unicode does.
_SPELLED = {"lamda": "lambda", "final sigma": "varsigma"}
_TYPED = {
    "≤": r"\le",
    "≥": r"\ge",
    "×": r"\times",
    "·": r"\cdot",
    "⋅": r"\cdot",
    "∞": r"\infty",
    "√": r"\sqrt",
    "∑": r"\sum",
    "∫": r"\int",
    "∇": r"\nabla",
}
_TYPED |= {
    "½": r"\frac12",
    "¼": r"\frac14",
    "²": "^2",
    "³": "^3",
    "⊤": r"\top",
    "‖": r"\|",
    "⟨": r"\langle",
    "⟩": r"\rangle",
    "≠": r"\ne",
    "∂": r"\partial",
}
ACCENTS = frozenset(rf"\{name}" for name in ("hat", "bar", "tilde", "widehat", "widetilde", "overline", "underline", "vec", "dot", "ddot"))
ACCENTS |= {
    rf"\{name}" for name in ("mathbf", "mathcal", "mathbb", "mathrm", "mathsf", "mathit", "mathfrak", "mathscr", "boldsymbol", "bm")
}
_CLOSING = frozenset({r"\rvert", r"\rVert", r"\rangle", r"\rfloor", r"\rceil", r"\}", r"\mid"})


# What else an undeclared letter may be meant to be.
_LETTERS = {
    "e": "write e^{…} or \\exp for the exponential, or ",
    "d": "write \\mathrm{d} for a differential, or ",
    "i": "let it run below an operator, or ",
}
_COMMANDS = {"product": "prod"}
# What is quoted of a formula is cut in its middle beyond so many characters.
LONGEST_QUOTE, LONGEST_MESSAGE = 80, 480
_SIZE = re.compile(rf"\\(?:{'|'.join(one[1:] for one in SIZES)})(?![A-Za-z])\s*")


def quoted(text: str) -> str:
    """Some of a formula in one line, as a message shows it."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_QUOTE else f"{line[: LONGEST_QUOTE - 25]} … {line[-20:]}"


def unsized(text: str) -> str:
    """A piece of a formula without the sizes of its brackets, of which it may hold one of a pair only."""
    return _SIZE.sub("", text)


def either(one: str, other: str) -> str:
    """The two readings of what is refused, each as it can be written."""
    return f"write '{one}' or '{other}'"


def counted(kind: str, name: str) -> str:
    """How an operator over whole numbers is written, as an example."""
    return rf"'\{_COMMANDS.get(kind, kind)}_{{{name}=1}}^{{{'m' if name == 'n' else 'n'}}} {name}'"


def over_interval(kind: str, name: str) -> str:
    """How an operator over real numbers is written, as an example; by a letter that does not count."""
    name = "u" if name in COUNTS else name
    return rf"'\{kind}_{{{name} \in [0,1]}} {name}'"


def sentence(words: str) -> str:
    """The words with a capital at their beginning, what they quote as it is."""
    return words[:1].upper() + words[1:]


def shortened(message: str) -> str:
    """A message that a person reads: what it quotes may be pages of one word."""
    return message if len(message) <= LONGEST_MESSAGE else f"{message[: LONGEST_MESSAGE // 2]} … {message[-LONGEST_MESSAGE // 3 :]}"


def advised(word: str) -> str:
    """What is said of a word wherever it stands, or nothing."""
    said = _ADVICE.get(r"\text" if word.startswith(WORDS) else word)
    return f"'{word.replace(WORDS, WORDS.strip(), 1)}' {said}" if said else ""


# What may begin a name.
_NAMING = frozenset({Role.FONT, Role.ACCENT, Role.INLINE, Role.NAMED})


def said_of(word: str, argument: str, claim: str, known: Iterable[str]) -> str:
    """The message on a word that is neither declared nor known; `argument` is what stands after an accent or a font."""
    if (advice := advised(word)) and not (word in ACCENTS and argument):
        return advice
    if word in _CLOSING or word.startswith((r"\end", r"\right", r"\text{")) or (not word[:1].isalnum() and word[:1] != "\\"):
        return f"'{word}' where a factor was expected"
    if word in TIMES | TENSORS.keys():
        return f"'{word}' where a factor was expected; write one on both of its sides"
    if word in _LETTERS:
        return f"'{word}' is not declared; {_LETTERS[word]}bind '{word}'"
    if word in SIGNS_OF_LATEX:
        return f"'{word}' is a sign that is not read; say what it means in words, outside of the command"
    if ROLES.get(word, Role.FONT) not in _NAMING:
        return f"'{word}' is not read inside a formula; take it out"
    shown = quoted(f"{word} {argument}" if argument else word)
    if upright := _called(argument.strip("{}")):
        return f"'{shown}' prints a function's name and is none; write {upright}"
    names = list(known)
    letter = bool(argument) or _is_greek(word)
    hint = did_you_mean(shown, [*names, *([] if letter else [*ELEMENTARY, *FRACTIONS, *BIG, r"\sqrt", r"\pi"])])
    return f"'{shown}' is not bound in claim {claim}; bound are {', '.join(names) or 'none'}.{hint}"


def _called(name: str) -> str:
    """The command of a function or operator that a font spells in letters; nothing where there is none."""
    if f"\\{name}" in {*ELEMENTARY, *BIG, r"\lim"}:
        return f"\\{name}"
    return f"\\operatorname{{{name}}}" if name in OPERATORS else ""


def in_letters(before: str, after: str, known: Iterable[str]) -> str:
    """The message on letters that spell a command, as sin and eta, where what `after` begins with is not declared; or nothing."""
    names = sorted((one[1:] for one in {*known, *ELEMENTARY, *BIG, r"\pi"} if one[:1] == "\\" and one[1:].isalpha()), key=len, reverse=True)
    for start in range(len(before) + 1):
        for name in names:
            if (before + after).startswith(name, start) and start + len(name) > len(before):
                return f"'{name}' is read as its letters, one by one; write \\{name}"
    return ""


def left_over(word: str, before: str, after: str) -> str:
    """The message on what stands where a formula should end, between the tokens before and after it."""
    if word == "," and before.isdigit() and after.isdigit():
        return f"a decimal comma in '{before},{after}'; write a point: '{before}.{after}'"
    return advised(word) or f"'{word}' has no partner; expected the end of the formula"


def _is_greek(word: str) -> bool:
    """Whether a command is a letter: nobody who writes one means a function or an operator."""
    try:
        return bool(unicodedata.lookup(f"GREEK SMALL LETTER {word.removeprefix(chr(92)).removeprefix('var').upper()}"))
    except KeyError:
        return False


def typed(character: str) -> str:
    """What to write for a character that has a command, or that looks like one of the keyboard."""
    if character in _LOOKS_LIKE:
        what, instead = _LOOKS_LIKE[character]
        return f"'{character}' looks like {what}; write {instead}"
    _, _, name = unicodedata.name(character, "").partition(" LETTER ")
    if name and "GREEK" in unicodedata.name(character):
        letter = _SPELLED.get(name.lower(), name.partition(" ")[0].lower())
        if letter == "omicron":
            return f"'{character}' looks like an o; write o"
        command = letter.capitalize() if character.isupper() else letter
        return f"'{character}' is typed directly; write \\{command}"
    return f"'{character}' is typed directly; write {_TYPED.get(character, 'a command of LaTeX')}"
