r"""Where a line's comment begins: at the first % that is neither escaped, nor part of an address, nor of words printed as they are."""

from __future__ import annotations

import re

# \VAR{…} and \BLOCK{…} are Jinja2's, whose % is none of LaTeX's; in an address that stands by itself % is a character like others.
_PIECE = re.compile(
    r"\\(?:url|href|nolinkurl|path)\s*(?:\[[^\]]*\])?\s*\{[^{}]*\}|\\verb\*?([^A-Za-z\s]).*?\1|\\(?:VAR|BLOCK)\{[^{}]*\}|\\.|(?P<comment>%)"
)
_JINJA = re.compile(r"\\(?=(?:VAR|BLOCK|\#)\{)")


def begins(line: str) -> int:
    """The offset of the % of its comment; the length of the line if there is none."""
    if "%" in line:
        for match in _PIECE.finditer(line):
            if match["comment"]:
                return match.start()
    return len(line)


def inert(source: str) -> str:
    r"""The source of a template in which nothing after a % is a statement of Jinja2: % \VAR{gone} is a comment and no more."""
    return "\n".join(_inert(line) if "%" in line else line for line in source.split("\n"))


def _inert(line: str) -> str:
    start = begins(line)
    return line[:start] + _JINJA.sub("/", line[start:])
