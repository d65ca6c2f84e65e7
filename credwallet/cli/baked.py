"""Made by `python -m credwallet.cli.helping.baking`; do not edit.

For each command what stands at its positions, then its options: the kind of the word
is `@` and a kind of the wallet's index, choices, or `file`; `=` means that a value
follows.
"""

# ruff: noqa: E501 -- the choices of an option stay in one piece

EVERYWHERE = (
    "--json --quiet --verbose --no-color --no-input --offline --online --home= "
    "--profile= --color=auto|never|always --passphrase-file= --passphrase-fd= "
    "--passphrase-command="
)

COMMANDS = {
    "init": "--anywhere --no-recovery --recovery-file=",
    "demo": "--keep=",
    "import": (
        "file... --atomic --documents= --dry-run --keep-invalid --restore "
        "--tag=@tag --trust-list="
    ),
    "list": (
        "--collection=@collection --expiring= --filter=@filter --issuer= --query= "
        "--save= --skill= --sort=name|issuer|from|until|verdict --tag=@tag --trash "
        "--type= "
        "--verdict=malformed|invalid|revoked|suspended|expired|not-yet-valid|undetermined|valid"
    ),
    "show": "@handle --image --no-image --raw",
    "verify": (
        "@handle... --all --at= --collection=@collection --documents= "
        "--filter=@filter --refresh --require-known-issuer --trust-list="
    ),
    "check": "@handle... --documents= --dry-run --fail-if= --keep-baseline",
    "refresh": "@handle... --all --documents= --dry-run",
    "skills": (
        "--all --by=framework|kind|credential --collection=@collection "
        "--filter=@filter --framework= "
        "--include=malformed|invalid|revoked|suspended|expired|not-yet-valid|undetermined|valid "
        "--issuer= --kind=hard|soft --query= --tag=@tag "
        "--verdict=malformed|invalid|revoked|suspended|expired|not-yet-valid|undetermined|valid"
    ),
    "timeline": (
        "--collection=@collection --filter=@filter --from= --issuer= --query= "
        "--skill= --tag=@tag --type= --until= "
        "--verdict=malformed|invalid|revoked|suspended|expired|not-yet-valid|undetermined|valid"
    ),
    "stack-progress": (
        "@qualification... --as-of= --assume --assume-unverified --compare --force "
        "--html= --imply --ladder --lasting --no-require-satisfied --no-wallet "
        "--offers= --qualification= --require-satisfied --what-if= --why"
    ),
    "next": (
        "@qualification... --as-of= --assume --assume-unverified --budget= "
        "--currency= --goal=@qualification --limit= --mode=online|face|blended "
        "--no-wallet --offers= --qualification= --rate= "
        "--sort=finishes|gain|cost-per-point|cost|hours --what-if="
    ),
    "plan": (
        "@qualification --as-of= --assume --assume-unverified --budget= --by= "
        "--currency= --hours= --minimise=cost|hours --mode=online|face|blended "
        "--no-wallet --offers= --per-week= --qualification= --rate= --what-if="
    ),
    "qualification": "",
    "qualification examples": (
        "comptia/cios|comptia/csss|comptia/ccap|comptia/cnip|comptia/clnp|comptia/csis|comptia/cscp|comptia/csap|comptia/cnvp|comptia/cnsp|comptia/csae|comptia/csie|my/diploma|micromasters/scm|micromasters/master|hku-space/theme... "
        "--add"
    ),
    "qualification import": "file --add --force --out=",
    "qualification link": "@handle @qualification file --credits= --evidence=@handle",
    "qualification waive": "@qualification file --evidence=@handle",
    "qualification exceptions": "",
    "qualification unlink": "@qualification file",
    "qualification add": "file...",
    "qualification list": "",
    "qualification show": "@qualification",
    "qualification lint": "file...",
    "qualification remove": "@qualification",
    "goal": "",
    "goal add": "@qualification --by= --occupation= --priority= --why=",
    "goal list": "",
    "goal remove": "@goal",
    "offer": "",
    "offer add": "file...",
    "offer list": "",
    "offer remove": "@offer",
    "policy": "",
    "policy check": (
        "@handle... --documents= --policy=eu-2022|nz|my-apel-c|my-apel-m --require "
        "--trust-list="
    ),
    "policy list": "",
    "policy show": "eu-2022|nz|my-apel-c|my-apel-m --limits",
    "share": (
        "@handle... --anyway "
        "--as=file|link|html|pdf|vp|vp-jwt|sd-jwt|linkedin|verifierplus|resume|markdown "
        "--bake= --collection=@collection --dense --expires= --font= --for= --force "
        "--key=@key --nonce= --number= --open --out= --page= --qr=auto|png|svg|term "
        "--reveal= --upload --url= --yes -y"
    ),
    "share log": "@handle... --clear --yes -y",
    "share page": "--force --out=",
    "portfolio": (
        "@handle... --about= --all --anyway --collection=@collection "
        "--filter=@filter --for= --force --issuer= --name= --out= --query= --skill= "
        "--tag=@tag --type= --yes -y"
    ),
    "export": (
        "@handle... --all --collection=@collection --filter=@filter --force "
        "--format=credwallet|lcw|universal-wallet|jsonl|zip --issuer= --out= "
        "--query= --skill= --tag=@tag --type= "
        "--verdict=malformed|invalid|revoked|suspended|expired|not-yet-valid|undetermined|valid"
    ),
    "issuer": "",
    "issuer list": "",
    "issuer trust": "file --name=",
    "issuer distrust": "file",
    "issuer registry": "",
    "issuer registry add": "file file --kind=dcc-legacy|oidf --name=",
    "issuer registry list": "",
    "issuer registry refresh": "file...",
    "issuer registry remove": "file",
    "context": "",
    "context list": "--all",
    "context add": "file file --allow-vocab",
    "context remove": "file",
    "identity": "",
    "identity list": "",
    "identity add": "file",
    "identity remove": "file",
    "key": "",
    "key create": "file --type=ed25519|p256",
    "key import": "file --name= --profiles",
    "key list": "",
    "key export": "@key --force --format=jwk|multibase --out= --yes -y",
    "key remove": "@key --yes -y",
    "tag": "@handle... --add=@tag --remove=@tag",
    "note": "@handle --text=",
    "collection": "",
    "collection add": "@collection @handle...",
    "collection remove": "@collection @handle... --gone",
    "collection list": "",
    "collection show": "@collection",
    "filter": "",
    "filter list": "",
    "filter remove": "@filter",
    "remove": "@handle...",
    "restore": "@handle...",
    "purge": "@handle... --yes -y",
    "unlock": "--for=",
    "lock": "",
    "passphrase": "",
    "passphrase change": "--new-passphrase-fd= --new-passphrase-file=",
    "recover": (
        "--keep-recovery-code --new-passphrase-fd= --new-passphrase-file= "
        "--recovery-code-file= --recovery-file="
    ),
    "rekey": "--no-recovery --recovery-file=",
    "keyring": "",
    "keyring enable": "",
    "keyring disable": "",
    "keyring status": "",
    "backup": "file --deep --force",
    "restore-backup": "file --yes -y",
    "doctor": "--deep",
    "accept-rollback": "--yes -y",
    "config": "",
    "config list": "",
    "config get": (
        "offline|color|images|completion|passphrase-file|passphrase-command|share.page|check.fail-if|profile.default"
    ),
    "config set": (
        "offline|color|images|completion|passphrase-file|passphrase-command|share.page|check.fail-if|profile.default "
        "file"
    ),
    "config unset": (
        "offline|color|images|completion|passphrase-file|passphrase-command|share.page|check.fail-if|profile.default"
    ),
    "config path": "",
    "config profiles": "",
    "completion": "bash|zsh|fish|powershell",
    "help": (
        "exit-codes|formats|config|environment|init|demo|import|list|show|verify|check|refresh|skills|timeline|stack-progress|next|plan|qualification|goal|offer|policy|share|portfolio|export|issuer|context|identity|key|tag|note|collection|filter|remove|restore|purge|unlock|lock|passphrase|recover|rekey|keyring|backup|restore-backup|doctor|accept-rollback|completion|help..."
    ),
}
