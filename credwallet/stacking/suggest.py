"""Which credential looks by its name as if it were meant for a requirement?

A name never counts (`docs/qualification-file.md`, "A match"). It is worth a question,
since an issuer may well use another identifier than the rules do.
"""

import re

from credwallet.stacking.settled import Settled

_LINK = "credwallet qualification link"


def suggestions_of(settled: Settled) -> tuple[str, ...]:
    """Ask about credentials that fit nothing but are called like something missing.

    Args:
        settled: One case with its allocation.

    Returns:
        One line for each, in the order of the handles.

    """
    case = settled.case
    fitting = {holding for holding, _ in case.fits}
    wanted = [
        (entry.id, words)
        for leaf, entry in enumerate(case.qualification.requirements)
        if entry.type == "credential"
        and settled.fractions[entry.id] < 1
        and leaf not in case.waived
        for words in (_words(entry.title or entry.id),)
        if sum(map(len, words)) >= 5
    ]
    found = []
    for index, holding in enumerate(case.holdings):
        if index in fitting or case.bars[index] is not None or not holding.name:
            continue
        words = _words(holding.name)
        for name, asked in wanted:
            if asked <= words:
                found.append(
                    f"{holding.handle} looks like {name} by its name, which never "
                    f"counts. If it is: {_LINK} {holding.handle} "
                    f"{case.qualification.id} {name}"
                )
                break
    return tuple(found)


def _words(name: str) -> frozenset[str]:
    spelled = name.casefold()[:500].replace("+", " plus ")
    return frozenset(re.findall(r"\w+", spelled))
