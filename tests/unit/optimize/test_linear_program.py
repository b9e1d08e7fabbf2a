"""The sifted program has the optimum of the whole one, however it grew and was solved."""

from __future__ import annotations

from random import Random

import highspy
import numpy as np
import pytest
from scipy import sparse
from scipy.optimize import linprog

from succession.errors import SolverError
from succession.optimize import linear_program
from succession.optimize.linear_program import LinearProgram

FEW = {"simplex": 10_000, "interior point": 1}


class Whole:
    """The same program, kept whole: equalities Σ x = 1 in the first row, limits in the others."""

    def __init__(self, rng: Random, rows: int) -> None:
        self.rng = rng
        self.lower = np.array([1.0] + [-np.inf] * rows)
        self.upper = np.array([1.0] + [float(rng.randint(0, 3)) / 2 for _ in range(rows)])
        self.matrix, self.cost = np.zeros((rows + 1, 0)), np.zeros(0)

    def columns(self, count: int) -> tuple[np.ndarray, np.ndarray]:
        """(cost, matrix) of columns that share the first row."""
        rows = len(self.lower)
        matrix = np.array(
            [[float(self.rng.random() < 0.3) for _ in range(count)] for _ in range(rows)]
        )
        matrix[0] = 1.0
        cost = np.array([float(self.rng.randint(-5, 50)) for _ in range(count)])
        self.matrix = np.hstack([self.matrix, matrix])
        self.cost = np.concatenate([self.cost, cost])
        return cost, matrix

    def optimum(self, ceiling: np.ndarray) -> float:
        """By SciPy."""
        done = linprog(
            self.cost, A_ub=self.matrix[1:], b_ub=self.upper[1:], A_eq=self.matrix[:1], b_eq=[1.0],
            bounds=[(0.0, most) for most in ceiling],
        )  # fmt: skip
        assert done.status == 0
        return float(done.fun)


def grown(rng: Random) -> tuple[Whole, LinearProgram]:
    """A program with a dear column that is always kept, and some more."""
    whole, program = Whole(rng, 8), LinearProgram()
    program.add_rows(whole.lower, whole.upper, sparse.csr_matrix((9, 0)))
    whole.matrix, whole.cost = np.array([[1.0]] + [[0.0]] * 8), np.array([1000.0])
    kept = sparse.csc_matrix(whole.matrix)
    program.add_columns(whole.cost, np.array([np.inf]), kept, kept=True)
    return whole, program


@pytest.mark.parametrize("way", FEW)
@pytest.mark.parametrize("seed", range(20))
def test_every_stage_has_the_optimum_of_the_whole_program(
    seed: int, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linear_program, "FEW", FEW[way])
    rng = Random(f"sifting/{seed}")
    whole, program = grown(rng)
    for _ in range(4):
        cost, matrix = whole.columns(12)
        program.add_columns(cost, np.full(12, 2.0), sparse.csc_matrix(matrix))
        solution = program.solve()
        ceiling = np.concatenate([[np.inf], np.full(len(whole.cost) - 1, 2.0)])
        assert solution.value == pytest.approx(whole.optimum(ceiling), abs=1e-5)
        used = whole.matrix @ solution.x
        assert (used <= whole.upper + 1e-5).all()
        assert used[0] == pytest.approx(1.0)
        reduced = whole.cost - whole.matrix.T @ solution.duals
        assert (reduced[solution.x < 1e-9] >= -1e-5).all()


@pytest.mark.parametrize("seed", range(20))
def test_columns_left_out_come_back_when_the_taken_ones_may_not_be(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linear_program, "FEW", 1)
    monkeypatch.setattr(linear_program, "SPARE", 0.0)
    rng = Random(f"back/{seed}")
    whole, program = grown(rng)
    ceiling = np.full(1, np.inf)
    for _ in range(4):
        cost, matrix = whole.columns(12)
        program.add_columns(cost, np.full(12, 2.0), sparse.csc_matrix(matrix))
        taken = np.flatnonzero(program.solve().x[1:] > 0) + 1
        ceiling = np.concatenate([ceiling, np.full(12, 2.0)])
    program.bound_columns(taken, np.zeros(len(taken)), np.zeros(len(taken)))
    ceiling[taken] = 0.0
    assert program.solve().value == pytest.approx(whole.optimum(ceiling), abs=1e-5)


@pytest.mark.parametrize("seed", range(20))
def test_a_probe_is_below_the_value_it_stands_for_and_changes_nothing(seed: int) -> None:
    rng = Random(f"probe/{seed}")
    whole, program = grown(rng)
    cost, matrix = whole.columns(30)
    program.add_columns(cost, np.full(30, 2.0), sparse.csc_matrix(matrix), kept=True)
    before = program.solve().value
    column = rng.randrange(1, 31)
    probed = program.probe(column, 0.0, 0.0)
    assert program.solve().value == pytest.approx(before)
    program.bound_columns(np.array([column]), np.zeros(1), np.zeros(1))
    assert before - 1e-6 <= probed <= program.solve().value + 1e-6


@pytest.mark.parametrize("way", FEW)
@pytest.mark.parametrize("seed", range(20))
def test_a_basis_taken_up_again_changes_no_optimum_and_needs_no_steps(
    seed: int, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever was asked in between, and whatever rows and columns came."""
    monkeypatch.setattr(linear_program, "FEW", FEW[way])
    rng = Random(f"basis/{seed}")
    whole, program = grown(rng)
    cost, matrix = whole.columns(24)
    program.add_columns(cost, np.full(24, 2.0), sparse.csc_matrix(matrix))
    solution = program.solve()
    before, basis = solution.value, program.basis()
    taken = np.flatnonzero(solution.x[1:] > 0) + 1
    program.bound_columns(taken, np.zeros(len(taken)), np.zeros(len(taken)))
    program.add_rows(np.full(1, -np.inf), np.ones(1), sparse.csr_matrix(np.ones((1, 25))))
    assert program.solve().value >= before - 1e-6
    program.bound_columns(taken, np.zeros(len(taken)), np.full(len(taken), 2.0))
    program.add_columns(np.full(3, 999.0), np.full(3, 2.0), sparse.csc_matrix(np.ones((10, 3))))
    steps, run = [], LinearProgram._run_with

    def counted(self: LinearProgram, solver: str, strategy: int) -> highspy.HighsModelStatus:
        status = run(self, solver, strategy)
        steps.append((solver, self._highs.getInfo().simplex_iteration_count))
        return status

    monkeypatch.setattr(LinearProgram, "_run_with", counted)
    program.start_from(basis)
    assert program.solve().value == pytest.approx(before, abs=1e-5)
    if way == "simplex":
        assert not any(count for solver, count in steps)


def test_no_columns_make_an_empty_solution() -> None:
    program = LinearProgram()
    program.add_rows(np.zeros(2), np.ones(2), sparse.csr_matrix((2, 0)))
    solution = program.solve()
    assert (solution.value, len(solution.x), len(solution.duals)) == (0.0, 0, 2)


@pytest.mark.parametrize("bad", [1, 2])
def test_a_bad_end_is_tried_again_from_scratch_and_told_the_second_time(
    bad: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, program = grown(Random("again"))
    ends, run = iter([True] * bad), LinearProgram._run_with

    def unlucky(self: LinearProgram, solver: str, strategy: int) -> highspy.HighsModelStatus:
        status = run(self, solver, strategy)
        return highspy.HighsModelStatus.kUnknown if next(ends, False) else status

    monkeypatch.setattr(LinearProgram, "_run_with", unlucky)
    if bad == 1:
        assert program.solve().value == pytest.approx(whole.cost[0])
    else:
        with pytest.raises(SolverError, match="kUnknown"):
            program.solve()
