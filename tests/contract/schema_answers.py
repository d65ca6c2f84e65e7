"""Which schema has an answer, and what of the schemas can no run bring about?"""

from collections.abc import Iterable

from tests.contract import schema_stacks, schema_stories
from tests.contract.schema_runs import Answer

# The stories are told in the order of these.
TOLD = (schema_stories, schema_stacks)
# What answers without the name of a command.
BESIDE = {"version": "--version"}
# Types that no run brings about, and why.
UNSEEN: dict[str, str] = {
    "check.json /data/failing/items/since: null": (
        "every report that the wallet keeps says when it was made"
    ),
    "check.json /data/failing/items/asOf: null": "as above",
    "policy-check.json /data/checks/items/elements/items/found/items/value: null": (
        "every member that the shipped policies look at has a text or a number"
    ),
    "qualification-examples.json /data/examples/items/text: null": (
        "every example that comes along says it"
    ),
    "qualification-examples.json /data/examples/items/source: null": "as above",
    "qualification-examples.json /data/examples/items/readOn: null": "as above",
    "wallet-state.json /at: null": "every wallet says when it was written",
}


def file_of(path: str) -> str:
    """Name the schema of a command."""
    return f"{path.replace(' ', '-')}.json"


def title_of(path: str) -> str:
    """Write a command as it is called."""
    return f"credwallet {BESIDE.get(path, path)}"


def schema_of(answer: Answer) -> str:
    """Name the schema of an answer; what names no command has that of all."""
    if answer.path:
        return file_of(answer.path)
    if answer.argv == ("--help",):
        return file_of("help")
    beside = [name for name, flag in BESIDE.items() if answer.argv == (flag,)]
    return file_of(beside[0] if beside else "envelope")


def told_by(answers: Iterable[Answer]) -> dict[str, list[Answer]]:
    """Sort answers by the name of their schema."""
    found: dict[str, list[Answer]] = {}
    for answer in answers:
        found.setdefault(schema_of(answer), []).append(answer)
    return found
