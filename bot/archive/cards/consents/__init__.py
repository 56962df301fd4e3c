"""Consents: nobody's words are read by others before they agreed to exactly these."""
