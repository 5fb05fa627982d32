"""The command line: one module a command, no logic of its own.

Exit codes: 0 fine, 1 wrong use, 3 some documents failed (they are in `failures.jsonl`), 130 stopped by Ctrl-C.
"""
