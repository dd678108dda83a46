"""Slack's rate limits: tiers by method and minute, one message a second in a channel."""

import math
import time
from collections import defaultdict, deque
from dataclasses import dataclass, field

from tests.fakes.slack import specs

A_MINUTE = {"Tier1": 1, "Tier2": 20, "Tier3": 50, "Tier4": 100}
KNOWN = {"chat.postMessage": "SpecialTier_chat_postMessage", "apps.connections.open": "Tier1"}
SPECIAL = {"SpecialTier_chat_postMessage": (1, 1.0), "SpecialTier_auth_test": (100, 60.0)}


@dataclass(kw_only=True)
class Rates:
    """Counts calls; says when one is too many.

    Attributes:
        burst: How many calls above the published rate are let through at once, as Slack does.
    """

    burst: int = 0
    _calls: dict[tuple[str, str], deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def too_many(self, method: str, channel: str) -> int | None:
        """Seconds to wait, or None where the call is fine; only fine ones count."""
        tier = specs.tiers().get(method) or KNOWN.get(method, "Tier3")
        most, span = SPECIAL.get(tier, (A_MINUTE.get(tier, 50), 60.0))
        calls = self._calls[method, channel if method == "chat.postMessage" else ""]
        now = time.monotonic()
        while calls and calls[0] <= now - span:
            calls.popleft()
        if len(calls) >= most + self.burst:
            return max(1, math.ceil(calls[0] + span - now))
        calls.append(now)
        return None
