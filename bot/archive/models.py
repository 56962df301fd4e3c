"""Insight cards: what was learned, in whose words, who agreed to be quoted, and how it went for those who tried it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base, BigId


class Insight(Base):
    """One card. What everybody may read is its approved version, repeated here so that a list needs no other table."""

    __tablename__ = "insights"
    __table_args__ = (
        UniqueConstraint("workspace_id", "source"),
        Index("ix_insights_newest", "workspace_id", "state", "id"),
        Index("ix_insights_look_again", "look_asked_at", "look_again_at"),
        Index("ix_insights_due", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    state: Mapped[str]  # draft | asking | published | withdrawn | hidden
    source_kind: Mapped[str]  # question | message | story | roundtable | case | reflection | thanks
    source: Mapped[str | None]  # such as "question:12"; None where it stands for itself
    made_by: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))  # None: under an alias
    made_at: Mapped[datetime]
    version: Mapped[int | None]  # the number of the version that is approved; None: never was
    question: Mapped[str] = mapped_column(default="")  # of the approved version, as the next two
    gist: Mapped[str] = mapped_column(default="")
    tips: Mapped[str] = mapped_column(default="")
    published_at: Mapped[datetime | None]
    look_again_at: Mapped[datetime | None]  # a year after it was published or last found still true
    look_asked_at: Mapped[datetime | None]  # when its maker was asked for that; once for each year
    worked: Mapped[int] = mapped_column(default=0)  # people who said that it worked for them
    tried: Mapped[int] = mapped_column(default=0)  # people who said how it went at all
    search_text: Mapped[str] = mapped_column(default="")  # folded and stemmed; empty while it is not to be found
    search_words: Mapped[str] = mapped_column(default="")  # what it added to the workspace's words, a line each
    due_at: Mapped[datetime | None]  # when its consents are looked at next: a reminder, or the end of the seven days


class InsightVersion(Base):
    """One wording of a card: at most one is approved, and at most one is written or agreed on beside it.

    The approved one stays readable until the newer one takes its place; what is over is deleted, words and all.
    """

    __tablename__ = "insight_versions"
    __table_args__ = (UniqueConstraint("insight_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    insight_id: Mapped[int] = mapped_column(ForeignKey("insights.id", ondelete="CASCADE"))
    number: Mapped[int]  # grows with every change, so that of two windows the second is told
    state: Mapped[str]  # draft | asking | approved
    text: Mapped[bytes]  # sealed: question, gist, tips and tags; in clear only on the card, once it is agreed
    made_by: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    made_at: Mapped[datetime]


class InsightPiece(Base):
    """Words somebody said where a card comes from: what every wording of it is compared with, before anybody reads it.

    Whoever asked under an alias stands in no column in clear, and `person` differs from card to card, so that nothing
    said under an alias is found beside what its writer said elsewhere.
    """

    __tablename__ = "insight_pieces"
    __table_args__ = (
        Index("ix_insight_pieces_insight", "workspace_id", "insight_id", "id"),
        Index("ix_insight_pieces_member", "workspace_id", "member_id"),
        Index(
            "ix_insight_pieces_alias",
            "workspace_id",
            "insight_id",
            sqlite_where=text("member_id IS NULL"),
            postgresql_where=text("member_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    insight_id: Mapped[int] = mapped_column(ForeignKey("insights.id", ondelete="CASCADE"))
    person: Mapped[bytes]  # a keyed fingerprint of who it is, the same for one person in one card
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))  # None: under an alias
    member_sealed: Mapped[bytes]  # who it is, sealed
    alias: Mapped[str] = mapped_column(default="")
    may_be_quoted: Mapped[bool] = mapped_column(default=True)  # False: a guest, or somebody of another company
    words: Mapped[bytes]  # sealed


class InsightQuote(Base):
    """Somebody's words in a version of a card, and whether they agreed that these are read by others."""

    __tablename__ = "insight_quotes"
    __table_args__ = (
        UniqueConstraint("version_id", "person"),
        Index("ix_insight_quotes_member", "workspace_id", "member_id", "state"),
        Index("ix_insight_quotes_insight", "workspace_id", "insight_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    insight_id: Mapped[int] = mapped_column(ForeignKey("insights.id", ondelete="CASCADE"))
    version_id: Mapped[int] = mapped_column(ForeignKey("insight_versions.id", ondelete="CASCADE"))
    person: Mapped[bytes]  # as in their pieces: the same for one person in every version of this card
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))  # None: under an alias
    member_sealed: Mapped[bytes]  # who it is, sealed, so that an alias can be asked as well
    alias: Mapped[str] = mapped_column(default="")
    parts: Mapped[list[str]]  # which parts of the card hold their words: question | gist | tips
    words: Mapped[bytes]  # sealed: the sentences of this version that hold words of theirs
    words_hash: Mapped[bytes]  # keyed fingerprint of these sentences
    named: Mapped[bool] = mapped_column(default=False)  # whether they agreed to be named
    state: Mapped[str]  # asked | approved | redacted | left_out
    asked_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]


class InsightTag(Base):
    """What a card is about: a skill, an industry or a challenge."""

    __tablename__ = "insight_tags"
    __table_args__ = (Index("ix_insight_tags_slug", "workspace_id", "kind", "slug", "insight_id"),)

    insight_id: Mapped[int] = mapped_column(ForeignKey("insights.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)  # skill | industry | challenge
    slug: Mapped[str] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    name: Mapped[str]


class InsightWord(Base):
    """How many cards of a workspace hold a word: what a misspelt one is compared with.

    Lines that begin with _ are no words: "_" counts all cards, "_m202603" those of a month, "_skill/slug/Name" a tag's.
    """

    __tablename__ = "insight_words"
    __table_args__ = (
        Index("ix_insight_words_stem", "workspace_id", "stem"),
        Index("ix_insight_words_kin", "workspace_id", "kin"),
    )

    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"), primary_key=True)
    word: Mapped[str] = mapped_column(primary_key=True)  # folded, not stemmed
    stem: Mapped[str]  # the token under which it is searched
    kin: Mapped[str]  # its first letter and its length, such as n11: where a misspelt word looks for the right one
    cards: Mapped[int]


class Bookmark(Base):
    """A member keeps a card where they find it again."""

    __tablename__ = "bookmarks"
    __table_args__ = (Index("ix_bookmarks_insight", "insight_id"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    insight_id: Mapped[int] = mapped_column(ForeignKey("insights.id", ondelete="CASCADE"), primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    kept_at: Mapped[datetime]


class Trial(Base):
    """Somebody tried what a card says and told how it went."""

    __tablename__ = "insight_trials"

    insight_id: Mapped[int] = mapped_column(ForeignKey("insights.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    outcome: Mapped[str]  # worked | partly | not
    told_at: Mapped[datetime]


class Collection(Base):
    """Cards that belong together, such as "New in the role"."""

    __tablename__ = "collections"
    __table_args__ = (UniqueConstraint("workspace_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    slug: Mapped[str]
    name: Mapped[str]
    about: Mapped[str] = mapped_column(default="")


class CollectionCard(Base):
    """A card in a collection, in an order."""

    __tablename__ = "collection_cards"
    __table_args__ = (Index("ix_collection_cards_insight", "insight_id"),)

    collection_id: Mapped[int] = mapped_column(ForeignKey("collections.id", ondelete="CASCADE"), primary_key=True)
    insight_id: Mapped[int] = mapped_column(ForeignKey("insights.id", ondelete="CASCADE"), primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    position: Mapped[int]
