"""Runs a solution against a problem's cases, in a child process that can do little harm."""

from sparring.runner.report import CancelToken, CaseResult, CaseState, RunnerError, RunReport
from sparring.runner.run import run_solution

__all__ = ["CancelToken", "CaseResult", "CaseState", "RunReport", "RunnerError", "run_solution"]
