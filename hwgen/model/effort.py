"""How much is computed: one factor for points, seeds, widths and repetitions, with which every result is made and which its key holds.

A task carries its effort; content asks `effort` for it while a result is computed, and describes printed numbers by `scaled`.
Nothing here computes.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass

from hwgen.model.errors import ContentError

# The fewest repetitions that have a standard error, and the fewest widths that a power law is fitted to.
FEWEST, FEWEST_WIDTHS = 2, 4
MOST = 10_000


@dataclass(frozen=True, kw_only=True)
class Effort:
    """`factor`: the work of a run over that of a standard one; dimensionless, positive."""

    name: str = "standard"
    factor: float = 1.0

    def times(self, count: int, share: float = 1.0) -> int:
        """A number of repetitions, points or draws: the count times factor^share, at least two unless the count is one.

        Where several numbers multiply the work of one result, their shares should add up to 1.
        """
        return max(round(count * math.pow(self.factor, share)), min(count, FEWEST))

    def widths(self, standard: Iterable[int], share: float = 1.0) -> list[int]:
        """Widths in geometric progression, whose largest costs the most: more at the wide end, or fewer, for factor^share the cost."""
        widths = [int(width) for width in standard]
        if len(widths) < FEWEST_WIDTHS:
            return widths
        ratio = widths[-1] / widths[-2]
        # The logarithm of 4 over that of 2 may come out as a little less than 2.
        steps = math.floor(share * math.log(self.factor) / math.log(ratio) + 1e-9)
        wider = [round(widths[-1] * ratio**step) for step in range(1, steps + 1)]
        return [*widths[: max(len(widths) + min(steps, 0), FEWEST_WIDTHS)], *wider]

    @property
    def light(self) -> bool:
        """Whether it is less than what a page to hand in needs."""
        return self.factor < 1

    def __str__(self) -> str:
        times = "" if self.factor == 1 else f" ({self.factor:g} times the points and repetitions of standard)"
        return f"{self.name}{times}"


QUICK, STANDARD, THOROUGH = Effort(name="quick", factor=0.25), Effort(), Effort(name="thorough", factor=100.0)
NAMED = {one.name: one for one in (QUICK, STANDARD, THOROUGH)}


@dataclass
class Now:
    """The effort of what is computed now, and whether it was asked for: then the result depends on it."""

    effort: Effort | None = STANDARD
    asked: bool = False


_now: ContextVar[Now] = ContextVar("effort", default=Now())  # noqa: B039, what is asked for outside of any run is nobody's


@dataclass(frozen=True)
class Scaled:
    """A number that an effort multiplies, before it is known which effort."""

    count: int
    share: float = 1.0


def named(text: str) -> Effort | None:
    """The effort of that name, or of so many times the work of a standard run; None if the text is neither."""
    if text in NAMED:
        return NAMED[text]
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST):
        return None
    factor = float(int(text))
    return next((one for one in NAMED.values() if one.factor == factor), Effort(name=str(int(text)), factor=factor))


def scaled(count: int, share: float = 1.0) -> Scaled:
    """What `times` will give, for a number that is declared before any result is computed, as in `exercise.settings`."""
    return Scaled(count, share)


def times(count: int, share: float = 1.0) -> int:
    """A number of repetitions, points or draws of the result that is computed now; `Effort.times`."""
    return present().times(count, share)


def widths(standard: Iterable[int], share: float = 1.0) -> list[int]:
    """Widths of the result that is computed now; `Effort.widths`."""
    return present().widths(standard, share)


def present() -> Effort:
    """The effort of the result that is computed now; standard outside of any run. Raises ContentError while modules are imported."""
    now = _now.get()
    if now.effort is None:
        said = "the effort is asked for while a module is imported; expected that inside a function, since every run has its own"
        raise ContentError(f"{said} (effort.scaled describes a number that is declared)")
    now.asked = True
    return now.effort


def current() -> Effort:
    """The same for the engine, which does not ask on behalf of a result."""
    return _now.get().effort or STANDARD


@contextlib.contextmanager
def at(effort: Effort | None) -> Iterator[Now]:
    """While this lasts, results are computed with this effort; with None it is nobody's to ask for."""
    now = Now(effort)
    token = _now.set(now)
    try:
        yield now
    finally:
        _now.reset(token)
