"""Ports: the Protocols that the edges fulfil. Their docstrings are the contracts.

Only Protocols and the values they speak of may live here.
"""
