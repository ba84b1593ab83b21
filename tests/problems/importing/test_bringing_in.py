"""An import is whole or not at all, and undoing takes away what it brought and nothing else."""

import itertools
import os
import shutil
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from sparring.problems import Case, Problem, load_problem
from sparring.problems.archive import ArchiveError, pack
from sparring.problems.importing import (
    ImportCancelled,
    ImportReport,
    NothingFoundError,
    ProblemDraft,
    RecordError,
    ShelfError,
    finding,
    import_drafts,
    import_from,
    imports,
    undo_import,
)
from sparring.problems.importing.writing import STALE_SECONDS, UNFINISHED
from tests.support.importing import canonical_case, content, write_canonical, write_package
from tests.support.problems import write_folder


@dataclass(frozen=True)
class Home:
    shelf: Path
    records: Path

    def bring_in(self, path: Path, **options: object) -> ImportReport:
        return import_from(path, self.shelf, self.records, **options)  # type: ignore[arg-type]

    def undo(self, report: ImportReport) -> tuple[str, ...]:
        return undo_import(report.id, self.shelf, self.records)

    @property
    def ids(self) -> list[str]:
        return sorted(path.name for path in self.shelf.iterdir()) if self.shelf.exists() else []


@dataclass(frozen=True)
class NoFaults:
    faults: tuple[str, ...] = ()
    untried: tuple[str, ...] = ()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home" / "problems", tmp_path / "home" / "imports")


def two_folders(where: Path) -> Path:
    write_folder(where, name="one", title="One")
    write_folder(where, name="two", title="Two", files={"statement.md": "Quite another."})
    return where


def test_a_folder_of_ours_comes_in_as_it_is(tmp_path: Path, home: Home) -> None:
    folder = write_folder(tmp_path / "from")
    report = home.bring_in(folder)
    assert (report.kind, [one.id for one in report.came_in], report.left_out) == ("Sparring", ["next-number"], ())
    assert content(home.shelf / "next-number") == content(folder)
    assert imports(home.records) == [report]


def test_a_folder_of_folders_with_one_that_is_broken(tmp_path: Path, home: Home) -> None:
    where = two_folders(tmp_path / "from")
    (where / "one" / "tests.json").write_text("[\n{]")
    report = home.bring_in(where)
    assert home.ids == ["two"]
    (left,) = report.left_out
    assert left.name == "One"
    assert "tests.json: line 2" in left.why


@pytest.mark.parametrize("has_top", [True, False])
def test_a_zip_of_one_problem(tmp_path: Path, home: Home, has_top: bool) -> None:
    folder = write_folder(tmp_path / "from")
    path = tmp_path / "whatever.zip"
    if has_top:
        with zipfile.ZipFile(path, "w") as archive:
            for name, data in content(folder).items():
                archive.writestr(f"next-number/{name}", data)
    else:
        path.write_bytes(pack(folder))
    assert [one.id for one in home.bring_in(path).came_in] == ["next-number"]
    assert content(home.shelf / "next-number") == content(folder)


def test_formats_are_found_by_looking_and_may_be_mixed(tmp_path: Path, home: Home) -> None:
    where = tmp_path / "from"
    write_folder(where)
    cases = [canonical_case("a", {"n": 1}, 2), canonical_case("b", {"n": 2}, 3)]
    write_canonical(where / "deep" / "exercises" / "add-up", cases)
    (where / "deep" / "twice.kattis").write_bytes(pack(write_package(tmp_path / "twice")))
    (where / "deep" / "damaged.zip").write_bytes(b"PK\x03\x04 no zip")
    report = home.bring_in(where)
    assert report.kind == "mixed"
    assert home.ids == ["add-up", "next-number", "twice"]
    (left,) = report.left_out
    assert left.name == "damaged.zip"
    assert "no zip file" in left.why


def test_a_file_that_marks_a_format_means_its_folder(tmp_path: Path, home: Home) -> None:
    home.bring_in(write_folder(tmp_path / "from") / "problem.toml")
    assert home.ids == ["next-number"]


def test_a_link_that_is_named_is_what_is_meant(tmp_path: Path, home: Home) -> None:
    (tmp_path / "link").symlink_to(write_folder(tmp_path / "from"))
    home.bring_in(tmp_path / "link")
    assert home.ids == ["next-number"]


def test_a_search_has_an_end(tmp_path: Path, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "MAX_FOUND", 1)
    where = two_folders(tmp_path / "from")
    (where / "three").mkdir()
    report = home.bring_in(where)
    assert home.ids == ["one"]
    assert report.left_out[0].why == "has more than 1 problems; the rest was not looked at"
    monkeypatch.setattr(finding, "MAX_FOUND", 10)
    monkeypatch.setattr(finding, "MAX_LOOKED_AT", 3)
    assert "has more than 3 folders" in home.bring_in(where).left_out[-1].why
    write_folder(tmp_path.joinpath(*"abcdefgh"))
    with pytest.raises(NothingFoundError):
        home.bring_in(tmp_path / "a")


def test_links_are_not_followed(tmp_path: Path, home: Home) -> None:
    where = two_folders(tmp_path / "from")
    (where / "three").symlink_to(where / "one")
    (where / "circle").symlink_to(where)
    (where / "two" / "hints.md").unlink()
    (where / "two" / "hints.md").symlink_to("/etc/hostname")
    report = home.bring_in(where)
    assert home.ids == ["one"]
    whys = {left.name: left.why for left in report.left_out}
    assert set(whys) == {"three", "circle", "two"}
    assert all("links are not followed" in why for why in whys.values())


def _nothing(where: Path) -> Path:
    return where / "nothing"


def _empty(where: Path) -> Path:
    where.mkdir()
    return where


def _text(where: Path) -> Path:
    where.write_text("words")
    return where


@pytest.mark.parametrize(
    ("make", "words"), [(_nothing, "is not there"), (_empty, "no problem was found"), (_text, "neither a folder nor")]
)
def test_where_nothing_is_it_says_what_would_be(
    tmp_path: Path, home: Home, make: Callable[[Path], Path], words: str
) -> None:
    with pytest.raises(NothingFoundError, match=words):
        home.bring_in(make(tmp_path / "from"))
    assert home.ids == []


def test_a_zip_that_leads_outside_is_refused(tmp_path: Path, home: Home) -> None:
    path = tmp_path / "from.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../outside", "x")
    with pytest.raises(ArchiveError, match=r"\.\./outside: leads out"):
        home.bring_in(path)
    assert not (tmp_path / "outside").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to the root user")
def test_a_folder_without_permission_is_said(tmp_path: Path, home: Home) -> None:
    where = two_folders(tmp_path / "from")
    (where / "one").chmod(0)
    try:
        report = home.bring_in(where)
    finally:
        (where / "one").chmod(0o700)
    assert home.ids == ["two"]
    assert "Permission denied" in report.left_out[0].why


def test_the_same_problem_comes_in_once(tmp_path: Path, home: Home) -> None:
    where = two_folders(tmp_path / "from")
    first = home.bring_in(where)
    again = home.bring_in(where)
    assert (len(first.came_in), len(again.came_in)) == (2, 0)
    assert {left.why for left in again.left_out} == {
        "is on your shelf already, as one",
        "is on your shelf already, as two",
    }
    assert imports(home.records) == [first]
    (where / "one" / "hints.md").write_text("Another hint.")
    assert "stays" in home.bring_in(where).left_out[0].why
    assert load_problem(home.shelf / "one").hints != ("Another hint.",)


def test_an_id_of_another_shelf_is_not_taken(tmp_path: Path, home: Home) -> None:
    assert home.bring_in(write_folder(tmp_path / "from"), taken={"next-number"}).came_in == ()
    cases = [canonical_case("a", {"n": 1}, 2), canonical_case("b", {"n": 2}, 3)]
    report = home.bring_in(write_canonical(tmp_path / "add-up", cases), taken={"add-up"})
    assert [one.id for one in report.came_in] == ["add-up-2"]


def test_progress_is_told(tmp_path: Path, home: Home) -> None:
    told: list[tuple[int, int, str]] = []
    home.bring_in(two_folders(tmp_path / "from"), on_progress=lambda *now: told.append(now))
    assert told == [(0, 2, "one"), (1, 2, "two"), (2, 2, "")]


def test_who_cancels_at_any_moment_has_nothing(tmp_path: Path, home: Home) -> None:
    where = two_folders(tmp_path / "from")
    for moment in itertools.count():
        asked = itertools.count()
        try:
            home.bring_in(where, is_cancelled=lambda asked=asked, moment=moment: next(asked) >= moment)
        except ImportCancelled:
            assert home.ids == []
            assert imports(home.records) == []
        else:
            assert moment > 4
            assert home.ids == ["one", "two"]
            return


def test_a_failure_in_the_middle_leaves_the_shelf_as_it_was(tmp_path: Path, home: Home) -> None:
    where = two_folders(tmp_path / "from")

    def prove(problem: Problem) -> NoFaults:
        if problem.id == "two":
            # Meanwhile somebody puts a file where it would go.
            (home.shelf / "two").write_text("mine")
        return NoFaults()

    with pytest.raises(ShelfError, match="is there already, and stays"):
        home.bring_in(where, prove=prove)
    assert home.ids == ["two"]
    assert (home.shelf / "two").read_text() == "mine"
    assert imports(home.records) == []


def test_records_that_cannot_be_kept_stop_the_import(tmp_path: Path, home: Home) -> None:
    home.records.parent.mkdir()
    home.records.write_text("a file")
    with pytest.raises(ShelfError, match="cannot be written"):
        home.bring_in(write_folder(tmp_path / "from"))
    assert home.ids == []


def test_what_a_killed_import_left_is_swept_away_later(tmp_path: Path, home: Home) -> None:
    old, fresh = (home.shelf / f"{UNFINISHED}{name}" for name in ("old", "fresh"))
    for folder in (old, fresh):
        folder.mkdir(parents=True)
    long_ago = time.time() - 2 * STALE_SECONDS
    os.utime(old, (long_ago, long_ago))
    home.bring_in(write_folder(tmp_path / "from"))
    assert home.ids == [fresh.name, "next-number"]


def test_undoing_takes_away_exactly_what_came(tmp_path: Path, home: Home) -> None:
    mine = write_folder(home.shelf, name="mine", title="Mine")
    before = content(mine)
    report = home.bring_in(two_folders(tmp_path / "from"))
    assert home.undo(report) == ()
    assert home.ids == ["mine"]
    assert content(mine) == before
    assert imports(home.records) == []
    with pytest.raises(RecordError, match="There is no import"):
        home.undo(report)


@pytest.mark.parametrize("file", ["hints.md", "notes-of-mine.md", ".notes"])
def test_what_was_changed_since_stays(tmp_path: Path, home: Home, file: str) -> None:
    report = home.bring_in(two_folders(tmp_path / "from"))
    (home.shelf / "one" / file).write_text("My own.")
    shutil.rmtree(home.shelf / "two")
    (words,) = home.undo(report)
    assert words == "one was changed since it came in, and stays."
    assert (home.shelf / "one" / file).read_text() == "My own."
    (kept,) = imports(home.records)
    assert [one.id for one in kept.came_in] == ["one"]


def test_imports_are_listed_the_latest_first(tmp_path: Path, home: Home) -> None:
    drafts = [ProblemDraft(f"T{n}", "S.", (Case("a", False, stdin="1", stdout="1"),)) for n in range(3)]
    reports = [import_drafts([one], home.shelf, home.records, source="pasted", kind="paste") for one in drafts]
    assert {one.id for one in imports(home.records)} == {one.id for one in reports}
    assert imports(home.records) == sorted(imports(home.records), key=lambda one: one.id, reverse=True)


def test_a_draft_that_is_none_is_in_the_report(home: Home) -> None:
    report = import_drafts([ProblemDraft("", "", ())], home.shelf, home.records, source="pasted", kind="paste")
    assert report.came_in == ()
    assert "'title' is empty" in report.left_out[0].why
    assert imports(home.records) == []


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"id": "x"}', "\x00", "[" * 100_000, '{"id": "20200101-000000-abcd"}']
)
def test_a_damaged_record_is_said_and_removes_nothing(tmp_path: Path, home: Home, text: str) -> None:
    report = home.bring_in(write_folder(tmp_path / "from"))
    (home.records / f"{report.id}.json").write_text(text)
    assert imports(home.records) == []
    with pytest.raises(RecordError, match=r"is damaged|is not what"):
        home.undo(report)
    assert home.ids == ["next-number"]


@pytest.mark.parametrize("name", ["../..", "..", "/etc", "a/b", "x", "20200101-000000-zzzz"])
def test_an_id_leads_nowhere_else(home: Home, name: str) -> None:
    with pytest.raises(RecordError):
        undo_import(name, home.shelf, home.records)


def test_a_record_cannot_point_outside_the_shelf(tmp_path: Path, home: Home) -> None:
    report = home.bring_in(write_folder(tmp_path / "from"))
    path = home.records / f"{report.id}.json"
    path.write_text(path.read_text().replace('"next-number"', '"../../elsewhere"'))
    with pytest.raises(RecordError, match="is not what this program wrote"):
        home.undo(report)
