"""What the tests of the page share: facts of a made-up day, and the entry of a claim."""

from __future__ import annotations

from pathlib import Path

from hwgen.report.report import Facts

FACTS = Facts(
    root=Path("/project"),
    when="Written today.",
    pages={"area": ["2"]},
    computed={"area": "2026-01-02 03:04", "slope_darts": "2026-01-01 00:00"},
)


def entry_of(html: str, name: str) -> str:
    start = html.index(f'id="claim-{name}"')
    return html[start : html.index("</article>", start)]
