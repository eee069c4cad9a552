"""Letters reach a real mail server over TLS, logged in, just as they were written."""

import pytest

from tscp.mail_out.smtp import NotAccepted


def test_a_letter_leaves_over_starttls(sent, mail_sink, letter):
    assert sent() == ["committed"]
    (mail,) = mail_sink.mails()
    assert (mail.sender, mail.to) == ("tscp@tscp.example", "j.brindle@school.example")
    assert mail.message["Message-ID"] == letter["Message-ID"]
    for part in ("plain", "html"):
        arrived = mail.message.get_body((part,)).get_content()
        assert arrived.splitlines() == letter.get_body((part,)).get_content().splitlines()


def test_a_letter_leaves_over_implicit_tls(sent, mail_sink):
    sent(port=mail_sink.implicit_port, tls="implicit")
    assert len(mail_sink.mails()) == 1


def test_a_letter_leaves_without_tls_or_login_on_loopback_only(sent, mail_sink):
    sent(port=mail_sink.plain_port, tls="none", username="", ca_file=None)
    assert len(mail_sink.mails()) == 1
    assert "plain data" in mail_sink.said()


def test_the_password_goes_only_over_tls(sent, mail_sink):
    sent()
    assert [line.partition(" FROM")[0] for line in mail_sink.said()] == [
        "plain connect",
        "plain ehlo",
        "plain starttls",
        "tls ehlo",
        "tls auth PLAIN",
        "tls mail",
        "tls rcpt TO:<j.brindle@school.example>",
        "tls data",
        "content",
    ]


@pytest.mark.parametrize("way", ["PLAIN", "LOGIN", "CRAM-MD5"])
def test_each_way_to_log_in(sent, mail_sink, way):
    mail_sink.set(mechanisms=[way])
    sent()
    assert f"tls auth {way}" in mail_sink.said()


def test_a_way_the_server_offers_but_does_not_know_is_passed_over(sent, mail_sink):
    mail_sink.rule("auth", "504 5.5.4 not known", times=1)
    sent()
    assert len(mail_sink.mails()) == 1


def test_a_password_in_any_letters(sent, mail_sink):
    mail_sink.set(password="pässwörd £")
    sent(password="pässwörd £")
    assert len(mail_sink.mails()) == 1


def test_after_a_refused_letter_the_next_leaves_over_the_same_connection(mailer, letter, mail_sink):
    mail_sink.rule("rcpt", "550 5.1.1 no", to="b@a.example")
    with mailer().connect() as link:
        link.send(letter, "tscp@tscp.example", "a@a.example", lambda: None)
        with pytest.raises(NotAccepted):
            link.send(letter, "tscp@tscp.example", "b@a.example", lambda: None)
        link.send(letter, "tscp@tscp.example", "c@a.example", lambda: None)
    assert [mail.to for mail in mail_sink.mails()] == ["a@a.example", "c@a.example"]


def test_dots_and_line_ends_arrive_as_they_were_written(mailer, letter, mail_sink):
    text = ".\n..two dots\nend\n.\nQUIT\n"
    letter.clear_content()
    letter.set_content(text)
    with mailer().connect() as link:
        link.send(letter, "tscp@tscp.example", "a@a.example", lambda: None)
    (mail,) = mail_sink.mails()
    assert mail.message.get_content() == text.replace("\n", "\r\n")
    assert b"\n" not in mail.content.replace(b"\r\n", b"")


def test_a_long_identifier_is_never_encoded(mailer, letter, mail_sink):
    long = f"<{'A' * 200}@eurprd04.prod.outlook.example>"
    del letter["In-Reply-To"], letter["References"]
    letter["In-Reply-To"] = letter["References"] = long
    with mailer().connect() as link:
        link.send(letter, "tscp@tscp.example", "a@a.example", lambda: None)
    assert f"In-Reply-To: {long}\r\n".encode() in mail_sink.mails()[0].content


def test_an_address_beyond_ascii_where_the_server_can_carry_it(sent, mail_sink):
    sent("zoë@bücher.example")
    assert mail_sink.mails()[0].to == "zoë@xn--bcher-kva.example"


def test_an_address_beyond_ascii_where_it_cannot(sent, mail_sink):
    mail_sink.set(smtputf8=False)
    with pytest.raises(NotAccepted, match="SMTPUTF8") as refused:
        sent("zoë@a.example")
    assert refused.value.permanent
    assert not any("rcpt" in line for line in mail_sink.said())


def test_a_letter_bigger_than_the_server_takes_is_not_begun(sent, mail_sink):
    mail_sink.set(size=500)
    with pytest.raises(NotAccepted, match="bigger") as refused:
        sent()
    assert refused.value.permanent
    assert not any("mail" in line for line in mail_sink.said())
