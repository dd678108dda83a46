"""Sources: feeds and pages from the network, and the demo feed; fulfils `bot.ports.sources`.

All that is fetched passes the address guard and the limits of time and bytes. Nothing but fetching and
understanding what came may live here: when to ask again and what is new is decided elsewhere.
"""
