"""Sets Huiyin up in this folder and starts it. Needs nothing but Python 3.11 or newer with pip.

python3 run.py          set up, then run everything
python3 run.py setup    only set up: .venv with the locked packages and the huiyin command
python3 run.py test     set up with the development tools, then lint, types, imports and all tests
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parent
VENV = HOME / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / "python"
UV = "uv==0.13.8"
LOCKS = {"run": HOME / "requirements.lock", "test": HOME / "requirements-dev.lock"}

CHECKS = (
    ("lint", ["ruff", "check", "."]),
    ("format", ["ruff", "format", "--check", "."]),
    ("types", ["mypy"]),
    ("imports", ["lint-imports"]),
    ("tests", ["pytest", "-n", "2"]),
)


def main() -> int:
    word = sys.argv[1] if len(sys.argv) > 1 else "run"
    if sys.version_info < (3, 11):
        print(f"Huiyin needs Python 3.11 or newer; this is {sys.version.split()[0]}.", file=sys.stderr)
        return 2
    if word not in ("run", "setup", "test"):
        print(__doc__, file=sys.stderr)
        return 2
    try:
        set_up("test" if word == "test" else "run")
    except subprocess.CalledProcessError as problem:
        print(f"The set-up stopped at: {' '.join(map(str, problem.cmd))}", file=sys.stderr)
        return 1
    if word == "test":
        return check()
    if word == "run":
        os.chdir(HOME)
        os.execv(BIN / "huiyin", ["huiyin", "run"])
    return 0


def set_up(kind: str) -> None:
    """Bring .venv to what the lock says; does nothing if it is there already."""
    lock = LOCKS[kind]
    wanted = hashlib.sha256(lock.read_bytes() + (HOME / "pyproject.toml").read_bytes()).hexdigest()
    stamp = VENV / f"huiyin-{kind}"
    if stamp.exists() and stamp.read_text() == wanted and (BIN / "huiyin").exists():
        return
    print("正在安装所需组件… Installing what Huiyin needs…", flush=True)
    if not PYTHON.exists():
        # Debian's Python lacks ensurepip, and its pip refuses to install outside a virtual environment.
        run(sys.executable, "-m", "venv", "--clear", "--without-pip", VENV)
    if not (BIN / "uv").exists():
        run(sys.executable, "-m", "pip", "--python", PYTHON, "install", "--quiet", UV)
    # Compiled at once: the first start is faster, and old packages do not warn about their syntax later.
    options = ("--quiet", "--python", PYTHON, "--compile-bytecode")
    run(BIN / "uv", "pip", "install", *options, "--require-hashes", "-r", lock)
    run(BIN / "uv", "pip", "install", *options, "--no-deps", "--no-build-isolation", "-e", HOME)
    stamp.write_text(wanted)


def check() -> int:
    """Every check, each told; 1 if one failed."""
    failed = []
    for name, command in CHECKS:
        print(f"── {name}", flush=True)
        if subprocess.run([BIN / command[0], *command[1:]], cwd=HOME).returncode:
            failed.append(name)
    print("失败 failed: " + ", ".join(failed) if failed else "全部通过 all passed", flush=True)
    return int(bool(failed))


def run(*command: object) -> None:
    subprocess.run([str(word) for word in command], cwd=HOME, check=True)


if __name__ == "__main__":
    sys.exit(main())
