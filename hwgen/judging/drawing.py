"""The one style of all figures: document fonts, column width, colours that survive grey and colour-blindness, same bytes every run."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable
from typing import Any

from hwgen.freshness import defaults
from hwgen.judging import seen

# The measure of the page, so that nothing is scaled. A script of mathematics is 0.7 times its line: 6 points at least.
WIDTH = 5.75
# Okabe and Ito (2008), in an order whose luminances differ from neighbour to neighbour.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
MARKERS = ("o", "s", "^", "D", "v", "P")
DASHES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)))

STYLE: dict[Any, Any] = {
    "font.family": "cmr10",
    "mathtext.fontset": "cm",
    "axes.formatter.use_mathtext": True,
    "axes.unicode_minus": False,
    "font.size": 9,
    "axes.labelsize": 9,
    "axes.titlesize": 9,
    "legend.fontsize": 8.6,
    "legend.frameon": False,
    "legend.handletextpad": 0.4,
    "legend.borderaxespad": 0.2,
    "xtick.labelsize": 8.6,
    "ytick.labelsize": 8.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.6,
    "lines.linewidth": 1.1,
    "lines.markersize": 3.2,
    "pdf.fonttype": 42,
    "figure.constrained_layout.use": True,
}


def drawn(draw: Callable[..., None], arrays: tuple[Any, ...], height: float) -> bytes:
    """The PDF that `draw(figure, *arrays)` makes on a figure of the document's width and the given height in inches."""
    # Imported here: a build that draws nothing does not pay for it.
    import matplotlib as mpl
    from cycler import cycler
    from matplotlib.backends.backend_pdf import FigureCanvasPdf
    from matplotlib.figure import Figure

    # The font library remarks on every embedded font's date, which is fixed on purpose.
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    with mpl.rc_context():
        # From the library's own defaults, those that `rcdefaults` leaves as well: what a matplotlibrc of this user or folder says
        # changes nothing.
        mpl.rcdefaults()
        defaults.put_back(mpl)
        mpl.rcParams.update({**STYLE, "axes.prop_cycle": cycler(color=COLOURS[:6])})
        figure = Figure(figsize=(WIDTH, height))
        FigureCanvasPdf(figure)
        try:
            draw(figure, *arrays)
            out = io.BytesIO()
            figure.savefig(out, format="pdf", metadata={"CreationDate": None, "Producer": None, "Creator": None})
        except ValueError as error:
            if said := seen.unread(figure, str(error)):
                raise seen.Unfit(said) from None
            raise
        seen.something(figure)
    return out.getvalue()
