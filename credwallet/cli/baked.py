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
    "  init             Make a wallet.\n"
    "  import           Verify badges and put them into the wallet.\n"
    "  list             List the credentials in the wallet.\n"
    "  show             Show one credential, or its bytes with --raw.\n"
    "  verify           Report what was checked, what was not, and why.\n"
    "  stack-progress   Show which qualifications the credentials add up to.\n"
    "  share            Hand a credential over as a file, a link or a QR code.\n"
    "  qualification    Keep qualification files in the wallet.\n"
    "  issuer           Say which issuers you know.\n"
    "  context          Keep JSON-LD contexts beyond the bundled ones.\n"
    "  identity         Say which e-mail addresses and DIDs are yours.\n"
    "  tag              Put tags on a credential, or take them off.\n"
    "  note             Keep a note with a credential.\n"
    "  remove           Move credentials to the trash.\n"
    "  restore          Take credentials back out of the trash.\n"
    "  purge            Delete credentials of the trash for good.\n"
    "  export           Write credentials to files, byte for byte.\n"
    "  unlock           Keep the wallet's key ready for a while.\n"
    "  lock             Forget the key that unlock keeps.\n"
    "  backup           Copy the wallet into one file, encrypted as it is.\n"
    "  restore-backup   Put a backup in the place of the wallet.\n"
    "  doctor           Look for what is wrong with the wallet.\n"
    "  accept-rollback  Go on with an older wallet that you put back.\n"
    "  passphrase       Change the passphrase of the wallet.\n"
    "  recover          Open the wallet with the recovery code, set it anew.\n"
    "  rekey            Make a new data key, and seal everything under it.\n"
    "  keyring          Let the keyring of this system open the wallet.\n"
    "  demo             See it all at work in a throw-away wallet.\n"
    "  completion       Print the completion script of a shell.\n"
    "  help             Explain exit codes and formats.\n"
    "\n"
    "Everywhere: --json, -q/--quiet, --verbose, --no-color, --no-input, --offline,\n"
    "  --home DIR, --passphrase-file FILE, --passphrase-fd N, --passphrase-command\n"
    "  COMMAND.\n"
    "\n"
    "More on a command: credwallet COMMAND --help. Version: credwallet --version.\n"
)

GLOBAL_OPTIONS = (
    "--home",
    "--json",
    "--no-color",
    "--no-input",
    "--offline",
    "--passphrase-command",
    "--passphrase-fd",
    "--passphrase-file",
    "--quiet",
    "--verbose",
)

COMMANDS = {
    "init": (
        "--anywhere",
        "--no-recovery",
        "--recovery-file",
        "--help",
    ),
    "import": (
        "--atomic",
        "--documents",
        "--dry-run",
        "--keep-invalid",
        "--restore",
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
        "--format",
        "--out",
        "--help",
    ),
    "unlock": (
        "--for",
        "--help",
    ),
    "lock": ("--help",),
    "backup": (
        "--deep",
        "--force",
        "--help",
    ),
    "restore-backup": (
        "--yes",
        "--help",
    ),
    "doctor": (
        "--deep",
        "--help",
    ),
    "accept-rollback": (
        "--yes",
        "--help",
    ),
    "passphrase": ("--help",),
    "passphrase change": (
        "--new-passphrase-fd",
        "--new-passphrase-file",
        "--help",
    ),
    "recover": (
        "--keep-recovery-code",
        "--new-passphrase-fd",
        "--new-passphrase-file",
        "--recovery-code-file",
        "--recovery-file",
        "--help",
    ),
    "rekey": (
        "--no-recovery",
        "--recovery-file",
        "--help",
    ),
    "keyring": ("--help",),
    "keyring enable": ("--help",),
    "keyring disable": ("--help",),
    "keyring status": ("--help",),
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
    "--for",
    "--format",
    "--home",
    "--issuer",
    "--keep",
    "--kind",
    "--name",
    "--new-passphrase-fd",
    "--new-passphrase-file",
    "--number",
    "--out",
    "--page",
    "--passphrase-command",
    "--passphrase-fd",
    "--passphrase-file",
    "--qr",
    "--qualification",
    "--query",
    "--recovery-code-file",
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
