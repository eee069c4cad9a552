"""The domain: what a SIN form, a case and its clocks are, and what follows from them.

In: a message's correspondence, the forms read from it, the cases it may belong to, today.
Out: a Filing, the whole decision about one message, with nothing done yet.
Imports no other room, no framework, does no I/O. Start reading at filing.py.
"""
