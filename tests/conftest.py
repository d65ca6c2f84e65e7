"""What every test may ask for."""

import os
from pathlib import Path

import pytest

from tests.cli.runner import Cli


@pytest.fixture(scope="session")
def vectors() -> Path:
    """Folder of the third-party test vectors, or a skip that says why."""
    folder = os.environ.get("CREDWALLET_VECTORS")
    if not folder:
        pytest.skip("third-party vectors: CREDWALLET_VECTORS is not set")
    return Path(folder).resolve()


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    """A command line with a wallet folder of its own."""
    return Cli(tmp_path)
