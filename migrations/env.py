"""Alembic's way in: complete metadata, our names, and a connection that bot/migrate.py lends."""

from alembic import context

from bot.app import METADATA
from bot.schema import is_compared


def run() -> None:
    """Run the migrations on the connection that was lent, inside its transaction."""
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        compare_server_default=True,
        include_name=is_compared,
    )
    with context.begin_transaction():
        context.run_migrations()


run()
