"""Lays the environment in which Framdrift runs: `.venv`, its packages by hash, the pages' files, their translations.

    scripts/bootstrap site        what `make demo` and `make serve` need
    scripts/bootstrap dev         what `make test`, `check`, `fix` and `bench` need
    scripts/bootstrap dev --browser     … and Chromium, for the tests in a real browser

Standard library only: it runs before anything is installed. Each step leaves a stamp of what it was made from, so that
the next time only what has changed is done. Two at once take turns.
"""

import argparse
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "framdrift"
NODE_MODULES = ROOT / "node_modules"
OLDEST_NODE = 18


class BootstrapError(Exception):
    """One sentence for whoever typed the command: what is wrong, and how to mend it."""


def main() -> int:
    parser = argparse.ArgumentParser(description="Lay the environment in which Framdrift runs.")
    parser.add_argument("packages", choices=["site", "dev"])
    parser.add_argument("--browser", action="store_true", help="see that Chromium is there")
    arguments = parser.parse_args()
    try:
        with one_at_a_time():
            environment()
            packages(arguments.packages)
            project()
            pages()
            messages()
            if arguments.browser:
                browser()
    except BootstrapError as error:
        print(f"Error: {error}", file=sys.stderr)
        return 2
    except PermissionError as error:
        whose = (
            "another user made the environment here: work in a checkout of your own, or remove .venv and node_modules"
        )
        print(f"Error: {error.filename}: {error.strerror}. Perhaps {whose}.", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    return 0


@contextmanager
def one_at_a_time() -> Iterator[None]:
    with Path(__file__).open("rb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Waiting for another one that is laying the same environment …")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def environment() -> None:
    stamp = STAMPS / "environment"
    if _python_works():
        STAMPS.mkdir(exist_ok=True)
        if not stamp.exists():
            stamp.write_text(str(VENV))
        if stamp.read_text() == str(VENV):
            return  # one that was moved is of no use: its programs name the old place
    with step(f"Python environment in {VENV.relative_to(ROOT)}"):
        if not _has_ensurepip():
            version = f"{sys.version_info.major}.{sys.version_info.minor}"
            install_debian_package([f"python{version}-venv"], "Python's venv module")
        run([sys.executable, "-m", "venv", "--clear", VENV], "The Python environment could not be made")
        STAMPS.mkdir()
        stamp.write_text(str(VENV))


def _python_works() -> bool:
    if not PYTHON.exists():
        return False
    code = "import pip, sys; sys.exit(sys.version_info < (3, 11))"
    return subprocess.run([PYTHON, "-c", code], check=False, capture_output=True).returncode == 0


def _has_ensurepip() -> bool:
    """Debian leaves it out of python3; asked of a new process, since the package may just have been installed."""
    return subprocess.run([sys.executable, "-c", "import ensurepip"], check=False, capture_output=True).returncode == 0


def packages(which: str) -> None:
    locks = {"site": ROOT / "requirements.lock", "dev": ROOT / "requirements-dev.lock"}
    if which == "site" and is_fresh("packages-dev", fingerprint(locks["dev"])):
        return  # the second lock holds all of the first
    lock = locks[which]
    with once(f"packages-{which}", fingerprint(lock), f"{_count(lock)} Python packages") as due:
        if due:
            pip("--require-hashes", "-r", lock)


def _count(lock: Path) -> int:
    return sum("==" in line for line in lock.read_text().splitlines())


def project() -> None:
    made_from = fingerprint(ROOT / "pyproject.toml", ROOT / "src" / "framdrift" / "__init__.py")
    with once("project", made_from, "Framdrift itself") as due:
        if due:
            pip("--no-deps", "--no-build-isolation", "--editable", ROOT)


def pages() -> None:
    """Designsystemet, the icons and the font, copied from their npm packages to where the pages take them from."""
    lock = ROOT / "package-lock.json"
    script = ROOT / "scripts" / "assets.py"
    icons = ROOT / "src" / "framdrift" / "web" / "design" / "icons.txt"
    with once("npm", fingerprint(lock), "npm packages", NODE_MODULES) as due:
        if due:
            npm = _npm()
            run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], "The npm packages could not be installed")
    with once("pages", fingerprint(lock, script, icons), "Files of the pages", _vendored()) as due:
        if due:
            run([PYTHON, script], "The files of the pages could not be copied")


def _vendored() -> Path:
    return ROOT / "src" / "framdrift" / "web" / "design" / "static" / "vendor" / "icons" / "sprite.svg"


def _npm() -> Sequence[str | Path]:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        answer = subprocess.run([node, "--version"], check=False, capture_output=True, text=True).stdout
        if answer.startswith("v") and int(answer[1:].split(".")[0]) >= OLDEST_NODE:
            return [npm]
    lock = ROOT / "requirements-node.lock"
    with once("node", fingerprint(lock), "Node, which this machine lacks") as due:
        if due:
            pip("--require-hashes", "-r", lock)
    return [VENV / "bin" / "npm"]


def messages() -> None:
    script = ROOT / "scripts" / "messages.py"
    catalogues = sorted((ROOT / "src" / "framdrift").rglob("locale/*/LC_MESSAGES/*.po"))
    compiled = [catalogue.with_suffix(".mo") for catalogue in catalogues]
    with once("messages", fingerprint(script, *catalogues), "Translations", *compiled) as due:
        if due:
            run([PYTHON, script, *catalogues], "The translations could not be compiled")


def browser() -> None:
    if not Path("/usr/bin/chromium").exists():
        with step("Chromium, for the tests in a browser"):
            install_debian_package(["chromium"], "Chromium")


def install_debian_package(names: Sequence[str], what: str) -> None:
    mend = f"install it with: apt-get install {' '.join(names)}"
    apt = shutil.which("apt-get")
    if not apt:
        raise BootstrapError(f"{what} is missing on this machine; {mend} (or your system's like of it).")
    as_root: list[str] = []
    if os.geteuid() != 0:
        sudo = shutil.which("sudo")
        if not sudo or subprocess.run([sudo, "-n", "true"], check=False, capture_output=True).returncode != 0:
            raise BootstrapError(f"{what} is missing on this machine; {mend}")
        as_root = [sudo, "-n"]
    get = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", apt, "-q"]
    run([*get, "update"], f"{what} is missing, and Debian's package lists could not be had; {mend}")
    run(
        [*get, "install", "-y", "--no-install-recommends", *names],
        f"{what} is missing and could not be installed; {mend}",
    )


def pip(*arguments: str | Path) -> None:
    run(
        [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", *arguments],
        "pip could not install the packages",
        progress=lambda line: line.split()[1].split("==")[0] if line.startswith("Collecting ") else None,
    )


def run(
    command: Sequence[str | Path],
    failure: str,
    progress: Callable[[str], str | None] = lambda _: None,
) -> None:
    """Runs a program in silence, showing on a terminal how far it is; if it fails, what it said."""
    said: list[str] = []
    done = 0
    with subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            said.append(line)
            at = progress(line)
            if at and sys.stderr.isatty():
                done += 1
                print(f"\r\033[K  {done} {at}", end="", file=sys.stderr, flush=True)
    if done:
        print("\r\033[K", end="", file=sys.stderr, flush=True)
    if process.returncode != 0:
        sys.stderr.writelines(said[-30:])
        raise BootstrapError(f"{failure} (see above).")


def fingerprint(*files: Path) -> str:
    whole = hashlib.sha256(str(PYTHON.resolve()).encode())
    for file in files:
        whole.update(str(file.relative_to(ROOT)).encode())
        whole.update(file.read_bytes() if file.exists() else b"")
    return whole.hexdigest()


def is_fresh(name: str, made_from: str, *products: Path) -> bool:
    stamp = STAMPS / name
    return stamp.exists() and stamp.read_text() == made_from and all(product.exists() for product in products)


@contextmanager
def once(name: str, made_from: str, what: str, *products: Path) -> Iterator[bool]:
    """True inside if the step is due; stamps it when it has gone well."""
    if is_fresh(name, made_from, *products):
        yield False
        return
    (STAMPS / name).unlink(missing_ok=True)
    with step(what):
        yield True
    (STAMPS / name).write_text(made_from)


@contextmanager
def step(what: str) -> Iterator[None]:
    say(f"{what} …")
    started = time.monotonic()
    yield
    say(f"{what}: done in {time.monotonic() - started:.0f} s")


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
