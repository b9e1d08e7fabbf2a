"""HiGHS as it is used here, and programs as it takes them."""

from __future__ import annotations

import highspy

from succession.optimize.program import Program

__all__ = ["highs_model", "silent_highs"]


def silent_highs() -> highspy.Highs:
    """HiGHS without output, with one thread and a seed of its own."""
    highs = highspy.Highs()
    for option, value in (("output_flag", False), ("threads", 1), ("random_seed", 1)):
        highs.setOptionValue(option, value)
    return highs


def highs_model(program: Program, *, whole: bool = False) -> highspy.HighsLp:
    """A program with all variables continuous, or all `whole`."""
    matrix = program.matrix.tocsc()
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = matrix.shape
    model.col_cost_ = program.cost
    model.col_lower_, model.col_upper_ = program.floor, program.ceiling
    model.row_lower_, model.row_upper_ = program.lower, program.upper
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = matrix.indptr
    model.a_matrix_.index_ = matrix.indices
    model.a_matrix_.value_ = matrix.data
    if whole:
        model.integrality_ = [highspy.HighsVarType.kInteger] * len(program.cost)
    return model
