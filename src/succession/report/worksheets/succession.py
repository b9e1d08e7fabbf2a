"""The succession chart: for every role's openings who is placed, stands by, or would be next."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from succession.report.columns import Table, column
from succession.report.contenders import Contender, next_best
from succession.report.reading import Reading
from succession.verify.ledger import Target

__all__ = ["NOBODY", "SuccessionRow", "succession_table"]

NOBODY = "nobody"

_INTERESTS = {2: ", interested", 3: ", aspires"}


@dataclass(frozen=True, slots=True)
class SuccessionRow:
    """An opening with its successors; `next_…`: people without a target who are nearest to it."""

    role: str = field(metadata=column("Role"))
    unit: str = field(metadata=column("Unit"))
    opening: str = field(metadata=column("Opening", "id"))
    needed: str = field(metadata=column("Needed", "period"))
    seats: int = field(metadata=column("Seats", "count", total=True))
    placed: str = field(metadata=column("Placed"))
    standby: str = field(metadata=column("Standing by"))
    next_best: str = field(metadata=column("Next best"))
    second: str = field(metadata=column("Second"))
    third: str = field(metadata=column("Third"))


def succession_table(reading: Reading) -> Table[SuccessionRow]:
    """Every opening, by role, unit and period."""
    targets: dict[tuple[str, str], list[Target]] = defaultdict(list)
    for target in reading.ledger.targets:
        targets[target.kind, target.seat.name].append(target)
    contenders = next_best(reading)
    rows = []
    for opening in sorted(
        reading.scenario.openings,
        key=lambda row: (reading.role(row.role), row.unit or "", row.needed, row.opening),
    ):
        following = [_next(reading, row) for row in contenders[opening.opening]]
        names = [*following, "", "", ""][:3]
        standing = [_person(reading, row) for row in targets["standby", opening.opening]]
        standing += [NOBODY] * (opening.bench - len(standing))
        placed = [_person(reading, row) for row in targets["placement", opening.opening]]
        rows.append(
            SuccessionRow(
                role=reading.role(opening.role),
                unit=reading.unit(opening.unit),
                opening=opening.opening,
                needed=reading.label(opening.needed),
                seats=opening.seats,
                placed="\n".join(placed) or NOBODY,
                standby="\n".join(standing),
                next_best=names[0] or NOBODY,
                second=names[1],
                third=names[2],
            )
        )
    return Table(
        "Succession",
        "Succession chart by role",
        "Next best: eligible people without a target who could move in time, by the levels that "
        "they lack when the seat is needed, then by interest.",
        SuccessionRow,
        rows,
    )


def _person(reading: Reading, target: Target) -> str:
    name = reading.facts.name(target.employee.employee)
    return f"{name}, {reading.label(target.period)}, {reading.chance(target):.0%}"


def _next(reading: Reading, row: Contender) -> str:
    name = reading.facts.name(row.employee.employee)
    if not row.missing:
        lack = "ready"
    else:
        lack = f"lacks {row.missing} level{'' if row.missing == 1 else 's'}"
    return f"{name}: {lack}{_INTERESTS.get(row.interest, '')}"
