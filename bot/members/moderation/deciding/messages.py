"""The messages about a report, as they are handed to delivery."""

from datetime import datetime, timedelta

from bot.members.models import Member
from bot.members.moderation.models import Report
from bot.messages import Channel, Content, Kind, Message, MessageClass, People
from bot.slack.used import changed

ASK = Kind(
    "moderation.ask", MessageClass.REQUEST, priority=5, expires=timedelta(days=30), private=True,
    noun=("a report to look at", "reports to look at"),
)  # fmt: skip
DECIDED = Kind("moderation.decided", MessageClass.ANSWER, priority=10, expires=timedelta(days=1), cost=0, private=True)
AUTHOR = Kind("moderation.author", MessageClass.ANSWER, priority=20, expires=timedelta(days=14), cost=0, private=True)
# Named as if it were anything: a delivery must not say that somebody reported something.
REPORTER = Kind("moderation.heard", MessageClass.ANSWER, priority=30, expires=timedelta(days=14), cost=0, private=True)


def subject_of(report_id: int) -> str:
    """What the messages to those who decide are about."""
    return f"report:{report_id}"


def ask(report: Report, person: Member, now: datetime, *, chase: int = 0) -> Message:
    """To somebody who may decide; drawn as it leaves, because the thing and the decision may have changed.

    `chase`: how often everybody was asked before.
    """
    return Message(
        workspace_id=report.workspace_id,
        kind=ASK.name,
        subject=subject_of(report.id),
        to=People((person.slack_id,), (person.id,)),
        dedupe_key=f"report:{report.id}:ask:{person.id}" + (f":{chase}" if chase else ""),
        due_at=now,
    )


def decided(report: Report, delivery_id: int, channel: str, content: Content, key: str, now: datetime) -> Message:
    """What somebody was asked changes into what was decided, by whomever."""
    return changed(
        report.workspace_id, DECIDED, f"{subject_of(report.id)}:decided", content, to=Channel(channel),
        target_id=delivery_id, key=f"report:{report.id}:{key}:{delivery_id}", now=now,
    )  # fmt: skip


def to_author(member: Member, about: str, content: Content, now: datetime) -> Message:
    """To whoever wrote it."""
    return Message(
        workspace_id=member.workspace_id,
        kind=AUTHOR.name,
        subject=f"{about}:told",
        to=People((member.slack_id,), (member.id,)),
        dedupe_key=f"moderation.author:{about}:{member.id}:{now.isoformat()}",
        due_at=now,
        content=content,
    )


def to_reporter(member: Member, key: str, content: Content, now: datetime) -> Message:
    """To whoever reported it. `key`: letters that lead from the message to no report."""
    return Message(
        workspace_id=member.workspace_id,
        kind=REPORTER.name,
        subject=f"member:{member.id}",
        to=People((member.slack_id,), (member.id,)),
        dedupe_key=f"moderation.heard:{key}",
        due_at=now,
        content=content,
    )
