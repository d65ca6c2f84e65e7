"""What every test may ask for."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def vectors() -> Path:
    """Folder of the third-party test vectors, or a skip that says why."""
    folder = os.environ.get("CREDWALLET_VECTORS")
    if not folder:
        pytest.skip("third-party vectors: CREDWALLET_VECTORS is not set")
    return Path(folder).resolve()
