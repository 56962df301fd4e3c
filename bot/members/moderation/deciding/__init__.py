"""Deciding: somebody looks at what was reported, and puts it back or keeps it hidden; everybody concerned hears so."""
