"""What channels need: holding, approval, taking back, muting, voices."""

from bot.storage.approvals import Approvals
from bot.storage.holding import Holding
from bot.storage.mutes import Mutes
from bot.storage.retractions import Retractions
from bot.storage.voices import Voices


class Channels(Holding, Approvals, Retractions, Mutes, Voices):
    """Fulfils `bot.ports.channels.ChannelStore`."""
