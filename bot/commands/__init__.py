"""What people ask the bot: status, latest alerts; answers as plain lines, neutral of the platform.

Reads the store through `bot.ports` and words the answer in German or English; no markup, no printing.
"""
