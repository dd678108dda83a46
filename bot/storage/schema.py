"""Bringing a store to the tables of this program, by the migrations that ship with it."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from bot.errors import StoreError

HEAD = "0008"  # the newest migration; known here so that a start without one need not load Alembic
MIGRATIONS = Path(__file__).with_name("migrations")
VERSIONS = "alembic_version"
# Of two that start on a new database, one waits here until the other has made the tables.
TURN = f"SELECT pg_advisory_xact_lock({0x6465_706D}, hashtext(current_schema()))"  # "depm"
OURS = frozenset({"sources", "articles", "alerts", "outbox"})  # every version of a store has them


def is_current(tx: Connection) -> bool:
    """Whether the store has the tables of this program."""
    return _revision(tx) == HEAD


def migrate(tx: Connection, name: str) -> None:
    """Bring a store to the newest tables, all or nothing.

    Raises:
        StoreError: It is another program's database, or a newer Depesche's.
    """
    other = _take_turn(tx)
    revision, tables = _revision(tx), inspect(tx).get_table_names()
    if tables and (revision is None or not OURS.issubset(tables)):
        raise StoreError(f"{name}: it is the database of another program: name another {other} as `store`")
    if revision is not None and not _is_ours(revision):
        raise StoreError(
            f"{name}: a newer Depesche wrote it (tables {revision}, known here up to {HEAD}): "
            f"update Depesche, or name another {other} as `store`"
        )
    _upgrade(tx)


def _take_turn(tx: Connection) -> str:
    """Be the only one who migrates; say what kind of thing a store of this kind is."""
    if tx.dialect.name == "sqlite":  # whoever writes is alone
        return "file"
    tx.exec_driver_sql(TURN)
    return "database"


def _revision(tx: Connection) -> str | None:
    if not inspect(tx).has_table(VERSIONS):
        return None
    revision: str | None = tx.scalar(text(f"SELECT version_num FROM {VERSIONS}"))  # noqa: S608 - a constant
    return revision


def _is_ours(revision: str) -> bool:
    return any(path.name.startswith(f"v{revision}_") for path in (MIGRATIONS / "versions").glob("v*.py"))


def _upgrade(tx: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - half a second that most starts need not spend
    from alembic.config import Config  # noqa: PLC0415 - as above

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = tx
    command.upgrade(config, "head")
