"""Warms up, then prints the CPU time of one call, in seconds, as JSON.

Runs inside a peer's environment as well, so it needs nothing but Python.
"""

import json
import time
from collections.abc import Callable
from typing import Any


def timed(times: int, verify: Callable[[], Any]) -> None:
    """Print `{"seconds": S}`, or `{"fault": TEXT}` if the badge is refused.

    Args:
        times: How often it is measured; a quarter more goes before, to warm up.
        verify: Raises if the badge is refused.

    """
    try:
        for _ in range(max(5, times // 4)):
            verify()
    except Exception as error:  # noqa: BLE001 -- any of a peer's, and it is told
        print(json.dumps({"fault": f"{type(error).__name__}: {error}"[:300]}))
        return
    start = time.process_time()
    for _ in range(times):
        verify()
    print(json.dumps({"seconds": (time.process_time() - start) / times}))
