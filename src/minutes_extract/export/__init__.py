"""What records become besides JSON lines: one module a format."""
