"""Whether a hub signed what it pushed (WebSub, section 7)."""

import hmac

METHODS = frozenset({"sha256", "sha384", "sha512"})  # sha1 can be forged


def is_signed(body: bytes, header: str | None, secret: str) -> bool:
    """Whether an `X-Hub-Signature` of the form `sha256=<hex>` was made of a body with a secret."""
    method, _, given = (header or "").strip().partition("=")
    if method.lower() not in METHODS or not given.isascii():
        return False
    made = hmac.new(secret.encode(), body, method.lower()).hexdigest()
    return hmac.compare_digest(made, given.strip().lower())
