"""Made by `python -m credwallet.cli.baking`; do not edit."""

ROOT_HELP = (
    "Usage: credwallet COMMAND [ARGUMENTS]\n"
    "\n"
    "Your own wallet for micro-credentials: keep, verify, stack and share them.\n"
    "\n"
    "  credwallet import badge.json      verify a badge and keep it\n"
    "  credwallet stack-progress         see what your badges add up to\n"
    "  credwallet share ID --qr          hand one over\n"
    "  credwallet demo                   see it at work, in a throw-away wallet\n"
    "\n"
    "Commands:\n"
    "  init            Make a wallet.\n"
    "  import          Verify badges and put them into the wallet.\n"
    "  list            List the credentials in the wallet.\n"
    "  show            Show one credential, or its bytes with --raw.\n"
    "  verify          Report what was checked, what was not, and why.\n"
    "  stack-progress  Show which qualifications the credentials add up to.\n"
    "  share           Hand a credential over as a file, a link or a QR code.\n"
    "  qualification   Keep qualification files in the wallet.\n"
    "  issuer          Say which issuers you know.\n"
    "  context         Keep JSON-LD contexts beyond the bundled ones.\n"
    "  identity        Say which e-mail addresses and DIDs are yours.\n"
    "  tag             Put tags on a credential, or take them off.\n"
    "  note            Keep a note with a credential.\n"
    "  remove          Move credentials to the trash.\n"
    "  restore         Take credentials back out of the trash.\n"
    "  purge           Delete credentials of the trash for good.\n"
    "  export          Write credentials to files, byte for byte.\n"
    "  demo            See it all at work in a throw-away wallet.\n"
    "  completion      Print the completion script of a shell.\n"
    "  help            Explain exit codes and formats.\n"
    "\n"
    "Everywhere: --json, -q/--quiet, --verbose, --no-color, --no-input, --offline,\n"
    "  --home DIR, --passphrase-file FILE, --passphrase-fd N.\n"
    "\n"
    "More on a command: credwallet COMMAND --help. Version: credwallet --version.\n"
)

GLOBAL_OPTIONS = (
    "--home",
    "--json",
    "--no-color",
    "--no-input",
    "--offline",
    "--passphrase-fd",
    "--passphrase-file",
    "--quiet",
    "--verbose",
)

COMMANDS = {
    "init": (
        "--no-recovery",
        "--recovery-file",
        "--help",
    ),
    "import": (
        "--atomic",
        "--documents",
        "--dry-run",
        "--keep-invalid",
        "--tag",
        "--trust-list",
        "--help",
    ),
    "list": (
        "--expiring",
        "--issuer",
        "--query",
        "--skill",
        "--sort",
        "--tag",
        "--trash",
        "--type",
        "--verdict",
        "--help",
    ),
    "show": (
        "--raw",
        "--help",
    ),
    "verify": (
        "--all",
        "--at",
        "--documents",
        "--refresh",
        "--require-known-issuer",
        "--trust-list",
        "--help",
    ),
    "stack-progress": (
        "--as-of",
        "--assume",
        "--assume-unverified",
        "--imply",
        "--no-wallet",
        "--qualification",
        "--require-satisfied",
        "--what-if",
        "--why",
        "--help",
    ),
    "share": (
        "--anyway",
        "--as",
        "--dense",
        "--force",
        "--number",
        "--out",
        "--page",
        "--qr",
        "--url",
        "--yes",
        "--help",
    ),
    "qualification": ("--help",),
    "qualification add": ("--help",),
    "qualification list": ("--help",),
    "qualification show": ("--help",),
    "qualification lint": ("--help",),
    "qualification remove": ("--help",),
    "issuer": ("--help",),
    "issuer list": ("--help",),
    "issuer trust": (
        "--name",
        "--help",
    ),
    "issuer distrust": ("--help",),
    "issuer registry": ("--help",),
    "issuer registry add": (
        "--kind",
        "--name",
        "--help",
    ),
    "issuer registry list": ("--help",),
    "issuer registry refresh": ("--help",),
    "issuer registry remove": ("--help",),
    "context": ("--help",),
    "context list": (
        "--all",
        "--help",
    ),
    "context add": (
        "--allow-vocab",
        "--help",
    ),
    "context remove": ("--help",),
    "identity": ("--help",),
    "identity list": ("--help",),
    "identity add": ("--help",),
    "identity remove": ("--help",),
    "tag": (
        "--add",
        "--remove",
        "--help",
    ),
    "note": (
        "--text",
        "--help",
    ),
    "remove": ("--help",),
    "restore": ("--help",),
    "purge": (
        "--yes",
        "--help",
    ),
    "export": (
        "--all",
        "--force",
        "--out",
        "--help",
    ),
    "demo": (
        "--keep",
        "--help",
    ),
    "completion": ("--help",),
    "help": ("--help",),
}

TAKES_HANDLES = (
    "show",
    "verify",
    "share",
    "tag",
    "note",
    "remove",
    "restore",
    "purge",
    "export",
)

TAKES_VALUE = (
    "--add",
    "--as",
    "--as-of",
    "--at",
    "--documents",
    "--expiring",
    "--home",
    "--issuer",
    "--keep",
    "--kind",
    "--name",
    "--number",
    "--out",
    "--page",
    "--passphrase-fd",
    "--passphrase-file",
    "--qr",
    "--qualification",
    "--query",
    "--recovery-file",
    "--remove",
    "--skill",
    "--sort",
    "--tag",
    "--text",
    "--trust-list",
    "--type",
    "--url",
    "--verdict",
    "--what-if",
)
