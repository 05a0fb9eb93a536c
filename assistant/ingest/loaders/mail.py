"""E-mail messages (RFC 5322), by the standard library: the HTML or text part, cleaned as a page is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime
from itertools import islice

from assistant.errors import SourceError
from assistant.ingest.loaders.base import RawArticle, RawSource, counted
from assistant.ingest.loaders.html import HtmlLoader
from assistant.ingest.loaders.text import TextLoader

_MOST_PARTS = 200
_REPLIES = ("re:", "fw:", "fwd:", "aw:", "wg:", "tr:", "rv:")


class MailLoader:
    """Reads ``.eml``; attachments are counted, not read."""

    suffixes = frozenset({".eml"})

    def load(self, source: RawSource, today: date) -> RawArticle:
        """The message with its Subject, From and Date. Raises SourceError when no part of it holds a story."""
        try:
            message = BytesParser(policy=policy.default).parsebytes(source.content)
            parts = list(islice((part for part in message.walk() if not part.is_multipart()), _MOST_PARTS + 1))
            body = _body(source.name, parts[:_MOST_PARTS], today)
            name, address = parseaddr(_header(message, "From"))
            subject, sent = _header(message, "Subject"), _header(message, "Date")
        except (LookupError, ValueError, TypeError, AttributeError, OverflowError, RecursionError) as error:
            # The standard library's header parser raises these on headers that are no headers.
            reason = type(error).__name__
            raise SourceError(f"{source.name!r} is a broken e-mail ({reason}); save it anew as .eml") from error
        published = _day(sent, today)
        return replace(
            body,
            title=_without_reply_marks(subject) or body.title,
            author=name.strip() or body.author,
            publisher=body.publisher or address.rpartition("@")[2].lower() or None,
            published_on=published or body.published_on,
            published_inferred=body.published_inferred and published is None,
            left_out=(*body.left_out, *_left_out(parts)),
        )


def _body(name: str, parts: list[EmailMessage], today: date) -> RawArticle:
    """The first part, HTML before text, that holds a story."""
    reasons = []
    for kind, loader in (("text/html", HtmlLoader()), ("text/plain", TextLoader())):
        for part in parts:
            if part.get_content_type() != kind or part.get_content_disposition() == "attachment":
                continue
            try:
                return loader.load(RawSource(name, _decoded(part)), today)
            except SourceError as error:
                reasons.append(error)
    if reasons:
        raise reasons[-1]
    raise SourceError(f"{name!r} holds no text, only attachments or no message at all; add the attachments themselves")


def _left_out(parts: list[EmailMessage]) -> Iterator[str]:
    attached = sum(part.get_content_disposition() == "attachment" for part in parts[:_MOST_PARTS])
    if attached:
        yield counted(attached, "attachment")
    if len(parts) > _MOST_PARTS:
        yield f"parts of the message beyond the first {_MOST_PARTS}"


def _decoded(part: EmailMessage) -> bytes:
    """A part's bytes as UTF-8 where its character set is a known one, else as they came."""
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    try:
        return content.decode(part.get_content_charset() or "utf-8").encode()
    except (LookupError, UnicodeError):
        return content


def _header(message: EmailMessage, name: str) -> str:
    return " ".join(str(message.get(name, "")).split())


def _day(sent: str, today: date) -> str | None:
    """The day in the sender's own time zone; None when it cannot be read or has not come yet."""
    try:
        day = parsedate_to_datetime(sent).date()
    except (ValueError, TypeError, OverflowError):
        return None
    return day.isoformat() if date(1990, 1, 1) <= day <= today else None


def _without_reply_marks(subject: str) -> str:
    while subject.lower().startswith(_REPLIES):
        subject = subject.partition(":")[2].strip()
    return subject
