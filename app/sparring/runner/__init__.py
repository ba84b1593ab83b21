"""Runs a solution against a problem's cases, in a child process that can do little harm."""

from sparring.runner.custom import OwnLanguages, own_languages
from sparring.runner.generating import Generator, GeneratorError
from sparring.runner.languages import LANGUAGES, Language
from sparring.runner.outlet import OnOutput
from sparring.runner.report import CancelToken, CaseResult, CaseState, RunnerError, RunReport
from sparring.runner.run import run_solution
from sparring.runner.stressing import StressOutcome, StressProgress, StressReport, stress, with_answer
from sparring.runner.toolchains import Toolchain, found

__all__ = [
    "LANGUAGES",
    "CancelToken",
    "CaseResult",
    "CaseState",
    "Generator",
    "GeneratorError",
    "Language",
    "OnOutput",
    "OwnLanguages",
    "RunReport",
    "RunnerError",
    "StressOutcome",
    "StressProgress",
    "StressReport",
    "Toolchain",
    "found",
    "own_languages",
    "run_solution",
    "stress",
    "with_answer",
]
