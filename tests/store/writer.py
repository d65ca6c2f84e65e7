"""A process that writes to a wallet and tells what is safe, to be killed at any time.

Run as `python -m tests.store.writer FOLDER FIRST COUNT [BYTES]`. After each change it
writes one line: `+NUMBER` (put) or `-NUMBER` (purged).
"""

import os
import sys
import time
from pathlib import Path

from credwallet.errors import StorageFailure
from tests.store.wallets import NOW, credential, opened


def main() -> None:
    """Put badges, and purge each third one again."""
    first, count = int(sys.argv[2]), int(sys.argv[3])
    size = int(sys.argv[4]) if len(sys.argv) > 4 else 300
    with opened(Path(sys.argv[1])) as vault:
        for number in range(first, first + count):
            new = credential(number, raw=b"%d " % number + os.urandom(size))
            try:
                (result,) = vault.put([new], at=NOW)
                say(f"+{number}")
                if number % 3 == 0:
                    vault.purge(result.rid)
                    say(f"-{number}")
                # Let the other writer have its turn.
                time.sleep(0.002)
            except StorageFailure as failure:
                say(f"!{failure.type} {len(vault.entries())}")
                return


def say(line: str) -> None:
    """Tell the parent at once."""
    os.write(1, line.encode() + b"\n")


if __name__ == "__main__":
    main()
