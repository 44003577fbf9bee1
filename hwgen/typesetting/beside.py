r"""What LaTeX read of the author's own beside the page, as its list says: packages, classes, and what they put in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hwgen.guards import redefinitions
from hwgen.model import Formula
from hwgen.model.errors import ContentErrors
from hwgen.page.rendered import Rendered
from hwgen.typesetting import formats, installation
from hwgen.typesetting.workplace import FOLDER, Workplace


def refuse(filled: Rendered, place: Workplace, jobnames: tuple[str, str], formulas: Sequence[Formula]) -> None:
    """Raises ContentErrors where one of them gives a command another meaning, or could, in a way that nobody follows.

    `jobnames` are the page's and that of the preamble that was read before, empty if none was.
    """
    root, (page, preamble) = place.root, jobnames
    folders = [(place.file(""), page)] + [(root / FOLDER, preamble)] * bool(preamble)
    read = {one for folder, name in folders for one in formats.inputs(folder / f"{name}.fls")}
    log = "".join((folder / f"{name}.log").read_text(errors="replace") for folder, name in folders)
    texts = {name: (root / name).read_text(errors="replace") for name in installation.unread(root, read) if (root / name).is_file()}
    # Files of plain LaTeX in the templates' folder are looked at with the page.
    others = {name: text for name, text in texts.items() if Path(name).parent != Path("templates") or not name.endswith(".tex")}
    wrong = [*redefinitions.beside(others, formulas), *redefinitions.redeclared(log, filled, texts)]
    if wrong:
        raise ContentErrors(wrong)
