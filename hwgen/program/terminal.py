r"""What is said goes to a terminal as text: a control character, of a name or a fact that came with a folder, is shown as \x1b.

Standard library only. A progress bar, which is drawn by such characters, writes to the stream behind.
"""

from __future__ import annotations

import re
import sys
from typing import Any, TextIO, cast

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class Plain:
    """A stream of text that hands on no control character but the end of a line and a tabulator."""

    def __init__(self, behind: TextIO) -> None:
        self.behind = behind

    def write(self, text: str) -> int:
        """Write the text, readable."""
        self.behind.write(readable(text))
        return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.behind, name)


def readable(text: str) -> str:
    """The text with its control characters spelt out."""
    return _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


def guarded() -> None:
    """From now on whatever this process says is readable."""
    sys.stdout, sys.stderr = cast(TextIO, Plain(sys.stdout)), cast(TextIO, Plain(sys.stderr))


def behind(stream: TextIO) -> TextIO:
    """The stream itself, for what draws on a terminal."""
    return stream.behind if isinstance(stream, Plain) else stream
