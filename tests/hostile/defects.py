"""Files that are not answered as they should be yet, and why."""

from types import MappingProxyType

DEFECTS: MappingProxyType[str, str] = MappingProxyType({})
