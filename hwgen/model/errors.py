"""The policy on errors, and the few classes.

Wrong mathematics is Evidence, a value. Wrong input and wrong content are exceptions of this file, worded for a person:
place, what was found, what was expected, what to do. Anything else that is raised is a bug of hwgen.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hwgen.model import Place


class HwgenError(Exception):
    """A message for the person at the keyboard; `exit_code` is what the command ends with."""

    exit_code = 2

    def __init__(self, message: str, place: Place | None = None) -> None:
        self.message, self.place = message, place
        super().__init__(message, place)

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


class InputError(HwgenError):
    """Wrong command line, student.toml or machine."""


class ContentError(HwgenError):
    """Wrong content: a template or an exercise says something that hwgen refuses to work with."""


class NoPackage(ContentError):
    """The content package that homework.toml names is not there; who has the homework's folder knows its line."""


class _Several(HwgenError):
    """Several errors found in one look, so that the author mends them in one go; what a loop repeats is said once."""

    def __init__(self, errors: Iterable[HwgenError]) -> None:
        self.errors = tuple({str(error): error for error in errors}.values())
        super().__init__("\n".join(str(error) for error in self.errors))

    def __reduce__(self) -> tuple[type, tuple[tuple[HwgenError, ...]]]:
        return type(self), (self.errors,)


class ContentErrors(_Several, ContentError):
    """Several content errors."""


class InputErrors(_Several, InputError):
    """Several things that the command line, a file of settings or the machine gets wrong."""


class LatexError(HwgenError):
    """LaTeX stopped; the place is the author's template line."""

    exit_code = 3


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A hint such as " Did you mean 'kappa'?", or "" when nothing known is near."""
    near = nearest(name, known)
    return f" Did you mean '{near}'?" if near else ""


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that a misspelt one is most like; empty where none is near."""
    import difflib  # only where something went wrong

    return next(iter(difflib.get_close_matches(name, list(known), n=1)), "")
