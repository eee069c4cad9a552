"""The commands of `tscp`, one module each; imported only when called. See tscp/cli.py."""
