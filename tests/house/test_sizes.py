"""A file is read in one sitting, a function at one glance."""

from sizes import LONGEST_FILE, files, functions, share, too_long


def test_no_file_is_longer_than_one_sitting():
    assert too_long() == []


def test_half_of_the_files_are_a_hundred_lines_or_less():
    assert share(files(), 5) <= 100 < LONGEST_FILE


def test_half_of_the_functions_are_ten_lines_or_less():
    assert share(functions(), 5) <= 10


def test_nine_of_ten_functions_are_twenty_five_lines_or_less():
    assert share(functions(), 9) <= 25
