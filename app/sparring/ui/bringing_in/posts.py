"""Problems that came from the browser and wait to be looked at; nothing of them is kept before somebody says so."""

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from sparring.ui.screens.bringing_in import PostRow

if TYPE_CHECKING:
    from sparring.problems.importing.companion import CompanionPost

MAX_WAITING = 100


@dataclass(frozen=True)
class Waiting:
    """A post with its number."""

    id: int
    post: "CompanionPost"


class Posts:
    """The waiting ones, in the order in which they came."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._waiting: list[Waiting] = []

    @property
    def has_room(self) -> bool:
        return len(self._waiting) < MAX_WAITING

    @property
    def first(self) -> int:
        """The id of the one that waits longest; −1 if none does."""
        return self._waiting[0].id if self._waiting else -1

    def add(self, post: "CompanionPost") -> Waiting:
        """Take one in. One that is sent again takes the place of the one before."""
        key = (post.draft.source, post.draft.title)
        made = Waiting(next(self._numbers), post)
        self._waiting = [one for one in self._waiting if (one.post.draft.source, one.post.draft.title) != key]
        self._waiting.append(made)
        return made

    def find(self, number: int) -> Waiting | None:
        return next((one for one in self._waiting if one.id == number), None)

    def together(self, number: int) -> list[Waiting]:
        """Those that were sent together with this one, and itself."""
        found = self.find(number)
        if found is None:
            return []
        if not found.post.batch or found.post.batch_size == 1:
            return [found]
        return [one for one in self._waiting if one.post.batch == found.post.batch]

    def drop(self, numbers: set[int]) -> None:
        self._waiting = [one for one in self._waiting if one.id not in numbers]

    def rows(self) -> tuple[PostRow, ...]:
        """As the screen shows them."""
        return tuple(self._row(one) for one in self._waiting)

    def notice(self, last: Waiting) -> str:
        """What is said when one has come."""
        same = self.together(last.id)
        if len(same) > 1 or last.post.batch_size > 1:
            group = last.post.group or "a contest"
            return f"{len(same)} of {last.post.batch_size} problems of {group} came from the browser."
        return f"“{last.post.draft.title}” came from the browser."

    def _row(self, one: Waiting) -> PostRow:
        draft, post = one.post.draft, one.post
        size = len(self.together(one.id))
        words = (
            post.group, draft.source, f"{len(draft.cases)} {'sample' if len(draft.cases) == 1 else 'samples'}",
            f"{draft.time_limit_s:g} s", f"{draft.memory_limit_mb} MB",
        )  # fmt: skip
        details = " · ".join(word for word in words if word)
        return PostRow(
            one.id, draft.title, post.group or "from the browser", details, draft.statement, post.notes,
            f"{size} of {post.batch_size} have come" if post.batch_size > 1 else "",
        )  # fmt: skip
