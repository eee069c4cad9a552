"""The peer: django-helpdesk's get_email on the same mailbox, in an environment of its own.

django-helpdesk (BSD-3-Clause) is no part of this project: it is installed for the measurement
and thrown away. Run as a program, by that environment's Python, it empties the mailbox it reads.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from subprocess import DEVNULL

PEER = "django-helpdesk==2.6.1"
APPS = ("admin", "auth", "contenttypes", "humanize", "messages", "sessions", "sites")

urlpatterns: list[object] = []
"""Django's word for the addresses of pages; the mails it would send name them."""


def peer_seconds(folder: Path, mailbox: dict[str, object]) -> float | str:
    """CPU seconds of get_email on a mailbox, its start not counted; or why there are none."""
    made = subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=False)
    python = str(folder / "venv" / "bin" / "python")
    install = [python, "-m", "pip", "install", "-qq", "--disable-pip-version-check", PEER]
    if made.returncode or subprocess.run(install, stderr=DEVNULL, check=False).returncode:
        return f"{PEER} could not be installed"
    command = [python, "-P", __file__, str(folder), json.dumps(mailbox)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode:
        return f"{PEER} failed: {run.stderr.strip().splitlines()[-1]}"
    told = json.loads(run.stdout.splitlines()[-1])
    if told["tickets"] != mailbox["mails"]:
        return f"{PEER} made {told['tickets']} tickets of {mailbox['mails']} mails"
    return float(told["seconds"])


def main(folder: str, mailbox: str) -> None:
    """Makes a helpdesk with one queue and lets it read its mailbox."""
    import django
    from django.conf import settings

    apps = [f"django.contrib.{app}" for app in APPS]
    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": f"{folder}/helpdesk.sqlite3"}
    settings.configure(
        INSTALLED_APPS=[*apps, "rest_framework", "helpdesk"],
        DATABASES={"default": database},
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        HELPDESK_TEAMS_MODE_ENABLED=False,
        EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
        MEDIA_ROOT=f"{folder}/media",
        ROOT_URLCONF=__name__,
        TEMPLATES=[
            {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}
        ],
        SECRET_KEY="for a measurement",
        SITE_ID=1,
        USE_TZ=True,
    )
    django.setup()
    from django.urls import include, path

    urlpatterns[:] = [path("", include("helpdesk.urls"))]
    from django.core.management import call_command
    from helpdesk.email import process_email
    from helpdesk.models import Queue, Ticket

    call_command("migrate", verbosity=0)
    given = json.loads(mailbox)
    Queue.objects.create(
        title="TSCP",
        slug="tscp",
        email_address="tscp@tscp.example",
        allow_email_submission=True,
        email_box_type="imap",
        email_box_ssl=True,
        email_box_host=given["host"],
        email_box_port=given["port"],
        email_box_user=given["username"],
        email_box_pass=given["password"],
        email_box_imap_folder="INBOX",
        email_box_interval=0,
    )
    began = time.process_time()
    process_email(quiet=True)
    spent = time.process_time() - began
    print(json.dumps({"seconds": spent, "tickets": Ticket.objects.count()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
