"""From what was pasted to what was understood of it, and from there to a draft."""

import re
from collections.abc import Sequence
from dataclasses import replace

from sparring.problems.importing.draft import NO_FOLLOW_UPS, NO_HINTS, ProblemDraft, one_line
from sparring.problems.importing.pasting.arguments import assignments
from sparring.problems.importing.pasting.cases import (
    Found,
    as_corrected,
    function_cases,
    program_cases,
    ready_cases,
    settled,
)
from sparring.problems.importing.pasting.heading import Heading, cleaned, read_heading, title_of_link
from sparring.problems.importing.pasting.labels import undecorated
from sparring.problems.importing.pasting.literals import LiteralError, is_quoted, read_literal
from sparring.problems.importing.pasting.model import Mode, Pasted, PasteForm, Trouble
from sparring.problems.importing.pasting.names import snake, words_of
from sparring.problems.importing.pasting.sections import Page, RawExample, read_page
from sparring.problems.importing.pasting.signatures import (
    EXAMPLE,
    FoundSignature,
    SignatureError,
    read_signature,
    signature_words,
)
from sparring.problems.importing.pasting.statement import statement_of
from sparring.problems.loader import MAX_LINK
from sparring.problems.model import Comparison, Difficulty, Signature
from sparring.problems.value_types import FLOAT, ListOf, ValueType

MAX_TEXT = 60_000
"""Characters of a pasted text that are read: more is no problem's statement."""
MAX_TOPICS = 8
_ANY_ORDER = re.compile(
    r"\bin any (?:order|permutation|sequence)\b"
    r"|\border (?:of .{1,40} )?does(?:n['’]t| not) matter\b",
    re.IGNORECASE,
)
_TOLERANCE = re.compile(r"\b10\s*(?:\^|\*\*)?\s*\{?\s*[-−–]\s*(\d{1,2})\}?|\b1e-(\d{1,2})")
_CLOSE = re.compile(r"\b(?:accepted|error|precision|tolerance|within|correct)\b", re.IGNORECASE)
_TOPIC_LINE = re.compile(r"^\s*(?:related\s+)?(?:topics?|tags?)\s*:\s*(.+)$", re.IGNORECASE | re.MULTILINE)
_STANDARD = re.compile(
    r"\b(?:standard (?:input|output)|stdin|stdout|read(?:s)? (?:from )?(?:the )?input)\b", re.IGNORECASE
)


def read_paste(form: PasteForm) -> Pasted:
    """Everything that is understood, and what is not. Never raises: partial results are results."""
    text, troubles = _bounded(form.text, "text")
    examples_text, more = _bounded(form.examples, "examples")
    lines = list(enumerate(text.split("\n"), 1))
    heading = read_heading(lines)
    page = read_page(heading.lines)
    extra = read_page(list(enumerate(examples_text.split("\n"), 1)), "examples") if examples_text.strip() else Page()
    found_signature, signature_troubles = _signature(form, page)
    examples = [*page.examples, *extra.examples]
    mode = form.mode or _mode(found_signature, examples, page, text)
    title = _title(form, heading, found_signature)
    if mode == "program":
        found, signature = program_cases(examples), None
        as_corrected(found, form)
    else:
        found = function_cases(examples, found_signature)
        as_corrected(found, form)
        signature = settled(found, found_signature, _function_name(title, examples), f"{text}\n{form.signature}")
    cases = ready_cases(found, signature)
    comparison, compared = _comparison(text, signature, mode)
    troubles = [*troubles, *more, *(signature_troubles if mode == "function" else ()), *found.troubles]
    troubles += [Trouble("text", line, words, help_, False) for line, words, help_ in page.strays]
    troubles += [Trouble("examples", line, words, help_, False) for line, words, help_ in extra.strays]
    has_anything = bool(text.strip() or examples_text.strip() or form.signature.strip())
    troubles += _missing(form, title, bool(cases), bool(found.troubles)) if has_anything else []
    notes = [*(found_signature.notes if found_signature is not None and mode == "function" else ()), *found.notes]
    return Pasted(
        title=title,
        statement=statement_of(page) or (title and f"{title}."),
        link=_link(form.link),
        mode=mode,
        signature=signature,
        signature_words=signature_words(signature) if signature is not None else "",
        columns=found.columns,
        cases=tuple(found.cases),
        ready=tuple(cases),
        difficulty=Difficulty(form.difficulty) if form.difficulty else heading.difficulty or Difficulty.MEDIUM,
        topics=_topics(form, text),
        hints=tuple(_pieces(page, "hint")),
        follow_ups="\n".join(_pieces(page, "follow-up")),
        comparison=comparison,
        time_limit_s=heading.time_limit_s or 2.0,
        memory_limit_mb=heading.memory_limit_mb or 256,
        notes=(*notes, *compared, *_counted(found, cases)),
        troubles=tuple(troubles),
    )


def draft_of(pasted: Pasted) -> ProblemDraft:
    """The problem that is made of it; `pasted.can_be_kept` says whether one can be."""
    return ProblemDraft(
        title=pasted.title,
        statement=pasted.statement,
        cases=pasted.ready,
        signature=pasted.signature if pasted.mode == "function" else None,
        difficulty=pasted.difficulty,
        topics=pasted.topics or ("imported",),
        source=pasted.link,
        time_limit_s=pasted.time_limit_s,
        memory_limit_mb=pasted.memory_limit_mb,
        comparison=pasted.comparison,
        hints=pasted.hints or (NO_HINTS,),
        follow_ups=pasted.follow_ups or NO_FOLLOW_UPS,
        notes=tuple(one.words for one in pasted.troubles if not one.is_fatal),
    )


def _bounded(text: str, source: str) -> tuple[str, list[Trouble]]:
    text = cleaned(text)
    if len(text) <= MAX_TEXT:
        return text, []
    words = f"only the first {MAX_TEXT:,} characters are read"
    where = "text" if source == "text" else "examples"
    return text[:MAX_TEXT], [Trouble(where, 0, words, "Paste one problem, without the page around it.", False)]  # type: ignore[arg-type]


def _signature(form: PasteForm, page: Page) -> tuple[FoundSignature | None, list[Trouble]]:
    """From its own field, else from the code that the page gives to start with."""
    if form.signature.strip():
        try:
            return read_signature(cleaned(form.signature)[:MAX_TEXT]), []
        except SignatureError as error:
            return None, [Trouble("signature", 1, str(error), f"Write it like {EXAMPLE}")]
    code = [block for block in page.blocks if block.kind == "code"]
    for block in code:
        try:
            return read_signature("\n".join(block.lines)), []
        except SignatureError as error:
            words = str(error)
            if "methods" in words:
                return None, [Trouble("text", block.line, words, "")]
    return None, []


def _mode(signature: FoundSignature | None, examples: Sequence[RawExample], page: Page, text: str) -> Mode:
    """Whether a function is asked for, or a program that reads and prints."""
    if signature is not None or not examples:
        return "function" if signature is not None or not page.describes_input else "program"
    if any(example.is_call or assignments(example.input_text) for example in examples):
        return "function"
    if page.describes_input or _STANDARD.search(text):
        return "program"
    blocks = any(example.is_block for example in examples)
    return "program" if blocks and not all(_looks_literal(one.input_text) for one in examples) else "function"


def _looks_literal(text: str) -> bool:
    """Whether data are written as code writes values: in brackets or quotes."""
    if is_quoted(text):
        return True
    try:
        return isinstance(read_literal(text.split("\n")[0]), list | dict)
    except LiteralError:
        return text.lstrip()[:1] in ("[", "{")


def _title(form: PasteForm, heading: Heading, signature: FoundSignature | None) -> str:
    if form.title.strip():
        return one_line(form.title)
    return heading.title or title_of_link(form.link) or (words_of(signature.name) if signature is not None else "")


def _function_name(title: str, examples: Sequence[RawExample]) -> str:
    """As the examples call it, else after the title."""
    called = next((example.call for example in examples if example.call), "")
    return snake(called) or snake(title)[:40].rstrip("_") or "solve"


def _link(link: str) -> str:
    """The address, if it is one that may stand in a problem."""
    link = link.strip()
    return link if re.fullmatch(r"https?://[^\s/]\S*", link) and len(link) <= MAX_LINK else ""


def _topics(form: PasteForm, text: str) -> tuple[str, ...]:
    lines = (_TOPIC_LINE.match(undecorated(line)) for line in text.split("\n"))
    given = form.topics or next((match[1] for match in lines if match is not None), "")
    parts = (one_line(part.casefold()).strip(" .") for part in re.split(r"[,;·|]", given))
    return tuple(dict.fromkeys(part for part in parts if part))[:MAX_TOPICS]


def _comparison(text: str, signature: Signature | None, mode: Mode) -> tuple[Comparison, list[str]]:
    """What the text says about how answers are compared."""
    made, notes = Comparison(), []
    if signature is not None and isinstance(signature.returns, ListOf) and (said := _ANY_ORDER.search(text)):
        made = replace(made, unordered=True)
        notes.append(f"The order of the result does not matter, as the text says “{said[0]}”.")
    if mode == "program" or (signature is not None and _has_float(signature.returns)):
        for match in _TOLERANCE.finditer(text):
            around = text[max(0, match.start() - 120) : match.end() + 80]
            if _CLOSE.search(around):
                tolerance = 10.0 ** -int(match[1] or match[2])
                made = replace(made, absolute_tolerance=tolerance, relative_tolerance=tolerance)
                notes.append(f"Numbers may differ by {tolerance:g}, as the text says.")
                break
    return made, notes


def _has_float(kind: ValueType) -> bool:
    return kind == FLOAT or any(_has_float(part) for part in kind.parts())


def _pieces(page: Page, kind: str) -> list[str]:
    """Each hint (or follow-up question) as one text: they begin at a label each."""
    made = []
    for block in page.blocks:
        text = "\n".join(undecorated(line) for line in block.lines if line.strip())
        if block.kind == kind and text:
            made.append(text)
    return made


def _missing(form: PasteForm, title: str, has_cases: bool, has_case_troubles: bool) -> list[Trouble]:
    found = []
    if form.link.strip() and not _link(form.link):
        found.append(
            Trouble("link", 0, "the link is none that can be kept", "It begins with https:// or http://.", False)
        )
    if not title:
        found.append(Trouble("text", 1, "no title was found", "Type one above the signature."))
    if not has_cases and not has_case_troubles:
        help_ = "Paste one below the text: “Input: nums = [2, 7], target = 9”, and below it “Output: [0, 1]”."
        found.append(Trouble("examples", 0, "no example was found", help_))
    return found


def _counted(found: Found, cases: Sequence[object]) -> list[str]:
    left = len(found.cases) - len(cases)
    return [f"{left} of {len(found.cases)} cases will be left out."] if left and cases else []
