"""Does removing only hide, restoring bring back, and purging ask first?"""

from datetime import timedelta

from credwallet import store
from tests.cli.badges import good, signed_badge
from tests.cli.runner import NOW, PASSPHRASE, SAMPLES, Cli


def held(cli: Cli, *argv: str) -> list[str]:
    return [row["name"] for row in cli("list", *argv, "--json").data["credentials"]]


def test_what_is_removed_is_in_the_trash_and_comes_back(filled: Cli):
    handle = filled.handle("Honest Charts")
    before = held(filled)
    ran = filled("remove", handle)
    assert (ran.code, ran.rows) == (0, [[handle, "in the trash", "Honest Charts"]])
    assert "credwallet restore" in ran.err
    assert held(filled, "--trash") == ["Honest Charts"]
    ran = filled("restore", handle)
    assert (ran.code, ran.rows[0][1]) == (0, "restored")
    assert held(filled) == before
    assert held(filled, "--trash") == []


def test_several_are_removed_or_none(filled: Cli):
    ran = filled("remove", "Honest Charts", "No Such Badge")
    assert (ran.code, ran.out) == (5, "")
    assert held(filled, "--trash") == []
    filled("remove", "Honest Charts", "Cleaning Data", "Honest Charts")
    assert held(filled, "--trash") == ["Cleaning Data", "Honest Charts"]


def test_what_is_in_the_trash_can_still_be_shown(filled: Cli):
    filled("remove", "Honest Charts")
    received = (SAMPLES / "badges" / "honest-charts.png").read_bytes()
    assert filled("show", "Honest Charts", "--raw").raw == received


def test_only_the_trash_can_be_purged(filled: Cli):
    ran = filled("purge", "Honest Charts", "--yes")
    assert (ran.code, ran.out) == (2, "")
    assert "is not in the trash" in ran.err
    assert "Honest Charts" in held(filled)


def test_purging_needs_an_answer(filled: Cli):
    filled("remove", "Honest Charts")
    ran = filled("purge", "Honest Charts", "--no-input")
    assert (ran.code, ran.out) == (2, "")
    assert "--yes" in ran.err
    assert held(filled, "--trash") == ["Honest Charts"]


def test_a_no_purges_nothing_and_says_so_in_the_exit_code(filled: Cli, monkeypatch):
    filled("remove", "Honest Charts")
    asked = []

    def terminal_answer(question: str, *, hidden: bool) -> str:
        asked.append((question, hidden))
        return ""

    monkeypatch.setattr(
        "credwallet.cli.terminal.prompt.terminal_answer", terminal_answer
    )
    ran = filled("purge", "Honest Charts")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == "credwallet: nothing was deleted\n"
    assert asked == [("Delete 1 of the trash for good? [y/N] ", False)]
    assert held(filled, "--trash") == ["Honest Charts"]


def test_what_is_purged_is_gone(filled: Cli):
    filled("remove", "Honest Charts")
    ran = filled("purge", "Honest Charts", "--yes")
    assert (ran.code, ran.rows[0][1:]) == (0, ["purged", "Honest Charts"])
    assert filled("show", "Honest Charts").code == 5
    assert filled("restore", "Honest Charts").code == 5


def test_importing_a_removed_badge_again_brings_it_back(empty: Cli, tmp_path):
    path = good(tmp_path)
    empty("import", path)
    empty("remove", "Woodwork")
    ran = empty("import", path, "--json")
    assert ran.data["reports"][0]["restored"] is True
    assert held(empty) == ["Woodwork"]
    empty("remove", "Woodwork")
    out = empty("import", "-", stdin=signed_badge(), terminal=True).out
    assert "back from the trash" in out


def test_json_names_each_and_what_became_of_it(filled: Cli):
    handle = filled.handle("Honest Charts")
    for command, fate in (("remove", "in the trash"), ("restore", "restored")):
        data = filled(command, handle, "--json").data
        assert data == {"credentials": [{"handle": handle, "is": fate}]}


def test_what_is_not_in_the_trash_is_not_restored_and_that_is_said(filled: Cli):
    charts, cleaning = (filled.handle(n) for n in ("Honest Charts", "Cleaning Data"))
    filled("remove", charts)
    ran = filled("restore", charts, cleaning)
    assert (ran.code, [row[:2] for row in ran.rows]) == (
        0,
        [[charts, "restored"], [cleaning, "not in the trash"]],
    )
    ran = filled("restore", cleaning)
    assert (ran.code, ran.rows[0][1], ran.err) == (0, "not in the trash", "")


def test_what_is_removed_twice_is_in_the_trash_since_the_first_time(filled: Cli):
    filled("remove", "Honest Charts")
    before = filled("show", "Honest Charts", "--json").out
    later = NOW + timedelta(minutes=5)
    ran = filled("remove", "Honest Charts", now=later)
    assert (ran.code, ran.rows[0][1]) == (0, "in the trash")
    assert filled("show", "Honest Charts", "--json").out == before
    with store.open_vault(filled.home, passphrase=PASSPHRASE) as vault:
        moments = {entry.summary.trashed_at for entry in vault.entries()}
    assert moments == {"", NOW.isoformat(timespec="seconds")}
