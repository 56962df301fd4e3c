"""The playground's page: Heron, a small chat client in which people see and click a bot."""
