"""kill -9 of a real process at random moments (stub)."""
from tests.prove.explorer import Tally
def kill_often(backend: str, kills: int, seed: int) -> Tally:
    return Tally(backend, "kill -9", "killed")
