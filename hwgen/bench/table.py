"""What was measured, as rows with their targets, and as tables on the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from rich.table import Table

MEGABYTE = 1e6
VERDICT = {True: "met", False: "MISSED", None: ""}


@dataclass(frozen=True, kw_only=True)
class Row:
    """One thing measured; `value` is what the target limits, None where there is none."""

    name: str
    ours: str
    against: str = ""
    value: float
    unit: str = ""
    limit: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None without a target, and for a value that could not be measured."""
        return None if self.limit is None or self.value <= 0 else self.value <= self.limit


def ratio(name: str, ours: Sequence[float], against: Sequence[float], limit: float | None = None) -> Row:
    """The median of the ratios pair by pair, next to both medians in seconds."""
    ratios = [one / other for one, other in zip(ours, against, strict=True)]
    return Row(name=name, ours=f"{median(ours):.2f} s", against=f"{median(against):.2f} s", value=median(ratios), unit="×", limit=limit)


def seconds(name: str, ours: Sequence[float], limit: float) -> Row:
    """The median of wall-clock seconds."""
    return Row(name=name, ours=f"{median(ours):.1f} s", value=median(ours), unit=" s", limit=limit)


def brief(name: str, ours: Sequence[float], limit: float) -> Row:
    """The median of short wall-clock times, in milliseconds."""
    return Row(name=name, ours=f"{1000 * median(ours):.0f} ms", value=1000 * median(ours), unit=" ms", limit=1000 * limit)


def memory(name: str, peaks: Sequence[float], limit: float) -> Row:
    """The worst of the peaks in bytes, with its limit in megabytes."""
    worst = max(peaks) / MEGABYTE
    return Row(name=name, ours=f"{worst:.0f} MB" if worst else "not seen", value=worst, unit=" MB", limit=limit)


def growth(name: str, small: float, large: float, limit: float) -> Row:
    """Peak bytes of a large problem against those of a small one."""
    return Row(
        name=name, ours=f"{large / MEGABYTE:.0f} MB", against=f"{small / MEGABYTE:.0f} MB", value=large / small, unit="×", limit=limit
    )


def targets(rows: Sequence[Row]) -> Table:
    """The rows with their targets."""
    table = Table("", "here", "against", "value", "target", "")
    for row in rows:
        limit = "" if row.limit is None else f"≤ {row.limit:g}{row.unit}"
        table.add_row(row.name, row.ours, row.against, f"{row.value:.{0 if row.value >= 100 else 2}f}{row.unit}", limit, VERDICT[row.met])
    return table


def parts(spent: Mapping[str, float], kinds: Mapping[str, str]) -> Table:
    """Seconds of each part, by kind, the longest first, and the sum of each kind."""
    table = Table("kind", "name", "seconds")
    for kind in dict.fromkeys(kinds.values()):
        mine = sorted(((name, each) for name, each in spent.items() if kinds.get(name) == kind), key=lambda part: -part[1])
        if mine:
            table.add_row(kind, f"all {len(mine)}", f"{sum(each for _, each in mine):.2f}", style="bold")
        for name, each in mine:
            table.add_row("", name, f"{each:.2f}")
    return table


def by_name(spent: Mapping[str, float]) -> dict[str, float]:
    """Seconds by name, where the ledger has one entry for each formula of a claim (`name: formula`)."""
    total: dict[str, float] = {}
    for label, each in spent.items():
        name = label.split(":")[0]
        total[name] = total.get(name, 0.0) + each
    return total
