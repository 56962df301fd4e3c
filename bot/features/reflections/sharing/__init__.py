"""Sharing: a reflection can be read by the people its writer names, for as long as they say."""
