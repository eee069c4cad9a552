"""A letter or summary becomes an e-mail's text and HTML. Knows triage only; sends nothing yet."""
