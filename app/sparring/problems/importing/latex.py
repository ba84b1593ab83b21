"""Makes a LaTeX statement readable as Markdown: what contest statements use, and of the rest the words."""

import re
import unicodedata

MAX_DEPTH = 60
"""Braces inside one another; deeper ones are taken as they are."""
_SIGNS = {
    "leq": "≤", "le": "≤", "leqslant": "≤", "geq": "≥", "ge": "≥", "geqslant": "≥", "neq": "≠", "ne": "≠", "cdot": "·",
    "times": "×", "div": "÷", "pm": "±", "ldots": "…", "dots": "…", "cdots": "…", "in": "∈", "notin": "∉", "infty": "∞",
    "sum": "Σ", "prod": "Π", "rightarrow": "→", "to": "→", "leftarrow": "←", "Rightarrow": "⇒", "mapsto": "↦",
    "subset": "⊂", "subseteq": "⊆", "cup": "∪", "cap": "∩", "emptyset": "∅", "oplus": "⊕", "land": "∧", "lor": "∨",
    "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "langle": "⟨", "rangle": "⟩", "mid": "|", "vert": "|",
    "ell": "ℓ", "approx": "≈", "equiv": "≡", "sim": "~", "ll": "≪", "gg": "≫", "forall": "∀", "exists": "∃",
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "theta": "θ",
    "lambda": "λ", "mu": "μ", "pi": "π", "rho": "ρ", "sigma": "σ", "phi": "φ", "varphi": "φ", "omega": "ω",
    "Delta": "Δ", "Sigma": "Σ", "Omega": "Ω", "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^",
    "ss": "ß", "o": "ø", "O": "Ø", "ae": "æ", "AE": "Æ", "aa": "å", "AA": "Å", "l": "ł", "L": "Ł", "i": "ı",
    "quad": " ", "qquad": " ", "bmod": " mod ", "mod": " mod ", "max": "max", "min": "min", "log": "log", "gcd": "gcd",
    "par": "\n\n", "newline": "\n", "linebreak": "\n", "S": "§", "copyright": "©", "degree": "°", "circ": "∘",
    "textless": "<", "textgreater": ">", "prime": "′", "star": "⋆", "ast": "*", "LaTeX": "LaTeX", "euro": "€",
}  # fmt: skip
_MARKS = {"textbf": "**", "bf": "**", "emph": "*", "textit": "*", "textsl": "*", "texttt": "`", "tt": "`", "code": "`"}
_HEADINGS = {"section": "## ", "subsection": "### ", "subsubsection": "#### ", "paragraph": "#### "}
_WITHOUT_WORDS = {"label": 1, "vspace": 1, "hspace": 1, "problemname": 1, "pagestyle": 1, "setlength": 2, "input": 1,
                  "usepackage": 1, "documentclass": 1, "centering": 0, "newcommand": 2, "renewcommand": 2, "def": 0,
                  "color": 1, "pagebreak": 0, "sampletable": 0, "nextsample": 0, "remainingsamples": 0,
                  "ref": 1, "cite": 1, "setcounter": 2, "addtocounter": 2, "textwidth": 0, "linewidth": 0}  # fmt: skip
_LISTS = ("itemize", "enumerate", "description", "compactitem")
_TITLED = ("Input", "Output", "Interaction", "Notes", "Note", "Constraints", "Scoring", "Limits")
_VERBATIM = ("verbatim", "lstlisting", "minted")
_ESCAPED = {
    ",": " ", ";": " ", ":": " ", "!": "", " ": " ", "\\": "\n", "-": "", "/": "", "(": "", ")": "", "[": "\n",
    "]": "\n",
}  # fmt: skip
_ACCENTS = {'"': "\u0308", "'": "\u0301", "`": "\u0300", "^": "\u0302", "~": "\u0303", "=": "\u0304", ".": "\u0307"}
_LETTER_ACCENTS = {"c": "\u0327", "v": "\u030c", "u": "\u0306", "H": "\u030b", "r": "\u030a", "k": "\u0328"}
_HIGH = dict(zip("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ", strict=True))
_LOW = dict(zip("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋", strict=True))
_AS_IT_IS = "\0"
"""Before a line whose spaces count."""
PICTURE = "[a picture is left out]"


def readable(latex: str) -> str:
    """Markdown with the words, lists, headings and simple formulas of a statement."""
    made = _Reader(latex.replace(_AS_IT_IS, "")).read("")
    lines = [line[1:] if line.startswith(_AS_IT_IS) else " ".join(line.split()) for line in made.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._depth = 0
        self._is_formula = False

    def read(self, end: str) -> str:
        """What stands before `end` (a closing brace or dollar), which is taken as well; or before the text's end."""
        made: list[str] = []
        self._depth += 1
        while self._at < len(self._text):
            sign = self._text[self._at]
            self._at += 1
            if sign == end:
                break
            made.append(self._sign(sign))
        self._depth -= 1
        return "".join(made)

    def _sign(self, sign: str) -> str:
        if sign == "\\":
            return self._command()
        if sign == "{":
            return self.read("}") if self._depth < MAX_DEPTH else ""
        if sign == "$":
            return self._formula()
        if sign == "}":
            return ""
        if sign == "%":
            self._at = self._end_of_line()
            return ""
        if sign == "~":
            return " "
        if sign == "&":
            return " | "
        if sign in "^_" and self._is_formula:
            return self._shifted(sign)
        if sign in "`'-" and not self._is_formula:
            return self._typed(sign)
        return sign

    def _end_of_line(self) -> int:
        end = self._text.find("\n", self._at)
        return len(self._text) if end < 0 else end

    def _typed(self, sign: str) -> str:
        """Quotes and dashes, which LaTeX makes of two or three signs."""
        count = 1
        while self._at < len(self._text) and self._text[self._at] == sign and count < 3:
            self._at += 1
            count += 1
        if sign == "-":
            return {1: "-", 2: "–", 3: "—"}[count]
        if count > 1:
            return "“" if sign == "`" else "”"
        return "‘" if sign == "`" else "’"

    def _formula(self) -> str:
        if self._text.startswith("$", self._at):
            self._at += 1
            made = self._inside_formula()
            if self._text.startswith("$", self._at):
                self._at += 1
            return f"\n\n{made}\n\n"
        return self._inside_formula()

    def _inside_formula(self) -> str:
        before, self._is_formula = self._is_formula, True
        made = self.read("$") if self._depth < MAX_DEPTH else ""
        self._is_formula = before
        return " ".join(made.split())

    def _shifted(self, sign: str) -> str:
        inner = self._argument().strip()
        table = _HIGH if sign == "^" else _LOW
        if inner and all(one in table for one in inner):
            return "".join(table[one] for one in inner)
        return f"{sign}{inner}" if inner.isascii() and inner.isalnum() else f"{sign}({inner})"

    def _command(self) -> str:
        start = self._at
        while self._at < len(self._text) and self._text[self._at].isalpha() and self._text[self._at].isascii():
            self._at += 1
        name = self._text[start : self._at]
        if not name:
            return self._escaped()
        if name in _LETTER_ACCENTS and self._text.startswith("{", self._at):
            return unicodedata.normalize("NFC", self._argument() + _LETTER_ACCENTS[name])
        if self._text.startswith("*", self._at):
            self._at += 1
        if name not in _SIGNS:
            return self._named(name)
        if self._text.startswith("{}", self._at):
            self._at += 2
        elif self._at < len(self._text) and self._text[self._at] == " " and not self._is_formula:
            self._at += 1
            return f"{_SIGNS[name]} "
        return _SIGNS[name]

    def _escaped(self) -> str:
        sign = self._text[self._at : self._at + 1]
        self._at += 1
        if sign in _ACCENTS and self._text[self._at : self._at + 1] not in ("", " "):
            return unicodedata.normalize("NFC", self._argument()[:1].replace("ı", "i") + _ACCENTS[sign])
        return _ESCAPED.get(sign, sign)

    def _named(self, name: str) -> str:
        if name in ("begin", "end"):
            return self._environment(self._argument(), is_begin=name == "begin")
        if name == "item":
            option = self._option()
            return f"\n- **{option}** " if option else "\n- "
        if name in ("verb", "lstinline"):
            return self._verb()
        if name in _HEADINGS:
            self._option()
            return f"\n\n{_HEADINGS[name]}{self._argument().strip()}\n\n"
        if name in ("illustration", "includegraphics"):
            return self._picture(name)
        if name in ("frac", "dfrac", "tfrac"):
            return f"{_enclosed(self._argument())}/{_enclosed(self._argument())}"
        if name == "sqrt":
            self._option()
            return f"√{_enclosed(self._argument())}"
        if name in ("href", "footnote", "url"):
            return self._link(name)
        if name in _MARKS and self._text.startswith("{", self._at):
            inner = self._argument()
            return f"{_MARKS[name]}{inner.strip()}{_MARKS[name]}" if inner.strip() else inner
        if name in _WITHOUT_WORDS:
            self._option()
            for _ in range(_WITHOUT_WORDS[name]):
                self._argument()
            return ""
        # Unknown: its arguments follow as groups, and their words are kept.
        self._option()
        return ""

    def _link(self, name: str) -> str:
        if name == "footnote":
            return f" ({self._argument().strip()})"
        address = self._argument()
        return address if name == "url" else f"[{self._argument()}]({address})"

    def _picture(self, name: str) -> str:
        self._option()
        if name == "includegraphics":
            self._argument()
            return PICTURE
        self._argument(), self._argument()
        words = self._argument().strip()
        return f"\n\n{PICTURE} {words}\n\n"

    def _environment(self, name: str, *, is_begin: bool) -> str:
        plain = name.strip().rstrip("*")
        if is_begin and plain in _VERBATIM:
            return self._verbatim(name)
        if is_begin:
            self._option()
            if plain in ("tabular", "tabularx", "array", "wrapfigure", "minipage", "multicols"):
                self._argument()
            if plain in ("wrapfigure", "tabularx"):
                self._argument()
        if plain in ("equation", "align", "displaymath", "math"):
            self._is_formula = is_begin
        if is_begin and plain in _TITLED:
            return f"\n\n## {plain}\n\n"
        return "\n" if plain in _LISTS else "\n\n"

    def _verbatim(self, name: str) -> str:
        self._option()
        end = self._text.find(f"\\end{{{name}}}", self._at)
        end = len(self._text) if end < 0 else end
        inner = self._text[self._at : end].strip("\n")
        self._at = min(len(self._text), end + len(f"\\end{{{name}}}"))
        return "\n\n```\n" + "\n".join(f"{_AS_IT_IS}{line}" for line in inner.split("\n")) + "\n```\n\n"

    def _verb(self) -> str:
        fence = self._text[self._at : self._at + 1]
        fence = "}" if fence == "{" else fence
        end = self._text.find(fence, self._at + 1) if fence else -1
        if end < 0:
            return ""
        inner = self._text[self._at + 1 : end]
        self._at = end + 1
        return f"`{inner}`"

    def _option(self) -> str:
        """What stands in square brackets, if something does."""
        if not self._text.startswith("[", self._at):
            return ""
        self._at += 1
        return self.read("]") if self._depth < MAX_DEPTH else ""

    def _argument(self) -> str:
        """The next group, command or sign."""
        while self._at < len(self._text) and self._text[self._at] in " \t\n":
            self._at += 1
        if self._at >= len(self._text) or self._depth >= MAX_DEPTH:
            return ""
        sign = self._text[self._at]
        self._at += 1
        self._depth += 1
        made = self.read("}") if sign == "{" else self._sign(sign)
        self._depth -= 1
        return made


def _enclosed(text: str) -> str:
    return text if text.isalnum() or len(text) == 1 else f"({text})"
