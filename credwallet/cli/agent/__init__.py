"""Who keeps an unlocked wallet's key between two commands?

One process a wallet, made by `credwallet unlock`, which answers programs of the same
user over a socket in the file system. It holds the vault key alone, opens no file of
the wallet and no connection, and wipes the key when its time is up or `credwallet lock`
says so. This folder is the one exception to "sockets only in fetch".
"""
