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
    "  next             Rank what could be earned next by what it would finish.\n"
    "  plan             Find the cheapest way to finish a qualification.\n"
    "  share            Hand a credential over as a file, a link or a QR code.\n"
    "  portfolio        Put several credentials on one web page.\n"
    "  qualification    Keep qualification files in the wallet.\n"
    "  goal             Say which qualifications you want, and by when.\n"
    "  offer            Keep what could be earned next in the wallet.\n"
    "  policy           Hold credentials against policies, such as the EU's.\n"
    "  issuer           Say which issuers you know.\n"
    "  context          Keep JSON-LD contexts beyond the bundled ones.\n"
    "  identity         Say which e-mail addresses and DIDs are yours.\n"
    "  key              Keep keys of your own, to prove that badges are yours.\n"
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
    "init": ("--anywhere", "--no-recovery", "--recovery-file"),
    "import": (
        "--atomic",
        "--documents",
        "--dry-run",
        "--keep-invalid",
        "--restore",
        "--tag",
        "--trust-list",
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
    ),
    "show": ("--raw",),
    "verify": (
        "--all",
        "--at",
        "--documents",
        "--refresh",
        "--require-known-issuer",
        "--trust-list",
    ),
    "stack-progress": (
        "--as-of",
        "--assume",
        "--assume-unverified",
        "--compare",
        "--force",
        "--html",
        "--imply",
        "--ladder",
        "--lasting",
        "--no-wallet",
        "--offers",
        "--qualification",
        "--require-satisfied",
        "--what-if",
        "--why",
    ),
    "next": (
        "--as-of",
        "--assume",
        "--assume-unverified",
        "--budget",
        "--currency",
        "--goal",
        "--limit",
        "--mode",
        "--no-wallet",
        "--offers",
        "--qualification",
        "--rate",
        "--sort",
        "--what-if",
    ),
    "plan": (
        "--as-of",
        "--assume",
        "--assume-unverified",
        "--budget",
        "--by",
        "--currency",
        "--hours",
        "--minimise",
        "--mode",
        "--no-wallet",
        "--offers",
        "--per-week",
        "--qualification",
        "--rate",
        "--what-if",
    ),
    "share": (
        "--anyway",
        "--as",
        "--bake",
        "--dense",
        "--expires",
        "--font",
        "--for",
        "--force",
        "--key",
        "--nonce",
        "--number",
        "--open",
        "--out",
        "--page",
        "--qr",
        "--reveal",
        "--upload",
        "--url",
        "--yes",
    ),
    "share log": ("--clear", "--yes"),
    "share page": ("--force", "--out"),
    "portfolio": (
        "--about",
        "--all",
        "--anyway",
        "--for",
        "--force",
        "--issuer",
        "--name",
        "--out",
        "--query",
        "--skill",
        "--tag",
        "--yes",
    ),
    "qualification": (),
    "qualification examples": ("--add",),
    "qualification import": ("--add", "--force", "--out"),
    "qualification link": ("--credits", "--evidence"),
    "qualification waive": ("--evidence",),
    "qualification exceptions": (),
    "qualification unlink": (),
    "qualification add": (),
    "qualification list": (),
    "qualification show": (),
    "qualification lint": (),
    "qualification remove": (),
    "goal": (),
    "goal add": ("--by", "--occupation", "--priority", "--why"),
    "goal list": (),
    "goal remove": (),
    "offer": (),
    "offer add": (),
    "offer list": (),
    "offer remove": (),
    "policy": (),
    "policy check": ("--documents", "--policy", "--require", "--trust-list"),
    "policy list": (),
    "policy show": ("--limits",),
    "issuer": (),
    "issuer list": (),
    "issuer trust": ("--name",),
    "issuer distrust": (),
    "issuer registry": (),
    "issuer registry add": ("--kind", "--name"),
    "issuer registry list": (),
    "issuer registry refresh": (),
    "issuer registry remove": (),
    "context": (),
    "context list": ("--all",),
    "context add": ("--allow-vocab",),
    "context remove": (),
    "identity": (),
    "identity list": (),
    "identity add": (),
    "identity remove": (),
    "key": (),
    "key create": ("--type",),
    "key import": ("--name", "--profiles"),
    "key list": (),
    "key export": ("--force", "--format", "--out", "--yes"),
    "key remove": ("--yes",),
    "tag": ("--add", "--remove"),
    "note": ("--text",),
    "remove": (),
    "restore": (),
    "purge": ("--yes",),
    "export": ("--all", "--force", "--format", "--out"),
    "unlock": ("--for",),
    "lock": (),
    "backup": ("--deep", "--force"),
    "restore-backup": ("--yes",),
    "doctor": ("--deep",),
    "accept-rollback": ("--yes",),
    "passphrase": (),
    "passphrase change": ("--new-passphrase-fd", "--new-passphrase-file"),
    "recover": (
        "--keep-recovery-code",
        "--new-passphrase-fd",
        "--new-passphrase-file",
        "--recovery-code-file",
        "--recovery-file",
    ),
    "rekey": ("--no-recovery", "--recovery-file"),
    "keyring": (),
    "keyring enable": (),
    "keyring disable": (),
    "keyring status": (),
    "demo": ("--keep",),
    "completion": (),
    "help": (),
}

TAKES_HANDLES = (
    "show",
    "verify",
    "share",
    "share log",
    "portfolio",
    "qualification link",
    "policy check",
    "tag",
    "note",
    "remove",
    "restore",
    "purge",
    "export",
)

TAKES_VALUE = (
    "--about",
    "--add",
    "--as",
    "--as-of",
    "--at",
    "--bake",
    "--budget",
    "--by",
    "--credits",
    "--currency",
    "--documents",
    "--evidence",
    "--expires",
    "--expiring",
    "--font",
    "--for",
    "--format",
    "--goal",
    "--home",
    "--hours",
    "--html",
    "--issuer",
    "--keep",
    "--key",
    "--kind",
    "--limit",
    "--minimise",
    "--mode",
    "--name",
    "--new-passphrase-fd",
    "--new-passphrase-file",
    "--nonce",
    "--number",
    "--occupation",
    "--offers",
    "--out",
    "--page",
    "--passphrase-command",
    "--passphrase-fd",
    "--passphrase-file",
    "--per-week",
    "--policy",
    "--priority",
    "--qr",
    "--qualification",
    "--query",
    "--rate",
    "--recovery-code-file",
    "--recovery-file",
    "--remove",
    "--reveal",
    "--skill",
    "--sort",
    "--tag",
    "--text",
    "--trust-list",
    "--type",
    "--url",
    "--verdict",
    "--what-if",
    "--why",
)
