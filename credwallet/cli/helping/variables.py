"""Which environment variables are read, and what do they mean?"""

VARIABLES = {
    "CREDWALLET_HOME": "folder of the wallet, as --home",
    "CREDWALLET_PROFILE": "which profile is used, as --profile",
    "CREDWALLET_CONFIG": "the configuration file; empty for none",
    "CREDWALLET_PASSPHRASE_FILE": "file of the passphrase, as --passphrase-file",
    "CREDWALLET_PAGE": "address of the page that links open, as share --page",
    "NO_COLOR": "set and not empty: no colour",
    "FORCE_COLOR": "set and not empty: colour also where there is no terminal",
    "TERM": "dumb: no colour, no picture",
    "COLUMNS": "how wide the terminal is",
    "XDG_DATA_HOME": "where wallets lie on Linux, else ~/.local/share",
    "XDG_CONFIG_HOME": "where the configuration lies on Linux, else ~/.config",
    "XDG_STATE_HOME": "where is remembered which wallet is the latest, on Linux",
    "XDG_RUNTIME_DIR": "where the agent of unlock listens",
}
"""In the order in which they are told; CREDWALLET_PASSPHRASE is refused on purpose."""
