"""Reading an article off the event loop."""

from typing import Protocol

from bot.article.model import Article
from bot.extraction.findings import Findings


class Reader(Protocol):
    """Reads articles in processes of their own."""

    async def read(self, article: Article) -> Findings:
        """All that is to be found in an article.

        Raises:
            ReaderError: The article took too long or killed the process; a new one stands ready.
        """
        ...
