"""What is known of the config file in one run?

Apart from what reads it, so that whoever has no config file does not load that.
"""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from credwallet.errors import CredwalletError

Values = Mapping[str, str | bool]
NO_VALUES: Values = MappingProxyType({})
_NO_PROFILES: Mapping[str, Values] = MappingProxyType({})


class Remark(NamedTuple):
    """Something in the file that means nothing, and what to do about it."""

    what: str
    next_step: str


class Config(NamedTuple):
    """What a config file says.

    `path` is None if there is to be none. `top` and `profiles` hold what can be used,
    by key; `errors` is why the rest cannot.
    """

    path: Path | None = None
    is_there: bool = False
    top: Values = NO_VALUES
    profiles: Mapping[str, Values] = _NO_PROFILES
    errors: tuple[CredwalletError, ...] = ()
    remarks: tuple[Remark, ...] = ()


NO_CONFIG = Config()
