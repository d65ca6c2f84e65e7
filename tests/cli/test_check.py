"""Does `check` tell what needs attention, once, and nothing else?"""

import contextlib
import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credwallet.cli.app import load
from credwallet.cli.checking import changes as checking_changes
from credwallet.cli.checking.changes import CHECKS, LAST
from credwallet.cli.checking.conditions import CONDITIONS, DEFAULT, wanted
from credwallet.cli.terminal import progress
from credwallet.errors import Usage
from credwallet.model.moment import in_utc
from credwallet.store import open_vault
from tests.cli.badges import document, good, sign, tampered, undetermined
from tests.cli.runner import DOCUMENTS, NOW, PASSPHRASE, Cli, Ran
from tests.cli.test_doctor import spoil
from tests.cli.test_network import LIST, Net, listed, network, status

NAME = "Woodwork"


def put(cli: Cli, *paths: Path, net: Net | None = None) -> None:
    """Import badges, valid or not."""
    how: dict[str, Any] = {"network": network(net)} if net else {}
    cli("import", *paths, "--keep-invalid", **how)


def check(cli: Cli, conditions: str = "", *argv: object, **how: Any) -> Ran:
    wish = ("--fail-if", conditions) if conditions else ()
    return cli("check", *wish, *argv, **how)


def failing(ran: Ran) -> list[tuple[str, str]]:
    return [(row[1], row[2]) for row in ran.rows]


def changes(ran: Ran) -> list[tuple[str, str | None, str | None]]:
    return [(each["change"], each["from"], each["to"]) for each in ran.data["changes"]]


def later(**span: float) -> datetime:
    return NOW + timedelta(**span)


@pytest.fixture
def one(empty: Cli) -> Cli:
    """A wallet with one good badge, which was checked once."""
    put(empty, good(empty.folder))
    assert check(empty).code == 0
    return empty


@pytest.fixture
def watched(empty: Cli) -> tuple[Cli, Net]:
    """A wallet with one badge on a status list, which was checked once."""
    net = Net(listed=listed())
    put(empty, good(empty.folder, 0, credentialStatus=status(0)), net=net)
    assert check(empty, network=network(net)).code == 0
    return empty, net


def revoke(net: Net) -> None:
    net.documents[LIST] = listed(0, validFrom="2026-11-20T00:00:00Z")


# What is told


def test_all_is_well_and_nothing_is_said(one: Cli):
    ran = check(one)
    assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_on_a_terminal_it_is_said_that_all_is_well(one: Cli):
    ran = check(one, terminal=True)
    assert (ran.code, ran.out) == (0, "")
    assert "checked 1 credential: 1 valid" in ran.err
    assert "nothing changed since 2026-11-25" in ran.err
    assert check(one, "", "--quiet", terminal=True).err == ""


def test_an_empty_wallet_is_well(empty: Cli):
    ran = check(empty)
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert check(empty, "", "--json").data["counts"] == {}


def test_a_badge_that_expired_is_named_if_that_is_asked(empty: Cli):
    put(empty, good(empty.folder, until="2026-02-02T00:00:00Z"))
    assert check(empty).code == 0
    ran = check(empty, "expired")
    assert ran.code == 7
    handle = empty.handle(NAME)
    assert ran.rows == [
        [
            *(handle, NAME, "expired", "expired on 2026-02-02"),
            *("2026-02-02T00:00:00+00:00", "ask the issuer for a new one"),
        ]
    ]


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ("expiring=60d", 7),
        ("expiring=8w", 0),
        ("expiring", 7),
        ("expiring=9999999d", 7),
    ],
)
def test_a_badge_that_runs_out_soon_is_named(empty: Cli, condition: str, code: int):
    put(empty, good(empty.folder, until="2027-01-22T12:00:00Z"))
    ran = check(empty, condition)
    assert ran.code == code
    if code:
        assert ran.rows[0][2:4] == ["expiring", "expires on 2027-01-22, in 58 days"]


def test_the_last_day_is_not_called_none(empty: Cli):
    put(empty, good(empty.folder, until="2026-11-26T00:00:00Z"))
    assert check(empty).rows[0][3] == "expires on 2026-11-26, today"
    assert check(empty, now=later(days=-1)).rows[0][3].endswith("in 1 day")


def test_what_has_run_out_is_not_running_out(empty: Cli):
    put(empty, good(empty.folder, until="2026-11-25T00:00:00Z"))
    assert failing(check(empty, "expiring,expired")) == [(NAME, "expired")]


def test_revoked_suspended_and_invalid_are_told_apart(filled: Cli):
    put(filled, tampered(filled.folder))
    ran = check(filled, "", "--documents", DOCUMENTS)
    assert ran.code == 7
    assert set(failing(ran)) == {
        ("Statistics One", "revoked"),
        ("Master of Everything", "invalid"),
    }
    assert check(filled, "suspended", "--documents", DOCUMENTS).code == 0


def test_what_could_not_be_checked_is_told_if_that_is_asked(empty: Cli):
    put(empty, undetermined(empty.folder))
    assert check(empty).code == 0
    ran = check(empty, "undetermined")
    assert (ran.code, failing(ran)) == (7, [(NAME, "undetermined")])
    assert "https://unreachable.example/status/1" in ran.rows[0][3]


def test_an_issuer_that_is_not_known_is_told_until_it_is(one: Cli):
    ran = check(one, "unknown-issuer")
    assert (ran.code, ran.rows[0][3]) == (7, "unknown issuer Harbour College")
    one("issuer", "trust", NAME)
    assert check(one, "unknown-issuer").code == 0


def test_the_trash_is_not_looked_at(empty: Cli):
    put(empty, good(empty.folder, until="2026-02-02T00:00:00Z"))
    empty("remove", NAME)
    assert check(empty, "expired").code == 0


def test_with_none_nothing_is_told_and_everything_is_checked(filled: Cli):
    ran = check(filled, "none", "--json", "--documents", DOCUMENTS)
    assert (ran.code, ran.data["failIf"], ran.data["failing"]) == (0, [], [])
    assert ran.data["checked"] == 5


def test_reports_are_kept_as_verify_keeps_them(watched: tuple[Cli, Net]):
    cli, net = watched
    revoke(net)
    check(cli, network=network(net), now=later(hours=1))
    (row,) = cli("list", "--json").data["credentials"]
    assert (row["verdict"], row["checkedAt"]) == (
        "revoked",
        "2026-11-25T13:00:00+00:00",
    )


def test_only_those_that_are_named_are_checked(filled: Cli):
    ran = check(filled, "expired,revoked", "Privacy Basics", "--json")
    assert ran.data["checked"] == 1
    assert [each["name"] for each in ran.data["failing"]] == ["Privacy Basics"]
    twice = check(
        filled, "", "Privacy Basics", filled.handle("Privacy Basics"), "--json"
    )
    assert twice.data["checked"] == 1
    assert check(filled, "", "zzzz").code == 5


def test_several_conditions_of_one_badge_are_one_line_on_a_terminal(empty: Cli):
    put(empty, good(empty.folder, until="2026-02-02T00:00:00Z"))
    piped = check(empty, "expired,unknown-issuer")
    assert [row[2] for row in piped.rows] == ["expired", "unknown-issuer"]
    wide = check(empty, "expired,unknown-issuer", terminal=True, env={"COLUMNS": "140"})
    (line,) = wide.out.splitlines()[1:]
    assert "expired on 2026-02-02; unknown issuer Harbour College" in line
    assert line.endswith("ask the issuer for a new one")
    narrow = check(empty, "expired", terminal=True, env={"COLUMNS": "60"})
    assert narrow.out.splitlines()[1] == "      next: ask the issuer for a new one"


def test_a_name_cannot_play_tricks_on_the_terminal(empty: Cli):
    name = "Wood\x1b[2J\twork\u202e\nrevoked"
    put(empty, good(empty.folder, name=name, until="2026-02-02T00:00:00Z"))
    for how in ({}, {"terminal": True}, {"terminal": True, "env": {"COLUMNS": "150"}}):
        out = check(empty, "expired", "--no-color", **how).out
        assert "\x1b" not in out
        assert "\u202e" not in out
        assert "Wood\\x1b[2J\\x09work\\u202e\\x0arevoked" in out
    assert len(check(empty, "expired").rows) == 1


# What changed


def test_a_padded_name_makes_no_second_row(empty: Cli, tmp_path: Path):
    name = "Course" + " " * 68 + "k7wq  MIT Master of Science  valid, issuer known"
    path = tmp_path / "badge.json"
    path.write_text(json.dumps(sign(document(731, name=name))))
    put(empty, path)
    for argv in (("check", "--fail-if", "unknown-issuer"), ("verify", "--all")):
        for width in ("60", "80", "119", "140"):
            env = {"COLUMNS": width, "NO_COLOR": "1"}
            ran = empty(*argv, terminal=True, env=env)
            (said,) = [line for line in ran.out.splitlines() if "Course" in line]
            assert "Course k7" in said
            assert all(len(line) <= int(width) for line in ran.out.splitlines())
            assert "\nk7wq" not in ran.out


def test_the_first_check_has_nothing_to_compare_with(empty: Cli):
    put(empty, good(empty.folder))
    ran = check(empty, "", "--json")
    assert (ran.data["since"], ran.data["changes"]) == (None, [])


def test_on_a_terminal_it_is_said_that_it_is_the_first_check(empty: Cli):
    put(empty, good(empty.folder))
    told = "there was nothing to compare with"
    assert told in check(empty, terminal=True).err
    assert told not in check(empty, terminal=True).err


def test_a_change_is_told_once(watched: tuple[Cli, Net]):
    cli, net = watched
    revoke(net)
    ran = check(cli, "changed", network=network(net), now=later(days=1))
    assert ran.code == 7
    assert ran.rows[0][2:5] == [
        *("changed", "verdict valid -> revoked", "2026-11-25T12:00:00+00:00")
    ]
    again = check(cli, "changed", "--json", network=network(net), now=later(days=2))
    assert (again.code, again.data["changes"]) == (0, [])
    assert again.data["since"] == "2026-11-26T12:00:00+00:00"


def test_what_lasts_is_told_with_the_day_it_was_first_seen(watched: tuple[Cli, Net]):
    cli, net = watched
    revoke(net)
    for day in (1, 2, 3):
        ran = check(cli, "revoked", network=network(net), now=later(days=day))
        assert ran.rows[0][4] == "2026-11-26T12:00:00+00:00"


def test_a_badge_that_runs_out_changes_without_anybody_doing_anything(empty: Cli):
    put(empty, good(empty.folder, until="2026-12-01T00:00:00Z"))
    check(empty)
    ran = check(empty, "changed", "--json", now=later(days=10))
    assert changes(ran) == [("verdict", "valid", "expired")]
    assert ran.code == 7


def test_a_newer_copy_changes_content_and_expiry(one: Cli):
    path = good(
        one.folder, until="2030-01-01T00:00:00Z", validFrom="2026-06-01T00:00:00Z"
    )
    put(one, path)
    ran = check(one, "changed", "--json")
    assert [each[0] for each in changes(ran)] == ["expiry", "content"]
    assert changes(ran)[0] == ("expiry", None, "2030-01-01T00:00:00Z")
    assert ran.data["failing"][0]["detail"] == (
        "expiry none -> 2030-01-01T00:00:00Z; it is another copy"
    )


def test_to_know_an_issuer_is_a_change(one: Cli):
    one("issuer", "trust", NAME)
    assert changes(check(one, "none", "--json")) == [("issuer", "unknown", "known")]


def test_what_the_learner_put_in_or_took_out_is_a_change_and_no_alarm(one: Cli):
    handle = one.handle(NAME)
    put(one, good(one.folder, 101, name="Metalwork"))
    one("remove", NAME)
    ran = check(one, "changed", "--json")
    assert ran.code == 0
    assert set(changes(ran)) == {("new", None, "valid"), ("gone", "valid", None)}
    (gone,) = [each for each in ran.data["changes"] if each["change"] == "gone"]
    assert (gone["handle"], gone["name"]) == (handle, NAME)
    assert changes(check(one, "changed", "--json")) == []


def test_on_a_terminal_every_change_is_said_since_the_baseline_moves(one: Cli):
    put(one, good(one.folder, 101, name="Metal\x1b[2Jwork"))
    one("remove", NAME)
    one("issuer", "trust", NAME)
    ran = check(one, "none", terminal=True)
    assert "2 changes since 2026-11-25" in ran.err
    assert "Metal\\x1b[2Jwork: new, valid" in ran.err
    assert "Woodwork: gone, valid" in ran.err
    assert "\x1b" not in ran.err
    many = [good(one.folder, number) for number in range(110, 140)]
    put(one, *many)
    assert "and 10 more" in check(one, "none", terminal=True).err


def test_a_check_of_a_few_leaves_the_others_where_they_were(empty: Cli):
    for number, name in ((1, "Metalwork"), (2, "Woodwork")):
        until = "2026-12-01T00:00:00Z"
        put(empty, good(empty.folder, number, name=name, until=until))
    check(empty)
    soon = check(empty, "none", "Metalwork", "--json", now=later(days=10))
    assert changes(soon) == [("verdict", "valid", "expired")]
    ran = check(empty, "none", "--json", now=later(days=11))
    assert [each["name"] for each in ran.data["changes"]] == ["Woodwork"]


def test_what_was_never_checked_as_a_whole_has_nothing_new(empty: Cli):
    put(empty, good(empty.folder, 1, name="Metalwork"))
    put(empty, good(empty.folder, 2, name="Woodwork"))
    check(empty, "none", "Metalwork")
    assert changes(check(empty, "none", "--json")) == []


@pytest.mark.parametrize("flag", ["--keep-baseline", "--dry-run"])
def test_one_can_look_without_moving_the_baseline(watched: tuple[Cli, Net], flag: str):
    cli, net = watched
    revoke(net)
    for _ in range(2):
        ran = check(cli, "changed", flag, "--json", network=network(net))
        assert (ran.code, ran.data["baselineMoved"]) == (7, False)
    shown = cli("list", "--json").data["credentials"][0]["verdict"]
    assert shown == ("valid" if flag == "--dry-run" else "revoked")
    ran = check(cli, "changed", "--json", network=network(net))
    assert (ran.code, ran.data["baselineMoved"]) == (7, True)


def test_a_dry_run_leaves_the_wallet_as_it_was(watched: tuple[Cli, Net]):
    cli, net = watched
    revoke(net)
    before = cli("list", "--json").out
    check(cli, "changed", "--dry-run", network=network(net), now=later(days=1))
    assert cli("list", "--json").out == before
    assert check(cli, "revoked", "--offline").code == 0


def test_a_check_that_is_stopped_leaves_its_news_to_the_next_one(empty: Cli):
    net = Net(listed=listed())
    for number in range(3):
        path = good(empty.folder, number, credentialStatus=status(number))
        put(empty, path, net=net)
    check(empty, network=network(net))
    before = empty("list", "--json").out

    def stopped(url: str, /) -> Any:
        raise KeyboardInterrupt

    assert check(empty, network=lambda: stopped).code == 130
    assert empty("list", "--json").out == before
    revoke(net)
    ran = check(empty, "changed", "--json", network=network(net))
    assert changes(ran) == [("verdict", "valid", "revoked")]


def test_a_check_that_cannot_keep_its_reports_keeps_no_baseline(
    watched: tuple[Cli, Net], monkeypatch: pytest.MonkeyPatch
):
    cli, net = watched
    revoke(net)

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("credwallet.cli.checking.work.keep_reports", stopped)
        assert check(cli, "changed", network=network(net)).code == 130
    ran = check(cli, "changed", network=network(net))
    assert (ran.code, ran.rows[0][3]) == (7, "verdict valid -> revoked")


# Without network


def test_offline_what_cannot_be_told_is_no_change(watched: tuple[Cli, Net]):
    cli, _ = watched
    month = later(days=30)
    ran = check(cli, "changed,undetermined", "--offline", "--json", now=month)
    assert (ran.code, ran.data["changes"]) == (0, [])
    assert ran.data["counts"] == {"valid": 1}
    assert (ran.data["offline"], ran.data["asOf"]) == (
        True,
        "2026-11-25T12:00:00+00:00",
    )


def test_offline_the_last_answer_counts_and_its_age_is_said(filled: Cli):
    ran = check(filled, "revoked", "--offline", "--json", now=later(days=30))
    (told,) = ran.data["failing"]
    assert told["detail"].startswith(
        "revoked by the issuer's list, as of 2026-11-25; it could not be asked again: "
    )
    assert told["asOf"] == "2026-11-25T12:00:00+00:00"
    shown = check(filled, "none", "--offline", terminal=True, now=later(days=31))
    assert "the oldest answer that counts is of 2026-11-25" in shown.err


def test_offline_time_goes_on(empty: Cli):
    net = Net(listed=listed())
    path = good(
        empty.folder, 0, credentialStatus=status(0), until="2026-12-24T00:00:00Z"
    )
    put(empty, path, net=net)
    check(empty, network=network(net))
    ran = check(empty, "changed", "--offline", "--json", now=later(days=40))
    assert changes(ran) == [("verdict", "valid", "expired")]


def test_an_answer_that_was_not_to_be_had_at_all_is_told(watched: tuple[Cli, Net]):
    """Online: the list is silent for so long that its copy says nothing any more."""
    cli, net = watched
    net.silent = True
    ran = check(cli, "changed", "--json", network=network(net), now=later(days=20))
    assert changes(ran) == [("verdict", "valid", "undetermined")]
    net.silent = False
    ran = check(cli, "changed", "--json", network=network(net), now=later(days=21))
    assert changes(ran) == [("verdict", "undetermined", "valid")]


def test_online_a_list_that_is_silent_for_a_day_is_bridged(watched: tuple[Cli, Net]):
    cli, net = watched
    net.silent = True
    ran = check(cli, "changed,undetermined", network=network(net), now=later(days=1))
    assert (ran.code, ran.out) == (0, "")


# Conditions


def test_every_condition_stands_in_the_help_with_the_default():
    command = load("check")
    words = " ".join(f"{command.help} {command.params}".split())
    (option,) = [each for each in command.params if each.name == "fail_if"]
    for name in CONDITIONS:
        assert name in option.help
    assert DEFAULT in words.replace("- ", "-")
    assert [want.name for want in wanted([DEFAULT])]


def test_every_condition_has_a_meaning_and_a_next_step():
    for condition in CONDITIONS.values():
        assert condition.meaning
        assert condition.next_step.format(handle="k7wq")


@pytest.mark.parametrize(
    ("texts", "spelled"),
    [
        (["revoked,expiring=2w"], ["expiring=2w", "revoked"]),
        (["revoked", "invalid, expired"], ["expired", "revoked", "invalid"]),
        (["expiring=9d,expiring=60d"], ["expiring=60d"]),
        (["none"], []),
    ],
)
def test_conditions_are_read_in_the_order_of_the_table(
    texts: list[str], spelled: list[str]
):
    assert [want.spelled for want in wanted(texts)] == spelled


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("revokd", "did you mean revoked?"),
        ("frobnicated", "there are: expiring=60d, expired, revoked"),
        ("", "names an empty condition"),
        ("revoked,", "names an empty condition"),
        ("expiring=", "lacks its span of time"),
        ("expiring=60x", "write 60d for days"),
        ("expiring=-1d", "is no span of time"),
        ("revoked=60d", "takes no value"),
        ("none,revoked", "leaves no other condition"),
        ("\x1b[2J", "\\x1b[2J"),
    ],
)
def test_a_condition_that_makes_no_sense_is_refused_before_anything_is_done(
    one: Cli, text: str, said: str
):
    ran = one("check", "--fail-if", text)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert "\x1b" not in ran.err


@given(st.lists(st.text(alphabet="expirngvokd=,06wnoe \x00"), min_size=1))
def test_any_words_are_conditions_or_refused(texts: list[str]):
    with contextlib.suppress(Usage):
        found = wanted(texts)
        assert len({want.name for want in found}) == len(found)


def test_the_setting_stands_in_for_the_option(empty: Cli):
    put(empty, good(empty.folder, until="2026-02-02T00:00:00Z"))
    config = empty.folder / "config.toml"
    config.write_text('check.fail-if = "expired"\n')
    env = {"CREDWALLET_CONFIG": str(config)}
    assert check(empty, env=env).code == 7
    assert check(empty, "revoked", env=env).code == 0
    config.write_text('check.fail-if = "expird"\n')
    ran = check(empty, env=env)
    assert ran.code == 2
    assert "the setting check.fail-if names no condition expird" in ran.err


# The wallet


def test_where_nobody_can_be_asked_the_next_step_fits_cron(one: Cli):
    ran = check(one, "", "--no-input", env={"CREDWALLET_PASSPHRASE_FILE": ""})
    assert (ran.code, ran.out) == (6, "")
    for way in ("--passphrase-file FILE", "keyring enable", "unlock --for 12h"):
        assert way in ran.err


def test_a_passphrase_file_that_is_wrong_keeps_its_own_hint(one: Cli):
    ran = check(one, env={"CREDWALLET_PASSPHRASE_FILE": "/there/is/none"})
    assert ran.code == 6
    assert "check --passphrase-file" in ran.err


def test_a_damaged_wallet_stays_what_it_is(one: Cli):
    spoil(one, "DELETE FROM rec")
    assert check(one, "none").code == 10


def test_without_a_wallet_there_is_nothing_to_check(cli: Cli):
    assert check(cli).code == 5


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        b'{"format": "credwallet-checks/9", "at": "", "credentials": {}}',
        b'{"format": "credwallet-checks/1", "at": "", "credentials": {"a": ["b"]}}',
        b'{"format": "credwallet-checks/1", "at": "", "credentials": [1]}',
    ],
)
def test_a_baseline_that_cannot_be_read_is_made_anew(one: Cli, data: bytes):
    with open_vault(one.home, passphrase=PASSPHRASE) as vault:
        vault.put_document(CHECKS, LAST, data)
    ran = check(one, "changed", "--json")
    assert (ran.code, ran.data["since"]) == (0, None)
    assert "cannot be read: starting anew" in ran.err
    assert check(one, "changed", "--json").data["since"] is not None


def test_the_baseline_says_nothing_in_the_clear(one: Cli):
    for path in one.home.iterdir():
        if path.is_file():
            assert b"credwallet-checks" not in path.read_bytes()


def test_no_export_takes_the_baseline_along(one: Cli, tmp_path: Path):
    one("export", "--all", "--format", "credwallet", "--out", tmp_path / "all.tar")
    data = (tmp_path / "all.tar").read_bytes()
    assert b"Woodwork" in data
    assert b"credwallet-checks" not in data


def test_a_new_data_key_leaves_the_baseline(one: Cli):
    assert one("rekey", "--no-recovery").code == 0
    ran = check(one, "changed", "--json")
    assert (ran.code, ran.data["changes"]) == (0, [])
    assert ran.data["since"] is not None


def test_ten_thousand_badges_fit_into_the_baseline():
    snapshot = checking_changes.Snapshot(
        "k7wq", "n" * 200, "undetermined", "i" * 100, True, "u" * 25, *["d" * 32] * 4
    )
    many = {f"{number:032x}": snapshot for number in range(10_000)}
    assert len(json.dumps({"credentials": many})) < 16 * 1024 * 1024


# Long runs


def test_a_long_check_says_how_far_it_is(one: Cli, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(progress, "_PATIENCE_S", -1)
    ran = check(one, terminal=True)
    assert "\rchecking " in ran.err
    assert check(one).err == ""


@pytest.mark.parametrize("until", ["2026-11-24T12:00:00Z", "2026-11-24T14:00:00+02:00"])
def test_every_moment_since_when_is_spelled_in_one_way(empty: Cli, until: str):
    put(empty, good(empty.folder, 0, validUntil=until))
    put(empty, good(empty.folder, 1, validUntil="2026-12-01T00:00:00Z"))
    put(empty, tampered(empty.folder))
    wish = "expiring=60d,expired,invalid,unknown-issuer"
    since = {each["since"] for each in check(empty, wish, "--json").data["failing"]}
    assert all(each.endswith("+00:00") for each in since)
    assert "2026-11-24T12:00:00+00:00" in since


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("2026-11-25T12:00:00Z", "2026-11-25T12:00:00+00:00"),
        ("2026-11-25T23:30:00.5-02:00", "2026-11-26T01:30:00+00:00"),
        *((each, each) for each in ("", "soon", "0001-01-01T00:00:00+14:00")),
        ("9999-12-31T23:59:59-14:00", "9999-12-31T23:59:59-14:00"),
    ],
)
def test_a_moment_of_an_issuer_is_spelled_as_ours_are(text: str, spelled: str):
    assert in_utc(text) == spelled
