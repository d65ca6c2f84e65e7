"""Table 1e: texts that try to act on whoever shows them."""

from collections.abc import Iterator
from typing import Any

from tests.hostile.badges import VARIANTS, Group, achievement, badge, subject
from tests.hostile.hostile_file import Expect, HostileFile
from tests.hostile.signing import HARBOUR, JsonObject

GROUP = Group("showing")
JCS, RDFC, JWT = VARIANTS


def files() -> Iterator[HostileFile]:
    yield from _terminal()
    yield from _deceiving()
    yield from _mixed()
    yield from _markup()
    yield from _elsewhere()
    yield from _pointed()


def _signed(
    id_: str,
    document: JsonObject,
    why: str,
    expect: Expect,
    *,
    variants: tuple[str, ...] = VARIANTS,
    **more: Any,
) -> Iterator[HostileFile]:
    """Give each file an identifier of its own, so that one wallet keeps them all."""
    for variant in variants:
        own = {**document, "id": f"urn:x:{id_}:{variant}"}
        yield from GROUP.signed(id_, own, why, expect, variants=(variant,), **more)


def _everywhere(text: str, *, issuer: bool = True) -> dict[str, Any]:
    """Put a text wherever a person would read it."""
    named = (
        {**HARBOUR.profile, "name": f"Harbour {text}"} if issuer else HARBOUR.profile
    )
    return badge(
        name=f"Knots {text}",
        description=f"About {text}",
        issuer=named,
        credentialSubject=subject(
            achievement=achievement(
                name=f"Knots {text}",
                description=f"About {text}",
                criteria={"narrative": f"Criteria {text}"},
                humanCode=f"K {text}",
                tag=[f"tag {text}"],
                alignment=[
                    {
                        "type": ["Alignment"],
                        "targetName": f"Skill {text}",
                        "targetUrl": "https://skills.example.org/rope",
                    }
                ],
            ),
        ),
        evidence=[{"type": ["Evidence"], "narrative": f"Work {text}"}],
    )


def _texts(
    row: str,
    cases: tuple[tuple[str, str], ...],
    why: str,
    *,
    variants: tuple[str, ...] = (JCS, JWT),
    **more: Any,
) -> Iterator[HostileFile]:
    for name, text in cases:
        yield from _signed(
            f"{row}/{name}",
            _everywhere(text),
            why,
            "accept-safely",
            variants=variants,
            **more,
        )


def _terminal() -> Iterator[HostileFile]:
    yield from _texts(
        "terminal-codes",
        (
            ("escape", "\x1b"),
            ("clear-screen", "\x1b[2J\x1b[H"),
            ("colour", "\x1b[32mvalid\x1b[0m"),
            ("title", "\x1b]0;owned\x07"),
            ("link", "\x1b]8;;https://evil.example\x1b\\Degree\x1b]8;;\x1b\\"),
            ("clipboard", "\x1b]52;c;ZXZpbA==\x07"),
            ("query", "\x1b[6n\x1b[c"),
            ("c1", "\x9b2J\x9d0;x\x9c\x90q"),
            ("bell-and-backspace", "\x07\x08\x08\x7f"),
            ("nul", "\x00"),
            ("carriage-return", "\rvalid       "),
            ("line-feed", "\nvalid\tproof\tpassed"),
            ("line-separators", "\u2028valid\u2029\x85\x0b\x0c"),
            ("tab", "\tvalid\tvalid"),
            ("shift-out", "\x0e\x0f"),
        ),
        "a control character in every text",
        variants=VARIANTS,
    )


def _deceiving() -> Iterator[HostileFile]:
    row = "deceiving-characters"
    yield from _texts(
        row,
        (
            ("override", "\u202egnp.exe\u202c"),
            ("embedding", "\u202a\u202b\u202c"),
            ("isolates", "\u2066\u2067\u2068\u2069"),
            ("marks", "\u200e\u200f\u061c"),
            ("zero-width", "a\u200bb\u200cc\u200dd\u2060e\ufeff"),
            ("tags", "\U000e0041\U000e0042\U000e007f"),
            ("variations", "x\ufe00\U000e0100"),
            ("soft-hyphen", "val\u00adid"),
            ("fillers", "\u3164\u115f\u1160\uffa0"),
            ("braille-blank", "\u2800\u2800\u2800"),
            ("invisible-operators", "\u2061\u2062\u2063\u2064"),
            ("musical-and-shorthand", "\U0001d173\U0001d17a\U0001bca0"),
            ("private-use", "\ue000\U000f0000"),
            ("unassigned", "\u0378\uffff\U0001fffe"),
            ("zalgo", "Z" + "\u0301\u0316\u0334\u0346" * 500),
            ("annotations", "\ufff9\ufffa\ufffb"),
            ("no-break-spaces", "\u00a0\u2007\u202f"),
        ),
        "characters that are not seen, or that turn text round",
        variants=(JCS, RDFC),
    )
    for name, text in (
        ("two-mebibytes", "x" * 2 * 1024 * 1024),
        ("wide", "\u7d50" * 300_000),
        ("one-word", "\u0e01" * 10_000),
    ):
        yield from _signed(
            f"{row}/{name}",
            badge(name=text, issuer={**HARBOUR.profile, "name": text}),
            "a name without end",
            "accept-safely",
            variants=(JCS, JWT),
            costly=True,
        )


def _mixed() -> Iterator[HostileFile]:
    row = "mixed-scripts"
    for name, text in (
        ("cyrillic-in-latin", "Harb\u043eur College"),
        ("latin-in-cyrillic", "\u041c\u043ec\u043a\u0432\u0430"),
        ("greek-in-latin", "Harb\u03bfur College"),
        ("armenian-in-latin", "H\u0561rbour College"),
        ("cherokee-in-latin", "\u13aaollege"),
        ("whole-word-of-another", "\u0420\u0430ypal"),
        ("latin-in-greek", "\u0391\u03b8\u03b7v\u03b1"),
    ):
        yield from _signed(
            f"{row}/{name}",
            badge(issuer={**HARBOUR.profile, "name": text}),
            "letters of two scripts in one word of the issuer's name",
            "warn",
            answers=("valid",),
            problem="mixed-scripts",
        )


def _markup() -> Iterator[HostileFile]:
    yield from _texts(
        "markup",
        (
            ("rich", "[bold red]invalid[/bold red]"),
            ("rich-unbalanced", "[/bold][link=https://evil.example]x"),
            ("rich-error", "[/]"),
            ("emoji", ":white_check_mark: verified"),
            ("format", "{0.__class__} %s %(x)s %n"),
            (
                "markdown-link",
                "[verify](javascript:alert(1)) ![x](https://track.never.example/1)",
            ),
            ("template", "{{7*7}} ${7*7} <%= 7*7 %>"),
            ("shell", "$(touch /nowhere) `id` ; rm -rf ."),
        ),
        "markup of a terminal, a page or a template",
    )
    yield from _texts(
        "html",
        (
            ("script", "<script>alert(1)</script>"),
            (
                "attribute",
                '" onmouseover="alert(1)" x="\'><img src=x onerror=alert(1)>',
            ),
            ("svg", "<svg onload=alert(1)>"),
            ("comment", "--><!-- ]]> <![CDATA["),
            ("entity", "&lt;script&gt;&#60;"),
            (
                "closing",
                "</title></style></textarea></script><script>alert(1)</script>",
            ),
        ),
        "markup of a web page",
    )


def _elsewhere() -> Iterator[HostileFile]:
    for row, cases, why in (
        (
            "csv-formulas",
            (
                ("equals", "=cmd|' /C calc'!A0"),
                ("plus", "+1+1"),
                ("minus", "-1+1"),
                ("at", "@SUM(1)"),
                ("tab", "\t=1"),
                ("quote", '","=1","'),
            ),
            "a name that a spreadsheet would calculate",
        ),
        (
            "pdf-operators",
            (
                ("text", ") Tj /F1 12 Tf (owned"),
                ("script", "<< /S /JavaScript /JS (app.alert(1)) >>"),
                ("backslash", "\\) \\\\ \\("),
                ("end", "endstream endobj"),
            ),
            "a name that a PDF would obey",
        ),
        (
            "file-names",
            (
                ("parent", "../../../../etc/cron.d/x"),
                ("absolute", "/etc/passwd"),
                ("windows", "..\\..\\x C:\\x"),
                ("device", "CON.json"),
                ("nul", "x\x00.json"),
                ("dash", "-rf"),
                ("dots", ".."),
                ("empty", " "),
                ("long", "n" * 5000),
            ),
            "a name that would be a path",
        ),
    ):
        for name, text in cases:
            document = badge(
                name=text, credentialSubject=subject(achievement=achievement(name=text))
            )
            yield from _signed(
                f"{row}/{name}", document, why, "accept-safely", variants=(JCS,)
            )


def _pointed() -> Iterator[HostileFile]:
    row = "tracking-addresses"
    track = "https://track.never.example/1.png"
    image = {"id": track, "type": "Image"}
    for name, document in (
        (
            "achievement-image",
            badge(credentialSubject=subject(achievement=achievement(image=image))),
        ),
        ("credential-image", badge(image=image)),
        (
            "issuer-image-and-url",
            badge(issuer={**HARBOUR.profile, "image": image, "url": track}),
        ),
        (
            "criteria",
            badge(
                credentialSubject=subject(
                    achievement=achievement(criteria={"id": track})
                )
            ),
        ),
        ("evidence", badge(evidence=[{"id": track, "type": ["Evidence"]}])),
        ("terms-of-use", badge(termsOfUse=[{"id": track, "type": "x:Policy"}])),
        ("javascript", badge(issuer={**HARBOUR.profile, "url": "javascript:alert(1)"})),
    ):
        yield from _signed(
            f"{row}/{name}",
            document,
            "addresses that would tell the issuer who looks",
            "accept-safely",
            variants=(JCS, JWT),
        )
