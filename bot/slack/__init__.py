"""The wire to Slack, with no idea of mentoring."""
