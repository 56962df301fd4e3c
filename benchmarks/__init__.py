"""Benchmarks: what is promised is measured; each prints `name: value (must reach …)`, and none is a timed test."""
