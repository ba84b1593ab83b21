"""The problem bank: folders that say what to solve and prove their own solutions."""

from sparring.problems.bank import Bank, load_bank
from sparring.problems.loader import load_problem
from sparring.problems.model import Case, Comparison, Problem, ProblemError, Signature

__all__ = ["Bank", "Case", "Comparison", "Problem", "ProblemError", "Signature", "load_bank", "load_problem"]
