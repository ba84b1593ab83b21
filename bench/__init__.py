"""Benchmarks: figures beside their floor, measured in the same run. Nothing here is asserted."""
