"""The playground: a make-believe Slack that runs the real bot, beside it and never inside its image."""
