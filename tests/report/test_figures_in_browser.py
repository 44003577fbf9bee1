"""A printed figure is seen in a browser as poppler shows its PDF, dot by dot of a coarse grid: renderers differ at edges only."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from pictures import needs_poppler
from PIL import Image, ImageChops
from report.browsing import opened, resize

from hwgen.program.vector import svg

pytestmark = [pytest.mark.browser, needs_poppler]
DOTS, GRID = 144, 6
# Of 255: what a cell of the grid may differ by, and how many cells by more than a thin line that falls into the next one.
MOST, HALF, FEW = 64, 48, 30


@pytest.fixture(scope="module")
def printed(toy_evidence: Any) -> Path:
    document, evidence = toy_evidence
    return Path(document.request.root / evidence["figures"]["darts_error"])


def unlike(chromium: Any, printed: Path, text: str, folder: Path) -> tuple[int, int]:
    """The largest difference of a cell, and in how many cells it is not small."""
    subprocess.run(["pdftoppm", "-r", str(DOTS), "-singlefile", "-png", printed, folder / "printed"], check=True)
    one = Image.open(folder / "printed.png").convert("RGB")
    page = folder / "page.html"
    page.write_text(f"<!DOCTYPE html><style>body{{margin:0}}svg{{display:block;width:{one.width}px;height:{one.height}px}}</style>{text}")
    browser = opened(chromium, page)
    resize(browser, one.width, one.height)
    other = Image.open(io.BytesIO(browser.get_screenshot_as_png())).convert("RGB")
    assert other.size == one.size
    coarse = [seen.resize((one.width // GRID, one.height // GRID), Image.Resampling.BOX) for seen in (one, other)]
    red, green, blue = ImageChops.difference(*coarse).split()
    told = ImageChops.lighter(red, ImageChops.lighter(green, blue)).histogram()
    return max(shade for shade, count in enumerate(told) if count), sum(told[HALF:])


def test_a_figure_is_seen_as_it_is_printed(chromium: Any, printed: Path, tmp_path: Path) -> None:
    most, several = unlike(chromium, printed, svg(printed.read_bytes()), tmp_path)
    assert most < MOST
    assert several < FEW


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: re.sub(r'<use href="#\w+" x="[^"]*" y="[^"]*"/>', "", text),  # letters and marks
        lambda text: text.replace("#0072b2", "#d55e00"),
        lambda text: re.sub(r"<clipPath .*?</clipPath>", "", text).replace(' x="', ' x="9'),
    ],
)
def test_another_picture_is_told(chromium: Any, printed: Path, tmp_path: Path, spoil: Any) -> None:
    text = svg(printed.read_bytes())
    assert spoil(text) != text
    most, several = unlike(chromium, printed, spoil(text), tmp_path)
    assert most >= MOST or several >= FEW
