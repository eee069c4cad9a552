"""Wrong settings and unsafe servers: a sentence for an administrator, and nothing in clear."""

import smtplib

import pytest

from tscp.mail_out.smtp import MailerUnavailable, SmtpMailer
from tscp.mail_out.smtp_connection import MailServer
from tscp.mail_out.smtp_reasons import why

NOT_CONNECTED = [
    ("connect", "554 5.3.0 no", "does not let us send"),
    ("connect", "421 4.3.2 busy", "takes no letters just now"),
    ("connect", "cut", "broke off"),
    ("connect", "silent", "did not answer in time"),
    ("ehlo", "drip", "did not answer in time"),
    ("ehlo", "hello", "not understood"),
    ("starttls", "454 4.7.0 not now", "takes no letters just now"),
    ("starttls", "220 and no more", "no common TLS|did not answer|broke"),
    ("auth", "454 4.7.0 try later", "let nobody in just now"),
    ("auth", "535 5.7.8 wrong", r"refused the account 'tscp' \(smtp.username\)"),
    ("auth", "504 5.5.4 not known", "refused the account"),
]


@pytest.mark.parametrize(("stage", "do", "what"), NOT_CONNECTED)
def test_no_connection_says_why(sent, mail_sink, stage, do, what):
    mail_sink.rule(stage, do)
    with pytest.raises(MailerUnavailable, match=what) as error:
        sent(timeout=0.3)
    assert error.value.__context__ is None  # the server's words hang on nothing
    assert not any("mail FROM" in line for line in mail_sink.said())


def test_a_server_whose_starttls_was_taken_away_hears_nothing(sent, mail_sink):
    with pytest.raises(MailerUnavailable, match="does not offer STARTTLS"):
        sent(port=mail_sink.plain_port)
    assert mail_sink.said() == ["plain connect", "plain ehlo"]


def test_a_certificate_nobody_vouches_for(sent, mail_sink):
    with pytest.raises(MailerUnavailable, match="signed by nobody known here"):
        sent(ca_file=None)
    assert not any("auth" in line for line in mail_sink.said())


@pytest.mark.parametrize(("port", "tls"), [("starttls", "implicit"), ("implicit", "starttls")])
def test_the_wrong_kind_of_tls(sent, mail_sink, port, tls):
    with pytest.raises(MailerUnavailable, match=r"smtp\.tls"):
        sent(port=getattr(mail_sink, f"{port}_port"), tls=tls, timeout=0.5)


def test_a_wrong_password_is_tried_once(sent, mail_sink):
    mail_sink.set(mechanisms=["PLAIN", "LOGIN", "CRAM-MD5"])
    with pytest.raises(MailerUnavailable, match=r"smtp\.password_file") as error:
        sent(password="battery-staple")
    assert "battery-staple" not in str(error.value)
    assert [line for line in mail_sink.said() if "auth" in line] == ["tls auth PLAIN"]


@pytest.mark.parametrize(("offered", "password"), [([], "x"), (["LOGIN"], "pässwörd")])
def test_no_way_to_log_in(sent, mail_sink, offered, password):
    mail_sink.set(mechanisms=offered)
    with pytest.raises(MailerUnavailable, match="no way to log in"):
        sent(password=password)


def test_never_in_clear_but_on_this_machine():
    mailer = SmtpMailer("mail.example.org", 25, "none", None, "", "")
    with pytest.raises(MailerUnavailable, match="for all to read"):
        mailer.connect()


def test_a_file_of_certificates_that_is_not_there_or_none(sent, tmp_path):
    with pytest.raises(MailerUnavailable, match=r"smtp\.ca_file"):
        sent(ca_file=tmp_path / "nowhere.pem")
    (tmp_path / "ca.pem").write_text("no certificate")
    with pytest.raises(MailerUnavailable, match=r"smtp\.ca_file"):
        sent(ca_file=tmp_path / "ca.pem")


def test_microsoft_365_refusing_a_password_is_explained():
    server = MailServer("smtp.office365.com", 587, "starttls", None, "t@x.example", "secret", 30)
    said = why(smtplib.SMTPAuthenticationError(535, b"5.7.139 disabled for the Tenant"), server)
    assert "smtp.username" in said
    assert "SMTP AUTH" in said
    assert "Tenant" not in said
