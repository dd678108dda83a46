"""The web edge: what others fetch from the bot or push to it over HTTP, on loopback unless told otherwise.

Belongs here: the aiohttp server, its routes, and the secrets in their addresses. What an answer says comes
from below.
"""
