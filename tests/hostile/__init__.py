"""Hostile input: what people or programs could put into any field, through every road, on every backend.

    python -m tests.hostile                     # the whole corpus, then the fuzzers; how many inputs each had
    python -m tests.hostile --examples 20000    # more of them

``corpus`` holds the values, ``offices`` puts them everywhere, ``documents`` reads what came out, ``fuzz`` makes more.
"""
