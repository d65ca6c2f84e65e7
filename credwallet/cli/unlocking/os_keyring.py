"""What does the keyring of the system keep for a wallet, and is it a safe one?

The extra `keyring`. Only keyrings that encrypt what they keep are used: those of macOS,
Windows, the Secret Service (GNOME and others) and KWallet. What is kept is a random key
for one slot of one wallet, never a passphrase.
"""

from typing import Any, Protocol, cast

from credwallet.errors import StorageFailure, Undetermined

SERVICE = "credwallet"
# By the module of the class: files in plain text (keyrings.alt), keyrings that forget
# (null) or refuse (fail), and whatever nobody looked at are not among them.
SAFE = frozenset(
    f"keyring.backends.{name}"
    for name in ("macOS", "Windows", "SecretService", "libsecret", "kwallet")
)
# What the package and its keyrings raise when they are set up wrongly or unreachable.
_UNUSABLE = (RuntimeError, ImportError, AttributeError, ValueError, KeyError, OSError)
_NEXT_STEP = "credwallet works without it: credwallet unlock keeps the key for a while"


class Keyring(Protocol):
    """The keyring that was chosen, as the package `keyring` spells it."""

    def get_password(self, service: str, username: str) -> str | None:
        """Return what is kept, None if nothing is.

        Args:
            service: Whose secrets they are: `credwallet`.
            username: The name of the entry.

        """

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep something.

        Args:
            service: Whose secrets they are: `credwallet`.
            username: The name of the entry; an earlier one of that name is replaced.
            password: Text, for keyrings hold nothing else.

        """

    def delete_password(self, service: str, username: str) -> None:
        """Forget something.

        Args:
            service: Whose secrets they are: `credwallet`.
            username: The name of an entry that is there.

        """


def chosen() -> Keyring:
    """Return the keyring of this system.

    Raises:
        Undetermined: If the extra is not installed, or there is no safe keyring.

    """
    candidate = _asked_for()
    # A chain asks one keyring after the other: the first one would keep the key.
    chain = getattr(candidate, "backends", None)
    if type(candidate).__module__ == "keyring.backends.chainer" and chain:
        candidate = next(iter(chain))
    if type(candidate).__module__ not in SAFE:
        raise Undetermined(
            f"this system has no safe keyring: {named(candidate)} is none that "
            "encrypts what it keeps",
            next_step=_NEXT_STEP,
            type="no-keyring",
        )
    return cast("Keyring", candidate)


def named(keyring: object) -> str:
    """Name a keyring as the package does."""
    kind = type(keyring)
    return f"{kind.__module__}.{kind.__qualname__}"[:80]


def keep(keyring: Keyring, entry: str, secret: bytes) -> None:
    """Keep a key, and make sure that it can be had back.

    Args:
        keyring: The keyring of the system.
        entry: The name that it is to be kept by.
        secret: 32 bytes, kept in hexadecimal.

    Raises:
        StorageFailure: If the keyring does not keep it.

    """
    _asked(keyring, "set_password", entry, secret.hex())
    if fetch(keyring, entry) != secret:
        raise StorageFailure(
            f"the keyring ({named(keyring)}) did not keep the key",
            next_step=_NEXT_STEP,
        )


def fetch(keyring: Keyring, entry: str) -> bytes | None:
    """Return a key; None if there is none of that name.

    Args:
        keyring: The keyring of the system.
        entry: The name that it is kept by.

    Returns:
        The secret; None, too, if what is kept is no hexadecimal text.

    Raises:
        StorageFailure: If the keyring says no.

    """
    text = _asked(keyring, "get_password", entry)
    try:
        return None if text is None else bytes.fromhex(text)
    except (ValueError, TypeError):
        return None


def forget(keyring: Keyring, entry: str) -> None:
    """Let a key go, if it is there.

    Args:
        keyring: The keyring of the system.
        entry: The name that it is kept by.

    Raises:
        StorageFailure: If the keyring says no.

    """
    if _asked(keyring, "get_password", entry) is not None:
        _asked(keyring, "delete_password", entry)


def _asked(keyring: Keyring, what: str, *words: str) -> Any:
    from keyring import errors  # noqa: PLC0415 -- lazily: an extra, and slow

    try:
        return getattr(keyring, what)(SERVICE, *words)
    except (errors.KeyringError, *_UNUSABLE) as error:
        # Its text may hold anything, so only its kind is shown.
        raise StorageFailure(
            f"the keyring ({named(keyring)}) said no ({type(error).__name__})",
            next_step="unlock it, then try again",
            type="keyring",
        ) from None


def _asked_for() -> object:
    try:
        import keyring  # noqa: PLC0415 -- lazily: an extra, and slow

        return keyring.get_keyring()
    except _UNUSABLE as error:
        if isinstance(error, ImportError) and error.name == "keyring":
            raise Undetermined(
                "the keyring of the system cannot be used: it needs an extra",
                next_step="install it: pip install 'credwallet[keyring]'",
                type="extra-missing",
            ) from None
        raise Undetermined(
            f"the keyring of the system cannot be used ({type(error).__name__})",
            next_step="see what the package says: python -m keyring diagnose",
            type="no-keyring",
        ) from None
