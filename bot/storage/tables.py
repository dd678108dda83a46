"""The tables. A change here needs a migration beside it; a test holds the two together.

`seq` gives the order of writing. Unique keys make a redelivery harmless.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    UniqueConstraint,
    false,
)

from bot.storage.columns import Moment, Plain, PublishedText

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _seq() -> Column[int]:
    return Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True)


sources = Table(
    "sources",
    metadata,
    Column("id", Plain, primary_key=True),
    Column("kind", Plain, nullable=False),
    Column("url", Plain, nullable=False),
    Column("name", Plain, nullable=False),
    Column("options", Plain, nullable=False),  # JSON
    Column("active", Boolean, nullable=False),
    Column("next_poll_at", Moment, nullable=False),
    Column("last_attempt_at", Moment),
    Column("last_success_at", Moment),
    Column("failures", Integer, nullable=False),
    Column("last_error", Plain),
    Column("note", Plain),
    Column("skipped", Integer, nullable=False),
    Column("etag", Plain),
    Column("last_modified", Plain),
    Column("body_hash", Plain),
    Column("set_interval", Integer),  # seconds; None: as its rhythm says
    Column("learnt", Plain),  # JSON
    Index(None, "active", "next_poll_at"),
)

hubs = Table(
    "hubs",
    metadata,
    Column("source_id", ForeignKey("sources.id"), primary_key=True),
    Column("hub", Plain, nullable=False),
    Column("topic", Plain, nullable=False),
    Column("token", Plain, nullable=False, unique=True),
    Column("secret", Plain, nullable=False),
    Column("state", Plain, nullable=False),
    Column("next_at", Moment, nullable=False),
    Column("lease_until", Moment),
    Column("failures", Integer, nullable=False),
    Column("reason", Plain),
    Column("pushed_at", Moment),
    Index(None, "next_at"),
)

stories = Table(
    "stories",
    metadata,
    Column("id", Plain, primary_key=True),
    Column("first_at", Moment, nullable=False),
    Column("last_at", Moment, nullable=False),
)

articles = Table(
    "articles",
    metadata,
    _seq(),
    Column("id", Plain, nullable=False, unique=True),
    Column("source_id", Plain),  # without a foreign key: replayed articles name sources nobody polls
    Column("source_name", Plain),
    Column("entry_key", Plain),
    Column("link", Plain),  # canonical link of the entry; None where it does not tell entries apart
    Column("entry", Plain),  # JSON
    Column("url", Plain),
    Column("title", Plain),
    Column("text", Plain, nullable=False),
    Column("lang", Plain),
    Column("published", PublishedText),
    Column("edited", PublishedText),
    Column("author", Plain),
    Column("paywalled", Boolean, nullable=False, server_default=false()),
    Column("demo", Boolean, nullable=False),
    Column("state", Plain, nullable=False),
    Column("silent", Boolean, nullable=False),  # read, not pushed
    Column("attempts", Integer, nullable=False),
    Column("reason", Plain),
    Column("story_id", ForeignKey("stories.id")),
    Column("created_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("read_at", Moment),
    Column("dated_at", Moment),  # when it was published, or came; never ahead of that
    Column("face", Plain),  # digest of what its entry says; None: taken in before it was kept
    Column("twin", Plain),  # digest of title and moment, which outlast a change of ids and links
    Column("edition", Integer, nullable=False, server_default="1"),
    Column("check_at", Moment),  # when its page is to be looked at again
    Column("checks", Integer, nullable=False, server_default="0"),  # how often it was
    UniqueConstraint("source_id", "entry_key"),
    UniqueConstraint("source_id", "link"),
    Index(None, "state", "silent", "dated_at", "seq"),
    Index(None, "read_at"),
    Index(None, "source_id", "twin"),
    Index(None, "check_at"),
)

editions = Table(
    "editions",
    metadata,
    Column("article_id", ForeignKey("articles.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("title", Plain),
    Column("text", Plain, nullable=False),
    Column("entry", Plain),  # JSON
    Column("published", PublishedText),
    Column("edited", PublishedText),
    Column("replaced_at", Moment, nullable=False),
)

findings = Table(
    "findings",
    metadata,
    Column("article_id", ForeignKey("articles.id"), primary_key=True),
    Column("schema", Integer, nullable=False),
    Column("body", Plain, nullable=False),  # JSON
)

alerts = Table(
    "alerts",
    metadata,
    _seq(),
    Column("id", Plain, nullable=False, unique=True),
    Column("article_id", ForeignKey("articles.id"), nullable=False, index=True),
    Column("rule_id", Plain, nullable=False),
    Column("key", Plain, nullable=False),
    Column("reason", Plain, nullable=False),
    Column("pushed", Boolean, nullable=False),
    Column("demo", Boolean, nullable=False),
    Column("body", Plain, nullable=False),  # JSON
    Column("created_at", Moment, nullable=False),
    Column("updates", Plain, index=True),  # id of the alert that it brings up to date; always a first one
    Index(None, "rule_id", "key", "created_at"),
    Index(None, "pushed", "seq"),
    Index(None, "reason", "created_at"),
)

destinations = Table(
    "destinations",
    metadata,
    Column("id", Plain, primary_key=True),
    Column("kind", Plain, nullable=False),
    Column("address", Plain, nullable=False),
    Column("lang", Plain, nullable=False),
    Column("zone", Plain),
    Column("moved_from", Plain),  # the address before the platform named another one
    Index(None, "kind", "address"),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    _seq(),
    Column("channel", Plain, nullable=False),
    Column("destination_id", ForeignKey("destinations.id"), nullable=False),
    Column("configured", Boolean, nullable=False),  # it stands in the configuration
    Column("asked", Boolean, nullable=False, server_default=false()),  # somebody asked for it in the chat
    UniqueConstraint("channel", "destination_id"),
)

outbox = Table(
    "outbox",
    metadata,
    _seq(),
    Column("key", Plain, nullable=False, unique=True),
    Column("alert_id", ForeignKey("alerts.id"), nullable=False),
    Column("destination_id", ForeignKey("destinations.id"), nullable=False),
    Column("state", Plain, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("repeat", Boolean, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("message_id", Plain),  # once it is known, the row stands for this message for ever
    Column("shows", Plain),  # id of the state of the alert that the last attempt carried
    Column("reason", Plain),
    Column("created_at", Moment, nullable=False),  # or when an update made it pending again
    Column("changed_at", Moment, nullable=False),
    Column("channel", Plain),  # by which it came
    Column("held", Plain),  # what it waited for last, or None
    Column("editors_id", Plain),  # whose word it waits for
    Column("told_in", Plain, index=True),  # key of the row whose message tells it instead
    Column("bundle", Plain),  # JSON: the head of the summary that its message is
    Column("asks", Boolean, nullable=False, server_default=false()),  # it asks editors
    UniqueConstraint("alert_id", "destination_id"),
    Index(None, "state", "seq"),
    Index(None, "state", "destination_id", "due_at"),
)

deliveries = Table(
    "deliveries",
    metadata,
    _seq(),
    Column("key", ForeignKey("outbox.key"), nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("began_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("outcome", Plain),  # None while it runs, and after a crash until somebody finds out
    Column("reason", Plain),
    UniqueConstraint("key", "attempt"),
)

pauses = Table(
    "pauses",
    metadata,
    Column("scope", Plain, primary_key=True),
    Column("reason", Plain, nullable=False),
    Column("since", Moment, nullable=False),
    Column("until", Moment, nullable=False),
    Column("broken", Boolean, nullable=False),
    Column("failures", Integer, nullable=False),
)

members = Table(
    "members",
    metadata,
    _seq(),
    Column("kind", Plain, nullable=False),
    Column("id", Plain, nullable=False),
    Column("role", Plain, nullable=False),
    Column("name", Plain, nullable=False),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("kind", "id"),
)

claims = Table(
    "claims",
    metadata,
    Column("kind", Plain, primary_key=True),
    Column("salt", Plain, nullable=False),
    Column("digest", Plain, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("tries", Integer, nullable=False),
)

claim_tries = Table(
    "claim_tries",
    metadata,
    Column("kind", Plain, primary_key=True),
    Column("user_id", Plain, primary_key=True),
    Column("tries", Integer, nullable=False),
    Column("next_at", Moment, nullable=False),
)

notices = Table(
    "notices",
    metadata,
    Column("key", Plain, primary_key=True),
    Column("kind", Plain, primary_key=True),
    Column("address", Plain, primary_key=True),
    Column("lang", Plain, nullable=False),
    Column("text", Plain, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due_at", Moment),  # None: told or given up; the row keeps it from being told again
    Column("told_at", Moment),
    Column("reason", Plain),
    Column("created_at", Moment, nullable=False),
    Index(None, "due_at"),
)

held_rules = Table(
    "held_rules",
    metadata,
    Column("rule_id", Plain, primary_key=True),
    Column("version", Plain, nullable=False),  # of its file, when it ran away
    Column("found", Integer, nullable=False),
    Column("since", Moment, nullable=False),
)

ledger = Table(
    "ledger",
    metadata,
    _seq(),
    Column("id", Plain, nullable=False, unique=True),
    Column("kind", Plain, nullable=False),
    Column("who", Plain, nullable=False),  # for whom a report may mean this entry
    Column("named", Plain, nullable=False),  # all names of who and where, each between bars
    Column("dropped", Boolean, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("body", Plain, nullable=False),  # JSON
    Index(None, "kind", "who"),
    Index(None, "dropped", "changed_at"),
)

ledger_log = Table(
    "ledger_log",
    metadata,
    _seq(),
    Column("entry_id", Plain, nullable=False, index=True),  # outlives its entry
    Column("what", Plain, nullable=False),
    Column("before", Plain),
    Column("after", Plain),
    Column("by", Plain, nullable=False),
    Column("at", Moment, nullable=False),
)

calendar = Table(
    "calendar",
    metadata,
    _seq(),
    Column("id", Plain, nullable=False, unique=True),
    Column("first_day", Plain, nullable=False),  # ISO
    Column("last_day", Plain, nullable=False, index=True),
    Column("status", Plain, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("body", Plain, nullable=False),  # JSON
)

kept_alerts = Table(
    "kept_alerts",  # which alerts the entries of ledger and calendar rest on
    metadata,
    Column("alert_id", Plain, primary_key=True),
    Column("entry_id", Plain, primary_key=True),
    Column("book", Plain, nullable=False),
)

calendar_links = Table(
    "calendar_links",
    metadata,
    Column("digest", Plain, primary_key=True),  # of the secret in the address; itself it is nowhere
    Column("kind", Plain, nullable=False),
    Column("user_id", Plain, nullable=False),
    Column("lang", Plain, nullable=False),
    Column("created_at", Moment, nullable=False),
)
