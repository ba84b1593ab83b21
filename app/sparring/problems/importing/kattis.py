"""A Kattis problem package, legacy or 2025-09, as a problem that reads standard input and prints."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sparring.problems.files import Folder
from sparring.problems.importing.draft import NO_EDITORIAL, ProblemDraft, one_line
from sparring.problems.importing.kattis_data import chosen_cases
from sparring.problems.importing.kattis_submissions import chosen_solutions
from sparring.problems.importing.latex import readable
from sparring.problems.importing.yaml_files import read_yaml
from sparring.problems.loader import MAX_LINK
from sparring.problems.model import Case, Comparison, ProblemError

KIND = "Kattis package"
HEAD = "problem.yaml"
TOPIC = "kattis"
USUAL_SECONDS = 5.0
"""Where a package names no time limit: its judge would measure the accepted submissions on its own machine."""
USUAL_MEMORY_MB = 2_048
LEAST_SECONDS, MOST_SECONDS = 0.1, 60.0
LEAST_MEMORY_MB, MOST_MEMORY_MB = 16, 4_096
MAX_SHOWN_SAMPLES = 4
MAX_SAMPLE = 1_500
"""Characters of a sample that is shown in the statement."""
_REFUSED = ("interactive", "multi-pass", "submit-answer")
_STATEMENT = re.compile(r"problem(\.[a-z]{2,3}(-[A-Za-z]+)?)?\.(md|tex)\Z")
_PLACES = ("statement", "problem_statement")
_SAMPLES = re.compile(r"\{\{\s*(nextsample|remainingsamples)\s*\}\}")
_PICTURE = re.compile(r"!\[([^\]]*)\]\([^)]*\)(\{[^}]*\})?|<img\b[^>]*>")
_WORDS_OF_DEFAULT = ("case_sensitive", "space_change_sensitive")


def is_package(folder: Path) -> bool:
    """Whether it is a package. A contest's own problem.yaml stands beside no data."""
    return (folder / HEAD).is_file() and any((folder / name).is_dir() for name in (*_PLACES, "data", "submissions"))


def read_package(folder: Path) -> Iterator[ProblemDraft]:
    """The package as a draft. Raises `ProblemError` for what a problem here cannot be."""
    files = Folder(folder)
    head = read_yaml(files, HEAD)
    _demand_supported(files, head)
    notes: list[str] = []
    comparison = _comparison(files, head, notes)
    cases = chosen_cases(folder, notes)
    title = _title(head, folder.name)
    yield ProblemDraft(
        title,
        _statement(files, head, cases, notes),
        cases,
        topics=_topics(head),
        source=_link(head),
        time_limit_s=_seconds(files, head, notes),
        memory_limit_mb=_memory(head, notes),
        comparison=comparison,
        editorial=_editorial(files) or NO_EDITORIAL,
        solutions=chosen_solutions(files, notes),
        notes=tuple(notes),
    )


def _demand_supported(files: Folder, head: dict[str, Any]) -> None:
    given = head.get("type", "pass-fail")
    kinds = [str(one) for one in given] if isinstance(given, list) else str(given).split()
    validation = str(head.get("validation", "default")).split()
    for kind in _REFUSED:
        if kind in kinds or kind in validation:
            raise ProblemError(f"{files.path.name}/{HEAD}: the problem is {kind}, which is not supported")
    has_own = (files.path / "output_validator").is_dir() and files.names("output_validator")
    if has_own or (validation and validation[0] not in ("default", "None")):
        raise ProblemError(
            f"{files.path.name}: answers are judged by the package's own output validator, which is not supported"
        )


def _comparison(files: Folder, head: dict[str, Any], notes: list[str]) -> Comparison:
    """The rules of the default output validator, by its command-line arguments."""
    words = _words(head.get("validator_flags"))
    for place in ("data", "data/sample", "data/secret"):
        for name, key in (("test_group.yaml", "output_validator_args"), ("testdata.yaml", "output_validator_flags")):
            if files.has(f"{place}/{name}"):
                # The secret group comes last: most cases are there.
                words = _words(read_yaml(files, f"{place}/{name}").get(key)) or words
    tolerances: dict[str, float | None] = {"absolute": None, "relative": None}
    flags: set[str] = set()
    rest = iter(words)
    for word in rest:
        kind = re.fullmatch(r"float_(absolute_|relative_)?tolerance", word)
        if kind is None:
            flags.add(word)
            continue
        value = _number(next(rest, None))
        if value is None or not 0 <= value <= 1:
            raise ProblemError(f"{files.path.name}: the validator's {word} is no number from 0 to 1")
        for name in tolerances:
            if kind[1] in (None, f"{name}_"):
                tolerances[name] = value
    unknown = sorted(flags.difference(_WORDS_OF_DEFAULT))
    if unknown:
        notes.append(f"the validator's argument {unknown[0]!r} is not known and was passed over")
    return Comparison(
        tolerances["absolute"],
        tolerances["relative"],
        case_sensitive="case_sensitive" in flags,
        space_sensitive="space_change_sensitive" in flags,
    )


def _words(given: Any) -> list[str]:
    if isinstance(given, list):
        return [word for one in given for word in str(one).split()]
    return given.split() if isinstance(given, str) else []


def _number(given: Any) -> float | None:
    if isinstance(given, bool) or not isinstance(given, int | float | str):
        return None
    try:
        return float(given)
    except (ValueError, OverflowError):
        return None


def _title(head: dict[str, Any], otherwise: str) -> str:
    given = head.get("name")
    if isinstance(given, dict):
        given = given.get("en") or next(iter(given.values()), None)
    return one_line(readable(str(given))) if given else otherwise


def _statement(files: Folder, head: dict[str, Any], cases: tuple[Case, ...], notes: list[str]) -> str:
    file = _statement_file(files)
    text = files.prose(file)
    for name, value in (head.get("constants") or {}).items() if isinstance(head.get("constants"), dict) else ():
        shown = value.get("value", "") if isinstance(value, dict) else value
        text = text.replace(f"{{{{{name}}}}}", str(shown)[:200])
    if file.endswith(".tex"):
        text = readable(text)
        count = text.count("[a picture is left out]")
    else:
        text, count = _PICTURE.subn(r"[a picture is left out] \1", _SAMPLES.sub("", text))
    if count:
        what = "a picture was" if count == 1 else f"{count} pictures were"
        notes.append(f"{what} left out of the statement")
    rows = [text.strip(), ""]
    samples = [case for case in cases if not case.hidden and len(case.stdin) + len(case.stdout) <= MAX_SAMPLE]
    for number, case in enumerate(samples[:MAX_SHOWN_SAMPLES], 1):
        rows += [f"## Sample {number}", "", "Input:", "", *_fenced(case.stdin), "", "Output:", ""]
        rows += [*_fenced(case.stdout), ""]
    return "\n".join([*rows, _credits(head)])


def _statement_file(files: Folder) -> str:
    """In English if there is one; Markdown before LaTeX."""
    found = []
    for place in _PLACES:
        if (files.path / place).is_dir():
            found += [f"{place}/{name}" for name in files.names(place) if _STATEMENT.match(name)]
    if not found:
        raise ProblemError(f"{files.path.name}: there is no statement in Markdown or LaTeX")
    return min(found, key=lambda name: (".en." not in name and name.count(".") > 1, name.endswith(".tex"), name))


def _fenced(text: str) -> list[str]:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return [fence, text.rstrip("\n"), fence]


def _credits(head: dict[str, Any]) -> str:
    """Whose problem it is, and under which licence: who keeps a copy should know."""
    source = head.get("source")
    given = head.get("credits")
    author = given.get("authors") if isinstance(given, dict) else given or head.get("author")
    parts = [
        ("By", ", ".join(map(str, author)) if isinstance(author, list) else author),
        ("From", source.get("name") if isinstance(source, dict) else source),
        ("Licence:", head.get("license")),
    ]
    said = [(what, one_line(str(value), 200)) for what, value in parts if value]
    # Some packages name their author again where the contest should be.
    words = "; ".join(f"{what} {who}" for what, who in said if what != "From" or who not in dict(said).get("By", ""))
    return f"---\n{words}." if words else ""


def _link(head: dict[str, Any]) -> str:
    source = head.get("source")
    given = head.get("source_url") or (source.get("url") if isinstance(source, dict) else "")
    is_link = isinstance(given, str) and re.fullmatch(r"https?://[^\s/]\S*", given) and len(given) <= MAX_LINK
    return str(given) if is_link else ""


def _topics(head: dict[str, Any]) -> tuple[str, ...]:
    given = head.get("keywords")
    words = given.split() if isinstance(given, str) else given if isinstance(given, list) else []
    shown = [one_line(str(word)) for word in words]
    return tuple(dict.fromkeys([TOPIC, *(word for word in shown if word)]))[:20]


def _seconds(files: Folder, head: dict[str, Any], notes: list[str]) -> float:
    limits = head.get("limits")
    given = _number(limits.get("time_limit")) if isinstance(limits, dict) else None
    if given is None and files.has(".timelimit"):
        given = _number(files.text(".timelimit").strip())
    if given is None and files.has("domjudge-problem.ini"):
        match = re.search(r"^\s*timelimit\s*=\s*['\"]?([0-9.]+)", files.text("domjudge-problem.ini"), re.MULTILINE)
        given = _number(match[1]) if match else None
    if given is None:
        notes.append(f"the package names no time limit, so it is {USUAL_SECONDS:g} s")
        return USUAL_SECONDS
    return min(max(given, LEAST_SECONDS), MOST_SECONDS)


def _memory(head: dict[str, Any], notes: list[str]) -> int:
    limits = head.get("limits")
    given = _number(limits.get("memory")) if isinstance(limits, dict) else None
    if given is None or given != given:
        return USUAL_MEMORY_MB
    if not LEAST_MEMORY_MB <= given <= MOST_MEMORY_MB:
        notes.append(f"its memory limit of {given:g} MB was brought within {LEAST_MEMORY_MB} to {MOST_MEMORY_MB:,} MB")
    return int(min(max(given, LEAST_MEMORY_MB), MOST_MEMORY_MB))


def _editorial(files: Folder) -> str:
    """The solution's description, which packages of 2025-09 may have."""
    for name in ("solution/solution.en.md", "solution/solution.en.tex", "solution/solution.md"):
        if files.has(name):
            text = files.text(name)
            return readable(text) if name.endswith(".tex") else text
    return ""
