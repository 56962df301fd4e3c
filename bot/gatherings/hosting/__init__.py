"""Whoever hosts: edits, moves, calls off, invites people, names a co-host, adds the recording; leads may, too."""
