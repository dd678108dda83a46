"""Platforms: one folder each, with its client, its handlers and its rendering.

The only room that may import telegram and slack. Fulfils `bot.ports.messenger`.
"""
