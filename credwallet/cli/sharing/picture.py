"""Which picture is the credential baked into? The one that `--bake` names."""

from pathlib import Path

from credwallet.cli.session import read_file
from credwallet.cli.sharing.handing_over import Form
from credwallet.errors import Usage


def picture_of(bake: Path | None, *, way: str, form: Form | None) -> bytes:
    """Read the picture, if one was named and makes sense.

    Args:
        bake: The file, or None.
        way: In which way is handed over.
        form: Of the QR code, or None.

    Returns:
        Its bytes, `b""` without one.

    Raises:
        Usage: If another way or a QR code was asked for too, or it is a folder.
        NotFound: If there is no such file.
        Unreadable: If it is too large.
        StorageFailure: If it cannot be read.

    """
    if bake is None:
        return b""
    if way != "file" or form is not None:
        raise Usage(
            "a picture that a credential is baked into is a file",
            next_step="give --bake with --as file, and without --qr",
        )
    picture = read_file(bake)
    if not picture:
        raise Usage(f"{bake} is empty", next_step="name a PNG or an SVG")
    return picture
