"""Files that are not answered as they should be yet, and why."""

from types import MappingProxyType

_CONTEXT = "a signed context that is not known is not named"

DEFECTS: MappingProxyType[str, str] = MappingProxyType(
    {
        **{
            f"context-addresses/{name}/{variant}": _CONTEXT
            for name in ("remote", "http", "file", "loopback", "metadata")
            for variant in ("eddsa-jcs-2022", "vc-jwt")
        },
        "context-aliases/signed-with-it/eddsa-jcs-2022": _CONTEXT,
        "context-aliases/signed-with-it/vc-jwt": _CONTEXT,
        "context-aliases/context-in-the-proof/eddsa-rdfc-2022": (
            "a context in a proof over RDF is passed over"
        ),
    }
)
