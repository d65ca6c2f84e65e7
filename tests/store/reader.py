"""A process that reads a wallet over and over, to be killed at any time.

Run as `python -m tests.store.reader FOLDER`. After each look it writes a line: `.`, or
`!TYPE` if something was wrong, and then it stops.
"""

import os
import sys
from pathlib import Path

from credwallet.errors import CredwalletError, NotFound
from tests.store.wallets import opened


def main() -> None:
    """List everything and open the last few, until killed."""
    try:
        with opened(Path(sys.argv[1])) as vault:
            while True:
                for entry in vault.entries()[-3:]:
                    try:
                        raw = vault.read(entry.rid).raw
                    except NotFound:
                        continue  # purged since it was listed
                    number = entry.summary.name.removeprefix("Badge ")
                    assert raw.startswith(b"%s " % number.encode())
                os.write(1, b".\n")
    except CredwalletError as error:
        os.write(1, f"!{error.type}\n".encode())


if __name__ == "__main__":
    main()
