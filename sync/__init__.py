"""The agenda book of a consultation desk, kept by a scheduled job.

The road of the data, and where each stretch of it lives::

    form response → registration → agenda row → SOP check → documents → archive → record → recap
    domain/intake  registration   agenda       compliance  documents/  workspace/ plan     recap/

``domain/`` decides (pure functions over frozen values), ``workspace/`` holds the agenda book and the archive,
``documents/`` turns fields into Word files, ``job.py`` walks the road once, ``cli/`` is where a person stands.
"""

__version__ = "0.2.0"
