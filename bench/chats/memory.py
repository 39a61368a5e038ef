"""How much memory a process and its children hold."""

from pathlib import Path


def resident(pid: int) -> int:
    """Megabytes in memory, of the process and all below it (Linux)."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    status = Path(f"/proc/{pid}/status").read_text()
    own = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
    return own // 1024 + sum(resident(int(child)) for child in children)
