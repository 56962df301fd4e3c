"""The command line: one file per command, each a thin layer over what the bot can do."""

from bot.commands.deliveries import deliveries
from bot.commands.doctor import doctor
from bot.commands.healthcheck import healthcheck
from bot.commands.jobs import jobs
from bot.commands.keys import new_key, rotate_keys
from bot.commands.manifest import manifest
from bot.commands.migrate import migrate
from bot.commands.rounds import rounds
from bot.commands.serve import serve

COMMANDS = (serve, migrate, doctor, manifest, jobs, rounds, deliveries, new_key, rotate_keys, healthcheck)
