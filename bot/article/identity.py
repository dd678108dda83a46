"""The identity of an article."""

from hashlib import blake2b


def article_id(source_id: str, entry_key: str) -> str:
    """32 hex digits; the same entry of the same source gives the same ones on every machine."""
    name = f"{len(source_id)}:{source_id}{entry_key}"  # the length keeps `a` + `bc` and `ab` + `c` apart
    return blake2b(name.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
