"""The archive's index: FTS5 or a tsvector, kept in step with insights.search_text by triggers.

Whoever rebuilds the table insights on SQLite (a batch operation does) makes these triggers again.
"""

from collections.abc import Sequence

from alembic import op

revision: str = "0011_find_insights"
down_revision: str | None = "0010_questions"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

# Tokens are ASCII letters, digits and _, so that nothing is left for a tokenizer to decide. Positions aren't kept.
# Each carries its workspace, as in _12_negoti, so that nobody's lists are as long as everybody's together, and no search
# can reach another's; _12_ alone, which the ends of fields become, is in each of its cards.
SQLITE = (
    """
    CREATE VIRTUAL TABLE insight_search USING fts5(
        words, content='', detail='none', columnsize=0, tokenize="ascii tokenchars '_'"
    )
    """,
    """
    CREATE TRIGGER insight_search_added AFTER INSERT ON insights WHEN new.search_text <> '' BEGIN
        INSERT INTO insight_search(rowid, words)
            VALUES (new.id, replace(' ' || new.search_text, ' ', ' _' || new.workspace_id || '_'));
    END
    """,
    """
    CREATE TRIGGER insight_search_changed AFTER UPDATE OF search_text ON insights
    WHEN new.search_text <> old.search_text BEGIN
        INSERT INTO insight_search(insight_search, rowid, words)
            SELECT 'delete', old.id, replace(' ' || old.search_text, ' ', ' _' || old.workspace_id || '_')
            WHERE old.search_text <> '';
        INSERT INTO insight_search(rowid, words)
            SELECT new.id, replace(' ' || new.search_text, ' ', ' _' || new.workspace_id || '_')
            WHERE new.search_text <> '';
    END
    """,
    """
    CREATE TRIGGER insight_search_gone AFTER DELETE ON insights WHEN old.search_text <> '' BEGIN
        INSERT INTO insight_search(insight_search, rowid, words)
            VALUES ('delete', old.id, replace(' ' || old.search_text, ' ', ' _' || old.workspace_id || '_'));
    END
    """,
)

# A table of its own: its rows are a third of a card's, and the newest of a workspace are walked through for words
# that are everywhere. A GIN index with a list of pending entries would be read through with every search.
POSTGRES = (
    """
    CREATE TABLE insight_search (
        insight_id integer PRIMARY KEY REFERENCES insights (id) ON DELETE CASCADE,
        workspace_id integer NOT NULL,
        words tsvector NOT NULL
    )
    """,
    "CREATE INDEX ix_insight_search_words ON insight_search USING gin (words) WITH (fastupdate = off)",
    "CREATE INDEX ix_insight_search_newest ON insight_search (workspace_id, insight_id)",
    """
    CREATE FUNCTION insight_search_follow() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' AND new.search_text = old.search_text THEN
            RETURN NULL;
        END IF;
        IF new.search_text = '' THEN
            DELETE FROM insight_search WHERE insight_id = new.id;
        ELSE
            INSERT INTO insight_search (insight_id, workspace_id, words)
            VALUES (new.id, new.workspace_id, array_to_tsvector(array_remove(string_to_array(
                replace(replace(new.search_text, '|', ''), ' ', ' _' || new.workspace_id::text || '_'), ' '
            ), '')))
            ON CONFLICT (insight_id) DO UPDATE SET words = excluded.words;
        END IF;
        RETURN NULL;
    END
    $$
    """,
    """
    CREATE TRIGGER insight_search_follow AFTER INSERT OR UPDATE OF search_text ON insights
    FOR EACH ROW EXECUTE FUNCTION insight_search_follow()
    """,
)


def upgrade() -> None:
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRES:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in ("added", "changed", "gone"):
            op.get_bind().exec_driver_sql(f"DROP TRIGGER insight_search_{name}")
    else:
        op.get_bind().exec_driver_sql("DROP TRIGGER insight_search_follow ON insights")
        op.get_bind().exec_driver_sql("DROP FUNCTION insight_search_follow()")
    op.get_bind().exec_driver_sql("DROP TABLE insight_search")
