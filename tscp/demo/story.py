"""Three weeks in the mailbox of a partnership that does not exist.

Each mail is a scene: story_referrals.py opens cases, story_replies.py answers them,
story_others.py is all that is neither. They are told in the order of time, laid out over the
working days before `now`, so that the story looks the same in any month.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from tscp.demo import story_others, story_referrals, story_replies
from tscp.demo.telling import Scenes, StoryMail, Telling

SCENES: Scenes = {**story_referrals.SCENES, **story_replies.SCENES, **story_others.SCENES}


def story(now: datetime, closed: Collection[date] = ()) -> list[StoryMail]:
    """The mails in order of delivery; the same for the same `now` (its day in London counts).

    `closed` are bank holidays, on which nobody writes.
    """
    telling = Telling(now, frozenset(closed))
    told = []
    for key, (ago, clock, scene) in sorted(SCENES.items(), key=lambda s: (-s[1][0], s[1][1])):
        telling.key, telling.at = key, telling.moment(ago, clock)
        told.append(scene(telling))
    return told
