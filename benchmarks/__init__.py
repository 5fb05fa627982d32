"""Measurements of speed, growth, memory and start-up; `python -m benchmarks --help`."""
