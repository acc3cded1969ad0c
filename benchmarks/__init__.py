"""Benchmarks: reproducible measurements, not part of the product."""
