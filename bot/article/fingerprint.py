"""The fingerprint of a text: equal for texts of the same words, however they are set."""

import hashlib
import re
import unicodedata

_WORD = re.compile(r"\w+")
_BYTES = 16


def fingerprint(text: str) -> str | None:
    """32 hexadecimal digits that stand for the words of a text in their order.

    Case, punctuation, spaces, typographic variants (ﬁ, ², full width) do not count.

    Returns:
        None for a text without words: such texts say nothing about being the same.
    """
    words = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    if not words:
        return None
    return hashlib.blake2b(" ".join(words).encode("utf-8", "replace"), digest_size=_BYTES).hexdigest()
