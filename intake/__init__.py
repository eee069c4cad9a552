"""A mailbox becomes messages, and a message is opened into its attachments.

In: a mailbox (IMAP or Maildir) and the bytes of a message.
Out: RawMessage (mailbox.py), Opened (opening.py). Nothing here decides or stores anything.
Start reading at mailbox.py.
"""
