"""How it went: a light bump, "Did you meet?", one tap on how it was, a thank-you, and the note in the channel."""
