"""Which name of an issuer is shown, its own or the one that a registry gives it?

Anybody can write any name into a badge. A registry's name comes first, because someone
other than the issuer vouches for it; the badge's own is shown after it if it differs.
"""


def issuer_words(own: str, listed_as: str = "", registry: str = "") -> str:
    """Say an issuer's name, the registry's before the badge's own.

    Args:
        own: The name in the badge, `""` if there is none.
        listed_as: The name in a registry of the learner's, `""` if none lists it.
        registry: The registry's name, if it is to be said.

    """
    if not listed_as:
        return own
    same = not own or own.casefold() == listed_as.casefold()
    remarks = (registry, "" if same else f"calls itself {own}")
    said = "; ".join(remark for remark in remarks if remark)
    return f"{listed_as} ({said})" if said else listed_as
