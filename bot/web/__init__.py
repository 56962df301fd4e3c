"""The Starlette app: Slack's doors, health, metrics, and later the report and archive pages."""
