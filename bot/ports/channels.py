"""What channels need of the store: holding, approval, taking back, muting, voices."""

from typing import Protocol

from bot.ports.approvals import ApprovalStore
from bot.ports.holding import HoldingStore
from bot.ports.mutes import MuteStore
from bot.ports.retractions import RetractionStore
from bot.ports.voices import VoiceStore


class ChannelStore(HoldingStore, ApprovalStore, RetractionStore, MuteStore, VoiceStore, Protocol):
    """All of it."""
