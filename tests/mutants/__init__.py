"""The tests tested: faults planted in the package one at a time, each of which some check has to catch.

python -m tests.mutants            # the table: fault → which check caught it
python -m tests.mutants NAME …     # some of them
"""
