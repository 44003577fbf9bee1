"""What a word of LaTeX may do, on the page and in a formula: the names of the roles, and nothing else."""

from __future__ import annotations

from enum import Enum, auto


class Role(Enum):
    """What a word of LaTeX does; each has one role. A word that is not listed is a COMMAND, a character that is not is a MARK."""

    __hash__ = object.__hash__  # there is one of each; the hash of an Enum's name is computed anew whenever it is asked for

    # by its shape
    BLANK = auto()
    PARAGRAPH = auto()
    NOTHING = auto()  # a comment with the end of its line: prints nothing, not even a space
    VERBATIM = auto()
    VALUE = auto()  # a value of this run, in its place
    NUMBER = auto()
    LETTERS = auto()
    COMMAND = auto()
    MARK = auto()
    ROW = auto()
    # what opens and what closes
    BEGIN = auto()
    END = auto()
    LAST = auto()  # \end{document}
    GROUP = auto()
    GROUP_END = auto()
    FORMULA = auto()
    FORMULA_END = auto()
    DOLLAR = auto()
    LEFT = auto()
    RIGHT = auto()
    CONDITION = auto()
    CONDITION_END = auto()
    # what prints nothing where it stands
    THIN = auto()
    WIDE = auto()
    ALIGN = auto()
    STYLE = auto()
    LABEL = auto()  # with its argument
    EMPTY = auto()  # prints white space, or nothing, for its argument
    # under test
    TESTED = auto()
    STATED = auto()
    # in a formula
    RELATION = auto()  # one that the reader knows
    ASSERTION = auto()  # another one that is displayed as a relation
    MEMBERSHIP = auto()  # what relates two things and does not count as a relation
    SIGN = auto()
    TIMES = auto()
    SCRIPT = auto()
    SUFFIX = auto()  # changes what stands right before it: a prime, a factorial
    OPEN = auto()
    CLOSE = auto()
    BAR = auto()
    SIZE = auto()
    SEPARATOR = auto()  # , ; :
    STOP = auto()  # . ?
    FRACTION = auto()
    BINOMIAL = auto()
    ROOT = auto()
    FUNCTION = auto()
    BIG = auto()
    INTEGRAL = auto()
    NAMED = auto()  # a number with a name
    ACCENT = auto()
    FONT = auto()
    ATOM = auto()  # makes its argument a sign of another kind
    DOTS = auto()
    OVER = auto()  # sets its first argument over or under something
    # in the text
    WORDS = auto()
    INTERTEXT = auto()
    INLINE = auto()  # prints its argument as it is, in the line
    PRINTS = auto()  # prints an argument as it is, in a place of its own
    MOVES = auto()  # its words elsewhere too
    BREAK = auto()  # ends what is read together; takes no argument
    SWITCH = auto()  # of size or shape; prints nothing
    RAISED = auto()  # prints a power or a sign
    COLOUR = auto()
    ALTERS = auto()
    NAMES = auto()  # its first argument is a name or a measure, not printed
    GIVEN = auto()
    FILE = auto()
    # what a page may not do to its commands
    DEFINES = auto()
    LETS = auto()
    CODES = auto()
    BEHIND = auto()
    OVERPRINTS = auto()
