"""What targets cost and which rows they use, column by column (model.md, sections 5 to 7)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from succession.domain import Plan, RuleId, Scenario
from succession.instance.limits import Limits
from succession.instance.targets.eligibility import Pairs, Staff
from succession.instance.targets.places import Places
from succession.instance.targets.records import PLACEMENT, STANDBY, VACATED, Targets

__all__ = ["CostBuilder"]

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class CostBuilder:
    """Costs and rows of targets that are known by pair, kind and period."""

    def __init__(
        self, scenario: Scenario, limits: Limits, places: Places, staff: Staff, pairs: Pairs,
        kind: Ints, period: Ints,
    ) -> None:  # fmt: skip
        self.scenario, self.limits, self.places, self.staff = scenario, limits, places, staff
        self.person, self.place, self.kind, self.period = pairs.person, pairs.place, kind, period
        self.move_cost, self.interest = pairs.move_cost, pairs.interest
        self.chain = scenario.settings.backfill == "chain"

    def build(self, previous: Plan | None) -> Targets:
        """The targets; placements in `previous` save the change cost."""
        s, count = self.scenario.settings, len(self.person)
        fixed = np.asarray(s.interest_cost * (3.0 - self.interest), dtype=np.float64)
        slope = np.where(self.kind == VACATED, self.move_cost, -s.bench_shortage_cost)
        certain = np.full(count, s.risk == "ignore")
        placed = np.flatnonzero(self.kind == PLACEMENT)
        money, falls_to_hire = self._placements(placed, fixed, slope, certain)
        standing = self.kind == STANDBY
        certain[standing] |= self._must_fill()[self.place[standing]]
        number = {key: k for k, key in enumerate(self.places.keys)}
        for row in previous.placements if previous else ():
            fixed[self._kept(number[row.opening], row.employee)] -= s.change_cost
        years = (self.period - 1) / s.calendar.periods_per_year
        chance = np.where(certain, 1.0, (1.0 - self.staff.leaving_risk[self.person]) ** years)
        constants, slopes = self._rows(placed, money, falls_to_hire)
        return Targets(
            self.scenario, self.places, self.person, self.kind, self.place, self.period, fixed,
            slope, chance, certain, constants, slopes,
            np.searchsorted(self.person, np.arange(len(self.staff.role) + 1)),
        )  # fmt: skip

    def _openings(self, name: str) -> Floats:
        """A column of Openings; nan for none."""
        values = [getattr(opening, name) for opening in self.scenario.openings]
        return np.array([np.nan if v is None else v for v in values], dtype=np.float64)

    def _must_fill(self) -> Bools:
        found: Bools = np.isnan(self._openings("external_cost"))
        found &= np.isnan(self._openings("unfilled_cost"))
        return found

    def _probability(self) -> Floats:
        known = self._openings("probability")
        return np.ones_like(known) if self.chain else known

    def _placements(
        self, placed: Ints, fixed: Floats, slope: Floats, certain: Bools
    ) -> tuple[Floats, Bools]:
        """Fill in placements' costs (section 6); returns the money of a fallback to a hire and
        which placements fall back to one."""
        s, horizon = self.scenario.settings, self.scenario.settings.periods
        person, place, t = self.person[placed], self.place[placed], self.period[placed]
        needed, p = self.places.first[place], self._probability()[place]
        vacancy = self._openings("vacancy_cost")[place]
        external = self._openings("external_cost")[place]
        unfilled = self._openings("unfilled_cost")[place]
        lead = self._openings("external_lead")[place]
        hire = external + vacancy * np.minimum(t - needed + lead, horizon - needed + 1)
        fallback = np.fmin(hire, unfilled)
        none = np.isnan(fallback)
        success = self.move_cost[placed] + vacancy * (t - needed)
        if s.backfill == "cost":
            backfill = np.array([role.backfill_cost for role in self.scenario.roles])
            own = np.where(self.staff.incumbent, 0.0, backfill[self.staff.role])
            success += own[person]
        fallback = np.where(none, 0.0, fallback)
        fixed[placed] += p * fallback - p * self._retention(placed)
        slope[placed] = p * (success - fallback)
        certain[placed] |= none
        return p * np.where(none, 0.0, external), ~none & (hire == fallback)

    def _retention(self, placed: Ints) -> Floats:
        s = self.scenario.settings
        years = s.periods / s.calendar.periods_per_year
        replacement = np.array([role.replacement_cost for role in self.scenario.roles])
        person = self.person[placed]
        leaving = 1.0 - (1.0 - self.staff.leaving_risk[person]) ** years
        worth = s.retention_effect * leaving * replacement[self.staff.role[person]]
        return np.where(self.interest[placed] >= 2, worth, 0.0)

    def _kept(self, opening: int, employee: str) -> Ints:
        """Placements of an employee into an opening."""
        who = self.staff.number[employee]
        first, last = np.searchsorted(self.person, [who, who + 1]).tolist()
        placed = self.kind[first:last] == PLACEMENT
        own: Ints = np.flatnonzero(placed & (self.place[first:last] == opening)) + first
        return own

    def _rows(
        self, placed: Ints, money: Floats, falls_to_hire: Bools
    ) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
        """(constant, slope) use of rows by target (sections 5 and 7)."""
        s, standing = self.scenario.settings, self.kind == STANDBY
        constants, slopes = _Uses(), _Uses()
        moving = np.flatnonzero(~standing)
        sign = np.where(self.kind[moving] == VACATED, -1.0, 1.0)
        constants.add(moving, self.places.row[self.place[moving], self.period[moving]], sign)
        bench = np.flatnonzero(standing)
        constants.add(bench, self._opening_rows(RuleId.BENCH)[self.place[bench]], 1.0)
        constants.add(moving, self._moves_out(moving), 1.0)
        if self.chain:
            constants.add(moving, self._vacated(moving), 1.0)
        p = np.ones(len(self.places))
        p[: self.places.openings] = self._probability()
        expected = p[self.place[moving]] * self.move_cost[moving]
        slopes.add(*self._charged(s.move_pool, moving, expected))
        hired = placed[falls_to_hire]
        at, rows, cost = self._charged(s.external_pool, hired, money[falls_to_hire])
        constants.add(at, rows, cost)
        slopes.add(at, rows, -cost)
        shape = (len(self.person), len(self.limits.rows))
        return constants.matrix(shape), slopes.matrix(shape)

    def _opening_rows(self, rule: RuleId) -> Ints:
        index = self.limits.index
        return np.array([index.get((rule, o.opening, 0), -1) for o in self.scenario.openings])

    def _moves_out(self, targets: Ints) -> Ints:
        """The row of a move into another unit, −1 where there is none."""
        horizon = self.scenario.settings.periods
        table = np.full((len(self.places.unit_number), horizon + 2), -1, dtype=np.int64)
        for name, number in self.places.unit_number.items():
            for t in range(1, horizon + 1):
                table[number, t] = self.limits.index.get((RuleId.MOVES_OUT, name or "", t), -1)
        unit = self.staff.unit[self.person[targets]]
        leaves = (unit >= 0) & (unit != self.places.unit[self.place[targets]])
        return np.where(leaves, table[unit, self.period[targets]], -1)

    def _vacated(self, targets: Ints) -> Ints:
        """The row of the seat that a move vacates, −1 for incumbents."""
        horizon = self.scenario.settings.periods
        table = np.full((len(self.staff.role), horizon + 2), -1, dtype=np.int64)
        for who, employee in enumerate(self.scenario.employees):
            place = self.places.vacates.get((employee.role, employee.unit))
            if place is not None and not self.staff.incumbent[who]:
                key = self.places.keys[place]
                for t in range(1, horizon + 1):
                    table[who, t] = self.limits.index[RuleId.VACATED, key, t]
        rows: Ints = table[self.person[targets], self.period[targets]]
        return rows

    def _charged(self, pool: str | None, targets: Ints, money: Floats) -> tuple[Ints, Ints, Floats]:
        """(target, row, money) for every Budgets row that the targets' money is charged to."""
        last, units = self.scenario.settings.periods + 2, self.places.unit_number
        lines = [self.limits.charged(pool, t, unit) for unit in units for t in range(last)]
        start = np.cumsum([0, *(len(line) for line in lines)])
        flat = np.array([row for line in lines for row in line], dtype=np.int64)
        line = (self.places.unit[self.place[targets]] + 1) * last + self.period[targets]
        count = start[line + 1] - start[line]
        offset = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        rows = flat[np.repeat(start[line], count) + offset]
        return np.repeat(targets, count), rows, np.repeat(money, count)


class _Uses:
    """Entries of a sparse matrix in the making; rows −1 and values 0 are left out."""

    def __init__(self) -> None:
        self._targets: list[Ints] = [np.zeros(0, np.int64)]
        self._rows: list[Ints] = [np.zeros(0, np.int64)]
        self._values: list[Floats] = [np.zeros(0)]

    def add(self, targets: Ints, rows: Ints, values: Floats | float) -> None:
        given = np.broadcast_to(np.asarray(values, dtype=np.float64), targets.shape)
        kept = (rows >= 0) & (given != 0)
        self._targets.append(targets[kept])
        self._rows.append(rows[kept])
        self._values.append(given[kept])

    def matrix(self, shape: tuple[int, int]) -> sparse.csr_matrix:
        data, at = np.concatenate(self._values), np.concatenate(self._targets)
        return sparse.csr_matrix((data, (at, np.concatenate(self._rows))), shape=shape)
