"""The use cases as an order of asynchronous calls: poll, fetch pages, read and judge, deliver.

Decides nothing: what is due, new or worth telling is answered by pure functions of the core and by the
store. Knows the edges only through `bot.ports`.
"""
