"""What a process has used, as Linux counts it."""

import os
from pathlib import Path


def cpu_seconds(process: int) -> float:
    """Time on the processors so far, its own and the kernel's for it."""
    stat = Path(f"/proc/{process}/stat").read_text("utf-8", "replace")
    user, system = stat.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def peak_mb(process: int) -> float:
    """The most memory that it ever had, in MB; getrusage would count that of the parent before exec."""
    for line in Path(f"/proc/{process}/status").read_text("utf-8").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise ValueError(f"The system does not tell how much memory process {process} has had.")
