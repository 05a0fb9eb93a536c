from __future__ import annotations

from datetime import date
from email.message import EmailMessage

import pytest

from assistant.errors import SourceError
from assistant.ingest.loaders.base import RawArticle, RawSource
from assistant.ingest.loaders.mail import MailLoader
from evals.fuzz.samples import SAMPLES, STORY

TODAY = date(2026, 11, 30)


def load(content: bytes, today: date = TODAY) -> RawArticle:
    return MailLoader().load(RawSource("mail.eml", content), today)


def text_mail(headers: str, body: str = "\r\n\r\n".join(STORY), charset: str = "utf-8") -> bytes:
    head = f"{headers}\r\nContent-Type: text/plain; charset={charset}\r\n\r\n"
    return head.encode() + body.encode(charset)


def test_headers_give_subject_sender_and_the_day_sent_in_the_senders_zone() -> None:
    article = load(SAMPLES["eml"]())
    assert (article.title, article.author, article.publisher) == ("Exports fell", "Li Wei", "baltic-metals.example")
    assert (article.published_on, article.published_inferred) == ("2026-03-01", False)


def test_the_html_part_is_cleaned_as_a_page() -> None:
    assert load(SAMPLES["eml"]()).text.split("\n\n") == list(STORY)


def test_a_subject_in_another_script_is_decoded_without_its_reply_mark() -> None:
    assert load(text_mail("Subject: Re: =?gb2312?B?z6HNwQ==?=")).title == "稀土"


def test_the_text_part_is_read_in_its_own_encoding() -> None:
    body = "稀土出口在五月份下降到一千二百三十八吨，海关总署周一表示。" * 2
    assert "海关总署周一表示" in load(text_mail("Subject: x", body, "gb18030")).text


@pytest.mark.parametrize("sent", ["yesterday", "", "Mon, 7 Dec 2026 09:00:00 +0000", "Sun, 99 Mar 2026 9:9:9 +9999999"])
def test_a_day_that_is_none_or_has_not_come_is_not_believed(sent: str) -> None:
    article = load(text_mail(f"Subject: x\r\nDate: {sent}"))
    assert article.published_on is None or article.published_inferred


def test_a_message_of_attachments_only_is_refused() -> None:
    with pytest.raises(SourceError, match="only attachments"):
        load(b'Content-Type: application/pdf\r\nContent-Disposition: attachment; filename="../x.pdf"\r\n\r\nJVBERi0=')


def test_attachments_are_counted() -> None:
    message = EmailMessage()
    message.set_content("\n\n".join(STORY))
    for name in ("a.pdf", "b.pdf"):
        message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename=name)
    assert load(bytes(message)).left_out == ("2 attachments",)


def test_a_day_too_large_for_any_calendar_is_a_broken_message() -> None:
    with pytest.raises(SourceError, match="broken e-mail"):
        load(text_mail("Subject: x\r\nDate: Sun, 1 Mar 20260000000000000000000 09:00:00 +0000"))
