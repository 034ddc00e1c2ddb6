"""``python -m tests.google --port P``: the stand-in alone, until killed."""

from __future__ import annotations

import argparse
import contextlib

from tests.google.server import GoogleServer


def main() -> None:
    """Serve, after saying where and what."""
    parser = argparse.ArgumentParser(prog="python -m tests.google", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1 (default: any free one)")
    parser.add_argument("--quotas", action="store_true", help="count Sheets' per-minute quotas")
    options = parser.parse_args()
    server = GoogleServer(options.port)
    server.google.quota.enabled = options.quotas
    print(f"listening on {server.host}", flush=True)
    for name, value in server.account.as_json().items():
        print(f"{name} {value}", flush=True)
    with contextlib.suppress(KeyboardInterrupt):
        server.serve_forever()


if __name__ == "__main__":
    main()
