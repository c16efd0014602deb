import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from framdrift.database import running


def _reachable_folder() -> Path:
    """One that the server's account can reach: pytest's own temporary folders are closed to all but us."""
    folder = Path(tempfile.mkdtemp(prefix="framdrift-"))
    folder.chmod(0o755)
    return folder


@pytest.fixture
def empty() -> Iterator[Path]:
    """A data folder in which no server was yet."""
    folder = _reachable_folder()
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def data() -> Iterator[Path]:
    """The data folder of a server that has run before and stands still; each test leaves it so."""
    folder = _reachable_folder()
    with running(folder):
        pass
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def spare(empty: Path, data: Path) -> Path:
    """A copy of it that may be spoilt."""
    subprocess.run(["cp", "-a", data / "postgresql", empty], check=True)
    return empty
