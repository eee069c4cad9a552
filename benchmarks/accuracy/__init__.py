"""How many answers are read rightly: `make bench-accuracy`.

In: layouts, formats and seeds of benchmarks/corpus. Out: tables, and every error a line in
build/accuracy/errors.jsonl. What counts as right is said in values.py, what is counted in
judging.py, how it is added up in figures.py.
"""
