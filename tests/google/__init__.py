"""A stand-in for Google: Sheets v4, Drive v3, Forms v1 and the token endpoint on loopback.

See ``server.GoogleServer`` to use it from a test, ``python -m tests.google --port P`` to run it alone.
"""
