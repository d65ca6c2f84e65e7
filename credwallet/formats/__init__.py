"""From the bytes of a file to the credential or presentation that they hold.

One module a format, one line a module in `FORMATS`. Reading takes apart and never
judges: whether what was read is well formed and genuine is asked by `verify`.
"""

from credwallet.errors import Unreadable
from credwallet.formats import (
    blockcerts_2,
    jades,
    json_ld,
    open_badges_2,
    png,
    sd_jwt,
    svg,
    vc_jwt,
)
from credwallet.formats._format import Format, read_first
from credwallet.formats._nested import Part, Path, parts_of, read_at, subject_paths
from credwallet.model.credential import Held

__all__ = [
    "FORMATS",
    "MAX_BYTES",
    "Format",
    "Part",
    "Path",
    "parts_of",
    "read",
    "read_at",
    "subject_paths",
]

MAX_BYTES = 10 * 1024 * 1024

FORMATS: tuple[Format, ...] = (
    jades,
    json_ld,
    sd_jwt,
    vc_jwt,
    blockcerts_2,
    open_badges_2,
    png,
    svg,
)


def read(data: bytes) -> Held:
    """Read a credential or presentation of any known format.

    Args:
        data: The bytes of a file, at most 10 MiB.

    Returns:
        What they hold; its `raw` is `data` itself.

    Raises:
        Unreadable: If no format can read them; its `detail` names every format and why
            it said no.

    """
    if len(data) > MAX_BYTES:
        raise Unreadable(
            f"not a credential: larger than {MAX_BYTES // 1024 // 1024} MiB",
            next_step="badges are small: check that this is the right file",
        )
    return read_first(FORMATS, data, nothing="not a credential")
