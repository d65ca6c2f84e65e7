"""`python -m credwallet`, and the entry point of the installed command.

`--version`, `--help` and completion are answered before Typer is imported, from text
that a test proves fresh.
"""

import sys


def main() -> int:
    """Run the command line; returns the exit code."""
    from credwallet.cli import fast  # noqa: PLC0415 -- so that tests can import this

    code = fast.answer(sys.argv[1:])
    if code is not None:
        return code
    try:
        from credwallet.cli import running  # noqa: PLC0415 -- the slow way, when needed

        return running.main()
    except KeyboardInterrupt:
        # While modules were loaded: nothing was begun.
        sys.stderr.write("\n")
        return 130


if __name__ == "__main__":
    sys.exit(main())
