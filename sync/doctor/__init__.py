"""What a run needs, looked at one thing at a time; each look says what it found and what to do.

check     one look          office    what every backend needs: calendar, templates, officers
local     folder and book   google    identity, spreadsheet, archive, form (loaded only where it is chosen)
"""

from sync.doctor.check import Check

__all__ = ["Check"]
