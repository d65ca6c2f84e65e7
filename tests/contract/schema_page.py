"""Writes the examples of `docs/schema/examples/` and the table of `docs/json.md`.

`python -m tests.contract.schema_page` does it again. The examples are answers that the
runs of the schemas brought about, in a wallet with the badges of the demo: of every
command the one that says most, with long lists and texts cut.
"""

import json
import os
import platform
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from credwallet.cli.output import MEANING
from tests.cli.runner import DOCUMENTS, SAMPLES, Cli, new_wallet
from tests.contract import schema_walk
from tests.contract.schema_answers import (
    BESIDE,
    UNSEEN,
    file_of,
    title_of,
    told_by,
)
from tests.contract.schema_runs import Answer, paths, run_all

PAGE = schema_walk.FOLDER.parent / "json.md"
EXAMPLES = schema_walk.FOLDER / "examples"
HOME = "/home/ada"
_MOST_ENTRIES, _MOST_LETTERS = 2, 100


def example_of(name: str, answers: Iterable[Answer]) -> Answer:
    """Choose the answer that says most; of several that do, the first."""
    good = [each for each in answers if each.document["data"]]
    fine = [each for each in good if not each.document["problems"]] or good
    return max(
        fine, key=lambda each: len(schema_walk.meet(name, each.document).members)
    )


def shortened(answer: Answer) -> dict[str, Any]:
    """Cut an answer to what shows its form."""
    document: dict[str, Any] = _cut(answer.document, _elsewhere(answer))
    return document


def _elsewhere(answer: Answer) -> dict[str, str]:
    """Say what to write instead of what is so on this machine alone."""
    return {
        str(answer.folder): HOME,
        str(SAMPLES): f"{HOME}/samples",
        platform.release(): "6.1.0",
    }


def _cut(value: Any, elsewhere: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {name: _cut(inner, elsewhere) for name, inner in value.items()}
    if isinstance(value, list):
        return [_cut(inner, elsewhere) for inner in value[:_MOST_ENTRIES]]
    if isinstance(value, str):
        text = value
        for here, there in elsewhere.items():
            text = text.replace(here, there)
        return f"{text[:_MOST_LETTERS]}..." if len(text) > _MOST_LETTERS else text
    return value


def example(name: str) -> Any:
    """Read the example of a schema; None if there is none."""
    path = EXAMPLES / name
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def shape(value: Any) -> Any:
    """Say what an example consists of, whatever it says: names, and kinds of values."""
    if isinstance(value, dict):
        return {name: shape(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return "list"
    return type(value).__name__


def codes() -> str:
    """Write the table of exit codes."""
    rows = ["| code | what it means |", "| --- | --- |"]
    rows += [f"| {int(code)} | {words} |" for code, words in MEANING.items()]
    return "\n".join(rows)


def table() -> str:
    """Write the table of the page, and the figure below it."""
    rows = ["| command | schema | example |", "| --- | --- | --- |"]
    for path in (*paths(), *BESIDE):
        file = file_of(path)
        links = f"[{file}](schema/{file}) | [example](schema/examples/{file})"
        rows.append(f"| `{title_of(path)}` | {links} |")
    names = schema_walk.schemas()
    members = sum(1 for name in names for _ in schema_walk.members(name))
    kinds = sum(1 for name in names for _ in schema_walk.alternatives(name))
    commands = len(paths())
    figure = (
        f"Schema coverage: {commands} of {commands} commands and sub-commands have a "
        f"schema, and all {members} members that the {len(names)} files name were seen "
        f"in answers. Of the {kinds} types that members of several types can have, "
        f"{kinds - len(UNSEEN)} were seen; these were not:"
    )
    unseen = [f"- `{place}`: {why}." for place, why in UNSEEN.items()]
    return "\n".join([*rows, "", figure, "", *unseen])


def page() -> str:
    """Return the page as it should be."""
    text = PAGE.read_text(encoding="utf-8")
    for name, made in (("codes", codes()), ("commands", table())):
        begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
        before, _, rest = text.partition(begin)
        _, _, after = rest.partition(end)
        text = f"{before}{begin}\n\n{made}\n\n{end}{after}"
    return text


def write(answers: Mapping[str, list[Answer]]) -> None:
    """Write the page, and the examples that are not as they should be.

    Args:
        answers: By the name of their schema.

    """
    EXAMPLES.mkdir(exist_ok=True)
    for name in sorted(file_of(path) for path in (*paths(), *BESIDE)):
        document = shortened(example_of(name, answers[name]))
        if shape(example(name)) != shape(document):
            text = json.dumps(document, indent=2, ensure_ascii=False)
            (EXAMPLES / name).write_text(text + "\n", encoding="utf-8")
    PAGE.write_text(page(), encoding="utf-8")


def main() -> None:
    """Run everything once more, and write what came of it."""
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        home = new_wallet(folder)
        Cli(folder)("import", SAMPLES / "badges", "--documents", DOCUMENTS)
        write(told_by(run_all(home, folder)))


if __name__ == "__main__":
    main()
