"""Questions: what somebody asks, who was asked, what was said where, and what came of it.

The asker of a question under an alias stands in no column in clear: `asker_sealed` opens with the server's key alone,
and `asker_hash` finds a person's own questions only for whoever holds that key. Places in direct messages would tell
who it is as well, so they are kept as fingerprints.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.db import Base, BigId


class Question(Base):
    """One question, from the moment it is asked until what came of it is known."""

    __tablename__ = "questions"
    __table_args__ = (
        UniqueConstraint("token"),
        Index("ix_questions_asker", "workspace_id", "asker_hash", "state"),
        Index("ix_questions_asker_place", "workspace_id", "asker_place"),
        Index("ix_questions_state", "workspace_id", "state", "asked_at"),
        Index("ix_questions_channel", "workspace_id", "channel", "channel_ts"),
        Index("ix_questions_due", "due_at"),
        Index("ix_questions_outcome", "outcome_due_at"),
        Index("ix_questions_quiet", "quiet_at"),
        Index("ix_questions_merged", "merged_into_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    token: Mapped[str]  # random; what its sealed columns are bound to
    asker_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))  # None: under an alias
    asker_hash: Mapped[bytes]  # keyed fingerprint of who asks
    asker_sealed: Mapped[bytes]  # sealed: member id, and channel and ts of their own thread once it stands
    asker_place: Mapped[bytes | None]  # keyed fingerprint of that thread's channel and ts
    alias: Mapped[str] = mapped_column(default="")  # the name it is asked under; empty: the asker's own
    kind: Mapped[str]  # question | feedback | review | thinking
    checklist: Mapped[str | None]  # of a review: slug of the checklist
    pace: Mapped[str]  # today | days | week
    audience: Mapped[str]  # mentor:12 | channel:C1 | program:3 | everyone
    body: Mapped[bytes]  # sealed with the asker's own key: question and context
    state: Mapped[str]  # open | held | closed | withdrawn | merged | hidden
    asked_at: Mapped[datetime]
    changed_at: Mapped[datetime]  # the asker's last change of its words
    version: Mapped[int] = mapped_column(default=1)
    step: Mapped[int] = mapped_column(default=0)  # of the ladder: 0 best fit, 1 two more, 2 the channel, 3 a lead
    due_at: Mapped[datetime | None]  # when the next step, or the kind closing, is looked at
    channel: Mapped[str | None]  # the thread that others see, if there is one
    channel_ts: Mapped[str | None]
    first_answer_at: Mapped[datetime | None]
    last_said_at: Mapped[datetime | None]
    quiet_at: Mapped[datetime | None]  # when it is closed kindly, should nobody say another word before
    closed_at: Mapped[datetime | None]
    closing: Mapped[str | None]  # helped | asker | quiet | moderator
    outcome: Mapped[str | None]  # worked | partly | not
    outcome_due_at: Mapped[datetime | None]  # thirty days after it was closed with an answer
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("questions.id", ondelete="SET NULL"))


class QuestionSkill(Base):
    """What a question is about."""

    __tablename__ = "question_skills"

    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True)
    skill_id: Mapped[int] = mapped_column(ForeignKey("skills.id", ondelete="CASCADE"), primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))


class Asked(Base):
    """A member was asked whether they would answer, and what they said."""

    __tablename__ = "question_asked"
    __table_args__ = (
        UniqueConstraint("question_id", "member_id"),
        Index("ix_question_asked_member", "workspace_id", "member_id", "state"),
        Index("ix_question_asked_place", "workspace_id", "channel", "ts"),
        Index("ix_question_asked_due", "due_at"),
        Index("ix_question_asked_at", "workspace_id", "asked_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    step: Mapped[int]
    role: Mapped[str] = mapped_column(default="mentor")  # mentor | second | lead
    state: Mapped[str]  # asked | claimed | passed | not_now | lapsed | released | over
    reasons: Mapped[list[str]]  # why they, in words they may read
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime | None]  # until when an answer is hoped for, of whoever is asked or holds it
    claimed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    put_off_at: Mapped[datetime | None]  # when they said "not now"; once is possible
    checked_at: Mapped[datetime | None]  # when a silent holder was asked whether they are still on it
    pass_reason: Mapped[str | None]  # subject | time | close
    channel: Mapped[str | None]  # their own thread: where the question was put to them
    ts: Mapped[str | None]
    delivery_id: Mapped[int | None] = mapped_column(BigId)  # the message it was put with


class Answer(Base):
    """Something said in a thread of a question, by whoever answers or by the asker; follows its message in Slack."""

    __tablename__ = "answers"
    __table_args__ = (
        UniqueConstraint("workspace_id", "place"),
        Index("ix_answers_question", "workspace_id", "question_id", "id"),
        Index("ix_answers_author", "workspace_id", "author_id", "helped_at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"))
    place: Mapped[bytes]  # keyed fingerprint of channel and ts; of a review, of who went through the checklist
    thread: Mapped[str]  # asker | mentor | channel: where it was written; review: a checklist gone through
    by_asker: Mapped[bool]
    author_id: Mapped[int | None] = mapped_column(
        ForeignKey("members.id", ondelete="SET NULL")
    )  # None: alias, outsider
    body: Mapped[bytes | None]  # sealed with its writer's key; None once it is gone, or from people of other companies
    said_at: Mapped[datetime]
    edited_ts: Mapped[str | None]  # Slack's own time of the newest edit we know
    state: Mapped[str]  # kept | gone | hidden | unread (from a guest or somebody of another company)
    held: Mapped[bool] = mapped_column(default=False)  # whether its writer had claimed the question
    helped_at: Mapped[datetime | None]  # the asker said that this helped


class ReviewNote(Base):
    """One point of a review's checklist, as a mentor saw it."""

    __tablename__ = "question_review_notes"

    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    point: Mapped[str] = mapped_column(primary_key=True)  # slug in the checklist
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    ticked: Mapped[bool]
    comment: Mapped[bytes | None]  # sealed with the mentor's key
    noted_at: Mapped[datetime]


class Helping(Base):
    """How somebody likes to help; no row means: with every kind of question about the skills they offer."""

    __tablename__ = "question_helping"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    kinds: Mapped[list[str]]  # question | feedback | review | thinking; empty: none at present
    how: Mapped[str] = mapped_column(default="")  # in their words, for whoever asks them
    how_hidden: Mapped[bool] = mapped_column(default=False)  # reported; shown to nobody but a moderator until restored
    changed_at: Mapped[datetime]


class AliasMute(Base):
    """Whoever has this fingerprint asks under their own name until then; no screen tells who that is."""

    __tablename__ = "question_alias_mutes"
    __table_args__ = (UniqueConstraint("workspace_id", "asker_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace_id: Mapped[int] = mapped_column(ForeignKey("workspaces.id", ondelete="CASCADE"))
    asker_hash: Mapped[bytes]
    asker_sealed: Mapped[bytes]  # sealed: member id, so that a change of the server's key loses no mute
    until: Mapped[datetime]
