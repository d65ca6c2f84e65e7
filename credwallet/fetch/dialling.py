"""Which network address of a host is connected to?

A name is resolved once, each of its addresses must be public, and the connection goes
to a checked address, so that a name that changes its mind in between gains nothing.
"""

from typing import TYPE_CHECKING, NamedTuple

from credwallet.fetch.wire import Connect, Deadline, Resolve, Stream, in_time

if TYPE_CHECKING:
    from credwallet.fetch.addresses import Target


class Dialling(NamedTuple):
    """How names are looked up and addresses connected to; ports for tests."""

    resolve: Resolve
    connect: Connect

    def open(self, url: str, target: "Target", left: Deadline) -> Stream:
        """Connect to the first address of a host that answers.

        Args:
            url: What is asked for, for messages.
            target: Its host and port.
            left: When to stop.

        Returns:
            A connected stream.

        Raises:
            Undetermined: Of type `refused-address`, if any address is not public.
            OSError: If none answers; `TimeoutError` when the time is up.

        """
        from credwallet.fetch.addresses import (  # noqa: PLC0415 -- lazily: ipaddress
            refuse_private,
        )

        addresses = in_time(lambda: self.resolve(target.host, target.port), left)
        for address in addresses:
            refuse_private(url, address)
        failure = OSError("the name has no address")
        for number, address in enumerate(addresses):
            share = left.seconds() / (len(addresses) - number)
            try:
                return self.connect(address, target, share)
            except OSError as error:
                failure = error
        raise failure


def host_header(target: "Target") -> str:
    """Spell a host as a request names it (RFC 9110 section 7.2)."""
    host = f"[{target.host}]" if ":" in target.host else target.host
    return host if target.port == 443 else f"{host}:{target.port}"


def reason_of(error: OSError) -> str:
    """Say in a few words why a connection failed."""
    certificate = getattr(error, "verify_message", "")
    if certificate:
        return f"its certificate is not trusted ({certificate})"
    words = error.strerror or str(error) or "the connection was lost"
    return words[:1].lower() + words[1:].replace("\n", " ")
