"""What one part of a text says: the noun of all that reads what it may change."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Said:
    """Of a part of the text: whether it may change what is not its own, and what it names: in all, and in what runs at once.

    Names are those of definitions; of attributes with what is before them, if that is a name, and one of three marks: `.` if it is called,
    `?` if it is looked at, `+` if it is known to change nothing, `~` if it may be one of a module.
    """

    acts: bool = False
    acts_at_once: bool = False
    names: set[str] = field(default_factory=set)
    calls: set[str] = field(default_factory=set)
    values: set[str] = field(default_factory=set)
    # Those that it may hand on, and whether it calls, at once, what it was given.
    calls_back: bool = False
    # Named where what is called may be handed on, and whether something that is gone through once is.
    kept: set[str] = field(default_factory=set)
    passes: bool = False
    # Whether it makes a generator of random numbers.
    draws: bool = False
    # Whether what it gives is kept for the next time.
    keeps: bool = False
    yields: bool = False

    def add(self, other: Said, *, later: bool = False) -> None:
        """Say that, too; `later` says that it is not run at once."""
        self.acts |= other.acts
        self.names |= other.names
        self.values |= other.values
        self.keeps |= other.keeps
        if not later:
            self.kept |= other.kept
            self.passes |= other.passes
            self.draws |= other.draws
            self.acts_at_once |= other.acts_at_once
            self.calls |= other.calls
            self.calls_back |= other.calls_back
