"""Live roundtables: several teams meet on a date, at mixed tables, about topics they voted on."""
