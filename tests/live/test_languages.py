"""The language of a text travels with it, and so does nothing that was left behind."""

import pycrdt

from sparring.live.languages import CodeLanguage, Drafts
from sparring.live.text import SharedText
from tests.support.partners import Room, in_focus, reveal, same_text
from tests.support.waiting import until


async def test_my_partner_learns_the_language_at_the_reveal_and_nothing_of_drafts(room: Room) -> None:
    ana, ben = await room.both()
    await in_focus(ana, ben)
    mine = ana.session.round
    theirs = ben.session.round
    assert mine is not None
    assert theirs is not None
    assert theirs.partners is not None
    text = SharedText(mine.mine.doc)
    language = CodeLanguage(mine.mine.doc, text)
    text.edit(0, 0, "x = 1\n")
    language.switch("javascript", "let x = 1;\n")
    drafts = ana.session.open_drafts()
    assert drafts is not None
    Drafts(drafts.doc).keep(mine.mine.name, "python", "x = 1\n")
    seen = SharedText(theirs.partners.doc)
    heard = CodeLanguage(theirs.partners.doc, seen)
    assert heard.name == "python"
    await reveal(ana, ben)
    assert await same_text((mine.mine, theirs.partners)) == "let x = 1;\n"
    await until(lambda: heard.name == "javascript", theirs.partners.updated)
    assert not drafts.is_attached
    assert all(not document.name.startswith("drafts") for document in ben.session.documents)


def test_what_was_of_another_language_is_not_undone_into_this_one() -> None:
    doc: pycrdt.Doc[pycrdt.Text] = pycrdt.Doc()
    text = SharedText(doc)
    language = CodeLanguage(doc, text)
    text.edit(0, 0, "x = 1\n")
    language.switch("javascript", "let x;\n")
    assert not text.undo()
    text.edit(0, 0, "// mine\n")
    assert text.undo()
    assert (language.name, text.value) == ("javascript", "let x;\n")


def test_a_name_that_is_none_is_pythons() -> None:
    doc: pycrdt.Doc[pycrdt.Text] = pycrdt.Doc()
    language = CodeLanguage(doc, SharedText(doc))
    for strange in (7, "", "x" * 1_000, None):
        doc.get("written_in", type=pycrdt.Map)["language"] = strange
        assert language.name == "python"
