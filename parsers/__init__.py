"""A document's bytes become a SinForm, with evidence for each answer.

In: bytes and a file name. Out: DocumentRead (outcome.py), never an exception.
bytes -> identify -> a reader -> Reading (structure) -> labelling -> mapping -> SinForm.
Start reading at read.py.
"""
