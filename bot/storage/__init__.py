"""The store over SQLAlchemy Core: one SQLite file by default, PostgreSQL by its URL.

The only room that knows SQL. Queries are dialect-neutral; `upsert.py` has the one construct in which dialects
differ. How a database is entered, and what locks it, is in `sqlite.py` and `postgres.py`.
"""
