"""LaTeX statements can be read as Markdown afterwards, whatever they contain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparring.problems.importing.latex import PICTURE, readable


@pytest.mark.parametrize(
    ("latex", "markdown"),
    [
        ("Plain words.", "Plain words."),
        ("half % and not this\nwhole", "half\nwhole"),
        ("50\\% of \\$5 \\& \\#1 \\_ \\{x\\}", "50% of $5 & #1 _ {x}"),
        ("``quoted'' --- and `so' -- on", "“quoted” — and ‘so’ – on"),
        ("\\textbf{bold} \\emph{soft} \\texttt{code}", "**bold** *soft* `code`"),
        ("$1 \\leq n \\le 10^5$", "1 ≤ n ≤ 10⁵"),
        ("$a_1, a_{i+1}, x_i, 2^{31}, x^{n-1}, y^k$", "a₁, a_(i+1), x_i, 2³¹, xⁿ⁻¹, y^k"),
        ("$$\\sum_{i=1}^n i$$", "Σ_(i=1)ⁿ i"),
        ("$\\frac{a}{b+1} \\sqrt{2}$", "a/(b+1) √2"),
        ("\\section*{Input}\nOne line.", "## Input\n\nOne line."),
        ("\\begin{Output}\nOne line.\n\\end{Output}", "## Output\n\nOne line."),
        ("\\begin{itemize}\\item one\\item[b] two\\end{itemize}", "- one\n- **b** two"),
        ("\\begin{tabular}{l|r} a & b \\\\ c & d \\end{tabular}", "a | b\nc | d"),
        ("\\begin{verbatim}\n  a  %b\n\\end{verbatim}", "```\n  a  %b\n```"),
        ("\\verb|a_b| and \\url{https://x.org}", "`a_b` and https://x.org"),
        ("\\href{https://x.org}{here}", "[here](https://x.org)"),
        ('Erd\\H{o}s, G\\"odel, caf\\\'{e}, \\aa{}, na\\"{\\i}ve', "Erdős, Gödel, café, å, naïve"),
        ("\\illustration{0.4}{x.png}{A \\emph{dog}.}", f"{PICTURE} A *dog*."),
        ("\\begin{figure}\\includegraphics[width=3cm]{x}\\caption{C}\\end{figure}", f"{PICTURE}C"),
        ("\\unknown{words} \\alsounknown", "words"),
        ("See Figure~\\ref{fig:x}.\\label{a}", "See Figure ."),
        ("a\\footnote{b}", "a (b)"),
        ("one\n\n\n\n\ntwo\\par three", "one\n\ntwo\n\nthree"),
        ("unclosed {brace and $formula", "unclosed brace and formula"),
        ("closed} too often", "closed too often"),
        ("ends in \\", "ends in"),
    ],
)
def test_what_statements_use(latex: str, markdown: str) -> None:
    assert readable(latex) == markdown


@given(st.text(alphabet="ab {}$\\[]^_%&~`'-\n\0#|", max_size=60))
def test_nothing_stops_it(latex: str) -> None:
    readable(latex)


@pytest.mark.parametrize(
    "piece",
    ["{", "$", "\\textbf{", "\\begin{x}[", "\\frac{a}{", "^{", "\\item[", "\\", "\\verb|", "$^", "\\frac", "\\^"],
)
def test_much_of_anything_ends(piece: str) -> None:
    assert len(readable(piece * 20_000)) <= 20_000 * (len(piece) + 4)


def test_a_tower_of_exponents_ends() -> None:
    assert readable("$" + "^" * 50_000).startswith("^")
