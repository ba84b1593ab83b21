"""The code in a problem folder: starters, solutions, the checker, the generator. It is read, never run."""

import ast
import re

from sparring.problems.files import Folder
from sparring.problems.model import (
    FUNCTION_LANGUAGES,
    LANGUAGE_OF_SUFFIX,
    ProblemError,
    Signature,
    Solution,
    SolutionKind,
)
from sparring.problems.starters import made_starter, node_comment

_SOLUTION = re.compile(rf"(accepted|wrong|slow)(_[a-z0-9_]+)?\.({'|'.join(LANGUAGE_OF_SUFFIX)})\Z")
_CHECKER = ("arguments", "expected", "got")
_GENERATOR = ("random", "size")


def read_solutions(folder: Folder, signature: Signature | None) -> tuple[Solution, ...]:
    """The solutions that prove the cases. What was imported or pasted may have none; the bank's checks demand them."""
    if not folder.has("solutions"):
        return ()
    found = []
    for name in folder.names("solutions"):
        match = _SOLUTION.match(name)
        if match is None:
            words = "its name must be like accepted.py, accepted.js, wrong_….py or slow_….py"
            raise folder.complaint(f"solutions/{name}", words)
        language = LANGUAGE_OF_SUFFIX[match[3]]
        code = _code(folder, f"solutions/{name}", language, signature)
        found.append(Solution(name.rpartition(".")[0], SolutionKind(match[1]), code, language))
    return tuple(found)


def read_starters(folder: Folder, signature: Signature | None) -> dict[str, str]:
    """Starter code by language: what the folder has, and for Python and JavaScript what the signature says otherwise.

    starter.py must be there. A comment on the node classes is added where the code does not mention them.
    """
    starters = {}
    for suffix, language in LANGUAGE_OF_SUFFIX.items():
        name = f"starter.{suffix}"
        if language == "python" or folder.has(name):
            code = _code(folder, name, language, signature)
            starters[language] = node_comment(signature, language, code) + code
        elif language in FUNCTION_LANGUAGES:
            starters[language] = made_starter(signature, language)
    return starters


def read_checker(folder: Folder) -> str | None:
    """The code of checker.py, which defines `check(arguments, expected, got)`; None if there is none."""
    if not folder.has("checker.py"):
        return None
    code = folder.text("checker.py")
    _demand_function(folder, "checker.py", code, "check", _CHECKER)
    return code


def read_generator(folder: Folder) -> str | None:
    """The code of generator.py, which defines `generate(random, size)`; None if there is none."""
    if not folder.has("generator.py"):
        return None
    code = folder.text("generator.py")
    _demand_function(folder, "generator.py", code, "generate", _GENERATOR)
    return code


def _code(folder: Folder, name: str, language: str, signature: Signature | None) -> str:
    if signature is not None and language not in FUNCTION_LANGUAGES:
        raise folder.complaint(name, f"a function is written in {' or '.join(FUNCTION_LANGUAGES)}, not in {language}")
    if language == "python":
        code = folder.text(name)
        if signature is None:
            _parsed(folder, name, code)
        else:
            _demand_function(folder, name, code, signature.name, tuple(name for name, _ in signature.parameters))
        return code
    code = folder.prose(name)
    # Whether it is the language can be said only by running it, which `sparring problems check` does.
    if signature is not None and re.search(rf"\b{signature.name}\b", code) is None:
        raise folder.complaint(name, f"does not define {signature.name}()")
    return code


def _demand_function(folder: Folder, name: str, code: str, function: str, parameters: tuple[str, ...]) -> None:
    """Complain unless the code parses and defines the function with these parameters first, in their order."""
    tree = _parsed(folder, name, code)
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == function]
    if not functions:
        raise folder.complaint(name, f"does not define {function}()")
    own = functions[-1].args
    found = tuple(argument.arg for argument in (*own.posonlyargs, *own.args))
    if found[: len(parameters)] != parameters:
        raise folder.complaint(name, f"{function}() must begin with the parameters {', '.join(parameters)}")


def _parsed(folder: Folder, name: str, code: str) -> ast.Module:
    try:
        return ast.parse(code)
    except SyntaxError as error:
        raise _syntax(folder, name, error) from error
    except (ValueError, RecursionError, MemoryError) as error:  # null bytes; expressions without end
        raise folder.complaint(name, f"is no Python: {error}") from error


def _syntax(folder: Folder, name: str, error: SyntaxError) -> ProblemError:
    return folder.complaint(name, f"line {error.lineno}: {error.msg}")
