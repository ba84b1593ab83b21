"""Runs a solution against a problem's cases, in a child process that can do little harm."""

from sparring.runner.languages import LANGUAGES, Language
from sparring.runner.report import CancelToken, CaseResult, CaseState, RunnerError, RunReport
from sparring.runner.run import run_solution
from sparring.runner.toolchains import Toolchain, found

__all__ = [
    "LANGUAGES",
    "CancelToken",
    "CaseResult",
    "CaseState",
    "Language",
    "RunReport",
    "RunnerError",
    "Toolchain",
    "found",
    "run_solution",
]
