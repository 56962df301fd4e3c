"""The library in a lead's hands: reading, changing, switching off, adding, importing."""
