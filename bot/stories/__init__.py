"""Stories: near-duplicates, the same event, novelty of a fact; later ledger and calendar.

Pure: the state it decides on comes in as values and goes out as values.
"""
