"""The app: configuration, wiring, lifecycle, schedule, reader processes.

The only room that knows all the others; it decides nothing about news.
"""
