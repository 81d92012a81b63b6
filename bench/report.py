"""What was measured, as a table and as JSON."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True)
class Row:
    """A figure of ours, the peer's beside it, their ratio, and what the figure or the ratio should reach."""

    name: str
    ours: float
    peer: float | None = None
    ratio: float | None = None
    goal: str = ""


def middle(name: str, ours: list[float], peer: list[float], goal: str = "", *, inverse: bool = False) -> Row:
    """The medians of rounds. inverse: the ratio says how many times the peer's figure is ours."""
    mine, theirs = median(ours), median(peer)
    return Row(name, mine, theirs, theirs / mine if inverse else mine / theirs, goal)


def table(title: str, peer: str, rows: list[Row]) -> str:
    lines = [f"{title:<46}{'ours':>12}{peer:>12}{'ratio':>9}  goal"]
    lines += [
        f"  {row.name:<44}{_figure(row.ours):>12}{_figure(row.peer):>12}{_figure(row.ratio):>9}  {row.goal}"
        for row in rows
    ]
    return "\n".join(line.rstrip() for line in lines)


def _figure(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def save(path: Path, name: str, rows: list[Row]) -> None:
    """Beside what earlier runs left there of other parts."""
    known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    known[name] = [asdict(row) for row in rows]
    path.write_text(json.dumps(known, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
