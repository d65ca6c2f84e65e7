"""Files that are not answered as they should be yet, and why."""

from types import MappingProxyType

_CONTEXT = "a signed context that is not known is not named under JCS"

DEFECTS: MappingProxyType[str, str] = MappingProxyType(
    {
        **{
            f"context-addresses/{name}/eddsa-jcs-2022": _CONTEXT
            for name in ("remote", "http", "file", "loopback", "metadata")
        },
        "context-aliases/context-in-the-proof/eddsa-rdfc-2022": (
            "a context in a proof over RDF is passed over"
        ),
    }
)
