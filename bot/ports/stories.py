"""What stories are known by, as the store keeps it: enough to decide after a restart as before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.stories.profile import Profile


@dataclass(frozen=True, kw_only=True)
class Kept:
    """An article in its story.

    Attributes:
        origin: Id of the article whose text it has; its own where the text is its own.
    """

    profile: Profile
    story: str
    origin: str


class StoryStore(Protocol):
    """Articles in their stories; they come in with `record_judgement`, in the same transaction."""

    async def kept(self, *, stories: int, articles: int) -> Sequence[Kept]:
        """The latest articles of each of the latest stories, in the order in which they were judged.

        Args:
            stories: How many stories: those that an article came to last.
            articles: How many articles of each.
        """
        ...
