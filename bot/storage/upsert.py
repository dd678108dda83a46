"""Insert where the row is new: the one construct that SQLAlchemy has per dialect only."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, case
from sqlalchemy.dialects import postgresql, sqlite


def insert_new(tx: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows; one that a unique key already knows is left as it stands."""
    if rows:
        tx.execute(_insert(tx, table).on_conflict_do_nothing(), rows)


def insert_if_new(tx: Connection, table: Table, row: Mapping[str, Any]) -> bool:
    """The same for one row; say whether it was new."""
    return bool(tx.execute(_insert(tx, table).values(**row).on_conflict_do_nothing()).rowcount)


def put_rows(
    tx: Connection, table: Table, rows: Sequence[Mapping[str, Any]], *, greater: Collection[str] = ()
) -> None:
    """Insert rows; one whose primary key is known gets the new values, in some columns only greater ones."""
    if rows:
        keys = [column.name for column in table.primary_key]
        insert = _insert(tx, table)
        values: dict[str, ColumnElement[Any]] = {
            name: insert.excluded[name] for name in rows[0] if name not in keys
        }
        for name in greater:
            new, old = insert.excluded[name], table.c[name]
            values[name] = case((new > old, new), else_=old)
        tx.execute(insert.on_conflict_do_update(index_elements=keys, set_=values), rows)


def _insert(tx: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    return postgresql.insert(table) if tx.dialect.name == "postgresql" else sqlite.insert(table)
