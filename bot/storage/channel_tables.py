"""The tables of what people decide: approval, taking back, muting, opinions, hours of their own."""

from sqlalchemy import Column, ForeignKey, Index, Table

from bot.storage.columns import Moment, Plain
from bot.storage.tables import metadata

approvals = Table(
    "approvals",
    metadata,
    Column("alert_id", ForeignKey("alerts.id"), primary_key=True),
    Column("editors_id", ForeignKey("destinations.id"), primary_key=True),
    Column("state", Plain, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("until", Moment, nullable=False),
    Column("decided_at", Moment),
    Column("decided_by", Plain),  # what the platform calls them; people read it
    Column("decider_id", Plain),
    Index(None, "state", "until"),
)

retractions = Table(
    "retractions",
    metadata,
    Column("alert_id", ForeignKey("alerts.id"), primary_key=True),  # a first one; its updates go with it
    Column("at", Moment, nullable=False),
    Column("by", Plain, nullable=False),
    Column("note", Plain, nullable=False),
)

mutes = Table(
    "mutes",
    metadata,
    Column("kind", Plain, primary_key=True),
    Column("address", Plain, primary_key=True),
    Column("subject", Plain, primary_key=True),
    Column("until", Moment, nullable=False),
)

voices = Table(
    "voices",
    metadata,
    Column("first_id", ForeignKey("alerts.id"), primary_key=True),  # an alert and its updates are one
    Column("kind", Plain, primary_key=True),
    Column("user_id", Plain, primary_key=True),
    Column("alert_id", ForeignKey("alerts.id"), nullable=False),  # the state that they saw
    Column("opinion", Plain, nullable=False),
    Column("at", Moment, nullable=False),
)

chat_hours = Table(
    "chat_hours",
    metadata,
    Column("kind", Plain, primary_key=True),
    Column("address", Plain, primary_key=True),
    Column("quiet", Plain),
    Column("digest", Plain),
    Column("changed_at", Moment, nullable=False),
)
