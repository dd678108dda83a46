"""Alembic migrations: how the tables came to be what they are.

A new one: copy the newest file of `versions/`, name it `v<revision>_<what>.py`, set `HEAD` in
`bot/storage/schema.py`; a test says what is still missing.
"""
