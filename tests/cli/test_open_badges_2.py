"""Is an Open Badge 2 shown with what its badge class and issuer say, then and later?"""

import json

import pytest

from tests.cli.runner import Cli, Ran
from tests.verify.assertions import ASSERTION, BADGE, ISSUER, assertion, signed, world


def imported(cli: Cli, badge: str) -> Ran:
    """Import a badge with all of its documents at hand."""
    listed = {}
    for number, (url, body) in enumerate(world().items()):
        name = f"document-{number}.json"
        (cli.folder / name).write_bytes(body)
        listed[url] = name
    documents = cli.folder / "documents.json"
    documents.write_text(json.dumps(listed))
    (cli.folder / "badge.json").write_text(badge)
    return cli("import", cli.folder / "badge.json", "--documents", documents)


@pytest.mark.parametrize("form", ["hosted", "signed"])
def test_it_is_imported_listed_and_shown_by_what_it_names(empty: Cli, form: str):
    ran = imported(empty, json.dumps(assertion()) if form == "hosted" else signed())

    assert (ran.code, ran.rows[0][1:4]) == (0, ["valid", "new", "Knots"])
    (row,) = empty("list", "--json").data["credentials"]
    assert row["issuer"]["name"] == "Harbour College"
    assert row["skills"] == ["Rope"]
    shown = empty("show", "Knots")
    facts = dict(line[:2] for line in shown.rows if len(line) == 2)
    assert facts["issuer"] == f"Harbour College ({ISSUER})"
    assert facts["criteria"] == "Tie them."
    assert facts["skills"] == "Rope"
    assert facts["valid"] == "2024-03-01 to no end"


def test_json_names_the_documents_on_which_the_verdict_rests(empty: Cli):
    imported(empty, json.dumps(assertion()))
    documents = empty.folder / "documents.json"

    ran = empty(
        "verify", empty.folder / "badge.json", "--documents", documents, "--json"
    )

    (report,) = ran.data["reports"]

    assert [item["url"] for item in report["linked"]] == [ASSERTION, BADGE, ISSUER]


def test_what_it_is_called_outlasts_a_day_without_network(empty: Cli):
    imported(empty, json.dumps(assertion()))

    again = empty("verify", "Knots")

    assert again.code == 4
    assert empty("show", "Knots").code == 0
    data = empty("show", "Knots", "--json").data
    assert data["verdict"] == "undetermined"
    assert data["alignment"][0]["targetName"] == "Rope"
    assert {item["origin"] for item in data["report"]["linked"]} == {"kept"}


def test_the_bytes_come_back_as_they_were_received(empty: Cli):
    imported(empty, signed())

    received = (empty.folder / "badge.json").read_bytes()
    assert empty("show", "Knots", "--raw").raw == received
