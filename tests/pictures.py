"""Two pictures of the same page, dot by dot."""

from __future__ import annotations

import shutil

import pytest
from PIL import Image, ImageChops

# What asks poppler what a page shows; setup.sh brings it with LaTeX where it may.
needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext and pdftoppm are of poppler-utils")
SHADE = 96  # of 255: what two versions of one renderer may differ by at an edge
MOST = 2e-5  # of all dots: a figure of a number is more


def unlike(one: Image.Image, other: Image.Image) -> float:
    """The share of the dots that are of another shade; all of them if the pictures are of another size."""
    if one.size != other.size:
        return 1.0
    difference = ImageChops.difference(one.convert("L"), other.convert("L"))
    return sum(difference.histogram()[SHADE:]) / (one.width * one.height)
