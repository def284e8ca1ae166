"""Measures the pages people wait for, on a province ten times the size of a real plan. Run with `make bench`."""
