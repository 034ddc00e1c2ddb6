"""The recap of a period: its figures once, and what is made of them.

``figures`` counts (with ``counts`` by column and ``steps`` by activity of the SOP); ``words``, ``summary``, ``tables``,
``charts`` and ``annex`` say it in Indonesian; ``fields`` puts the report together, ``tab`` the tab ``Rekap``.
"""
