"""Fictitious forms, papers and mails: the one generator behind demo, tests and benchmarks.

In: a seed or a moment. Out: documents with the truth about them (forms.py), messages
(mails.py), three weeks of a mailbox (story.py) and a mail server to keep it (server.py).
Nobody in it exists. Start reading at forms.py; story.py shows how the pieces are used.
"""
