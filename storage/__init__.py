"""Tables, queries, sealed originals, outbox and audit; the only place that commits.

In: domain objects of triage and intake. Out: the same, and read-only pages of them.
Rows never leave this room. Start reading at database.py.
"""
