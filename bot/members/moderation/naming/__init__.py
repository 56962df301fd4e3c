"""Naming: leads ask people to moderate, and whoever was asked may step down at any time."""
