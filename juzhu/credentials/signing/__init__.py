"""Making what `juzhu.credentials.verify` checks: keys, codes, documents, status lists, the trust list. Pure:
no Django, no clock, no network.
"""
