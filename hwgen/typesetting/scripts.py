r"""Letters of other scripts than the Latin one: printed by the font encoding of their own, where its fonts are installed.

What LaTeX calls a letter is taken from its installation. Nothing here writes a name in other letters than its own.
"""

from __future__ import annotations

import functools
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from hwgen.page import letters
from hwgen.typesetting import installation

_DECLARED = re.compile(r"^\\DeclareUnicodeCharacter\{([0-9A-F]{4})\}\{(.*)\}[ \t]*(?:%.*)?$", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Script:
    """A script, as Unicode calls it: its font encoding, a file of each package that it needs, and the packages."""

    name: str
    encoding: str
    files: tuple[str, ...]
    debian: str
    tlmgr: str

    @property
    def table(self) -> str:
        """The file that says what LaTeX calls each letter."""
        return f"{self.encoding.lower()}enc.dfu"

    def mend(self) -> str:
        """The command that brings its fonts."""
        return f"sudo apt-get install {self.debian}" if shutil.which("apt-get") else f"tlmgr install {self.tlmgr}"


# Outline fonts: without them LaTeX draws bitmaps, which look rough on a screen.
GREEK = Script(
    name="Greek",
    encoding="LGR",
    files=("lgrenc.def", "lgrenc.dfu", "lgrcmr.fd", "grmn1000.pfb"),
    debian="texlive-lang-greek",
    tlmgr="greek-fontenc greek-inputenc cbfonts cbfonts-fd",
)
CYRILLIC = Script(
    name="Cyrillic",
    encoding="T2A",
    files=("t2aenc.def", "t2aenc.dfu", "t2acmr.fd", "cm-super-t2a.enc"),
    debian="texlive-lang-cyrillic cm-super",
    tlmgr="cyrillic cm-super",
)
SCRIPTS = (GREEK, CYRILLIC)


def script(letter: str) -> Script | None:
    """The script of a letter, if it is one of these."""
    first = unicodedata.name(letter, "").partition(" ")[0]
    return next((one for one in SCRIPTS if one.name.upper() == first), None)


def printed(letter: str) -> bool:
    """Whether the fonts that are installed have a letter of one of these scripts."""
    one = script(letter)
    return one is not None and letter in known(one)


def declared(text: str) -> str:
    """The declarations, without an end of line, of all letters of a text that LaTeX may not know; hwgen.sty makes some later."""
    found = {letter: one for letter in sorted(set(text)) if (one := script(letter)) and letter in known(one)}
    if not found:
        return letters.declared(text)
    encodings = ",".join(sorted({one.encoding.lower() for one in found.values()}))
    own = "".join(_declaration(letter, one) for letter, one in found.items())
    return rf"\def\hwgenencodings{{{encodings}}}\def\hwgenscripts{{{own}}}{letters.declared(text)}"


def _declaration(letter: str, one: Script) -> str:
    code = f"{ord(letter):04X}"
    return rf"\DeclareUnicodeCharacter{{{code}}}{{\hwgenletter{{{code}}}{{\hwgenscript{{{one.encoding}}}{{{known(one)[letter]}}}}}}}"


@functools.cache
def known(one: Script) -> dict[str, str]:
    """Each letter that can be printed, and what LaTeX calls it; empty where a font is missing."""
    paths = found(one.files)
    if len(paths) < len(one.files):
        return {}
    (table,) = (path for path in paths if path.name == one.table)
    return {chr(int(code, 16)): latex for code, latex in _DECLARED.findall(table.read_text(encoding="utf-8", errors="replace"))}


def found(files: Iterable[str]) -> list[Path]:
    """Those of some files that LaTeX finds, where they are."""
    kpsewhich = shutil.which("kpsewhich")
    if not kpsewhich:
        return []
    done = subprocess.run([kpsewhich, *files], env=installation.heard(), capture_output=True, text=True, check=False)
    return [Path(line) for line in done.stdout.splitlines()]
