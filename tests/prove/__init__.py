"""The proof: a run is cut at every effect, in every way, with people at work in between, and must end whole.

    python -m tests.prove                          # every backend, size medium
    python -m tests.prove --size full --backend google
    python -m tests.prove --backend local --scenario everything --replay "12:crash-after,30:torn"

From the inside out::

    seam       counts effects and cuts them            papers    documents that know what they say
    world      an office on one backend, and the hands of its people:  memory, disk, cloud
    scenarios  what there is to do                      clerk     what people do meanwhile
    shadow     what people wrote, held against the book oracles   what must be true once all is quiet
    player     one schedule played to its end           explorer  all schedules of a size
    killing    kill -9 of a real process
"""
