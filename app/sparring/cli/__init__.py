"""The subcommands of `sparring`."""
