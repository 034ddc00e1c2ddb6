"""Which machine a figure was measured on."""

from __future__ import annotations

import os
import platform
from pathlib import Path


def machine_line() -> str:
    """One line: processor, count, memory if known, Python."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [line.partition(":")[2].strip() for line in cpuinfo.read_text().splitlines() if "model name" in line]
        model = names[0] if names else model
    return f"# {model}, {os.cpu_count()} CPUs, {platform.system()}, Python {platform.python_version()}"
