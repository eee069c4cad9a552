"""A letter, alert or summary becomes an e-mail, and is handed to a mail server. Knows triage only.

In: the kind of a letter and its texts. Out: an e-mail, and whether a server took it.
Start reading at render.py (what it says) and smtp.py (how it leaves).
"""
