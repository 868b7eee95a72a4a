"""Conferences and their participants through the REST API: mute, hold, announcements, removal, the end."""

from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException

from tests.unit.simulator.meeting import ROOM, TOLD, Meeting

MUSIC = "https://callgate.example/music"
NEWS = "https://callgate.example/news"


def refusal(act: Any) -> tuple[int, int]:
    with pytest.raises(TwilioRestException) as caught:
        act()
    return caught.value.status, caught.value.code


def test_held_participant_hears_music(line: Any) -> None:
    """On hold somebody hears the HoldUrl's document, and neither hears nor is heard."""
    meeting = Meeting(line)
    caller, agent = meeting.joins(TOLD), meeting.joins()
    third = meeting.joins()
    shown = meeting.participant(caller).update(hold=True, hold_url=MUSIC, hold_method="POST")
    assert shown.hold
    caller.waits(0).talks_with().hears_music("hold.mp3")
    agent.talks_with(third)
    meeting.participant(caller).update(hold=False)
    caller.waits(0).talks_with(agent, third)
    assert meeting.told[-2:] == ["participant-hold", "participant-unhold"]
    assert [form["Hold"] for form in meeting.app.forms("/told")[-2:]] == ["true", "false"]


def test_the_other_of_two_is_alone_meanwhile(line: Any) -> None:
    """Who talked with somebody on hold hears nobody, until they are back."""
    meeting = Meeting(line)
    caller, agent = meeting.joins(), meeting.joins()
    meeting.participant(caller).update(hold=True)
    agent.waits(5).talks_with()
    assert not agent.talks
    caller.hears_music()
    meeting.participant(caller).update(hold=False)
    agent.waits(0).talks_with(caller)


def test_others_who_come_do_not_disturb_the_music(line: Any) -> None:
    """The document of somebody on hold goes on when others come and leave."""
    meeting = Meeting(line)
    caller, _ = meeting.joins(), meeting.joins()
    meeting.participant(caller).update(hold=True, hold_url=MUSIC)
    caller.waits(5)
    meeting.joins().hangs_up()
    assert meeting.app.paths.count("/music") == 1
    caller.hears_music("hold.mp3")


def test_music_on_hold_that_cannot_be_had(line: Any) -> None:
    """Where the HoldUrl fails the carrier's own music plays."""
    meeting = Meeting(line, music=(500, ""))
    caller, _ = meeting.joins(), meeting.joins()
    meeting.participant(caller).update(hold=True, hold_url=MUSIC)
    caller.waits(1).hears_music("the carrier's")


def test_held_person_leaves(line: Any) -> None:
    """Somebody on hold may hang up, or drop out when the conference ends."""
    meeting = Meeting(line)
    caller, agent = meeting.joins(), meeting.joins("endConferenceOnExit='true'")
    meeting.participant(caller).update(hold=True)
    caller.waits(5)
    agent.hangs_up()
    assert caller.waits(1).over
    assert meeting.app.forms("/after")[-1]["CallSid"] == caller.sid


def test_mute(line: Any) -> None:
    """Muted somebody hears and is not heard; each change is told once."""
    meeting = Meeting(line)
    caller, agent = meeting.joins(TOLD), meeting.joins()
    assert meeting.participant(caller).update(muted=True).muted
    meeting.participant(caller).update(muted=True)
    meeting.participant(caller).update(muted=False)
    caller.waits(0).talks_with(agent)
    assert meeting.told[-2:] == ["participant-mute", "participant-unmute"]


def test_who_ends_the_conference_may_change(line: Any) -> None:
    """endConferenceOnExit can be taken from one and given to another."""
    meeting = Meeting(line)
    caller, first = meeting.joins(TOLD), meeting.joins("endConferenceOnExit='true'")
    second = meeting.joins()
    meeting.participant(first).update(end_conference_on_exit=False)
    meeting.participant(second).update(end_conference_on_exit=True)
    first.hangs_up()
    caller.talks_with(second)
    assert meeting.told[-3:] == ["participant-modify", "participant-modify", "participant-leave"]
    second.hangs_up()
    assert caller.waits(1).over


def test_announcement_to_one(line: Any) -> None:
    """One participant hears the announcement and talks on; its end is told."""
    meeting = Meeting(line)
    caller, agent = meeting.joins(TOLD), meeting.joins()
    meeting.participant(caller).update(announce_url=NEWS)
    caller.waits(5).hears("listen, everybody").talks_with(agent)
    assert agent.said == ""
    form = meeting.app.forms("/told")[-1]
    assert (form["StatusCallbackEvent"], form["AnnounceUrl"]) == ("announcement-end", NEWS)
    assert form["CallSid"] == caller.sid


def test_announcement_to_all(line: Any) -> None:
    """All who are not on hold hear it; it is asked for once."""
    meeting = Meeting(line)
    caller, agent, third = meeting.joins(TOLD), meeting.joins(), meeting.joins()
    meeting.participant(third).update(hold=True)
    meeting.conference.update(announce_url=NEWS)
    meeting.phone.passes(5)
    heard = {entry.leg for entry in meeting.phone.transcript.entries if entry.text == "Listen, everybody"}
    assert heard == {caller.sid, agent.sid}
    assert meeting.app.paths.count("/news") == 1
    assert meeting.told.count("announcement-end") == 1
    caller.talks_with(agent)


def test_removal(line: Any) -> None:
    """Who is removed goes on with the Dial's action; the others stay."""
    meeting = Meeting(line)
    caller, agent, third = meeting.joins(TOLD), meeting.joins(), meeting.joins()
    meeting.participant(third).delete()
    meeting.phone.passes(3)
    assert third.said == "Afterwards"
    caller.talks_with(agent)
    assert meeting.app.forms("/told")[-1]["ReasonParticipantLeft"] == "participant_updated_via_api"
    assert refusal(meeting.participant(third).fetch) == (404, 20404)


def test_removal_of_who_ends_it(line: Any) -> None:
    """The conference ends with whoever ends it on exit, removed or not."""
    meeting = Meeting(line)
    caller, agent = meeting.joins(TOLD), meeting.joins("endConferenceOnExit='true'")
    meeting.participant(agent).delete()
    assert caller.waits(2).over
    assert (
        meeting.conference.fetch().reason_conference_ended == "participant-with-end-conference-on-exit-kicked"
    )


def test_end_by_the_api(line: Any) -> None:
    """completed ends the conference for all; a completed one takes nothing more."""
    meeting = Meeting(line)
    caller, agent = meeting.joins(TOLD), meeting.joins()
    meeting.conference.update(status="completed")
    meeting.phone.passes(3)
    assert caller.over
    assert agent.over
    assert [form["DialCallStatus"] for form in meeting.app.forms("/after")] == ["answered", "answered"]
    shown = meeting.conference.fetch()
    assert (shown.status, shown.reason_conference_ended) == ("completed", "conference-ended-via-api")
    assert meeting.app.forms("/told")[-2]["ReasonParticipantLeft"] == "conference_ended_via_api"
    assert refusal(lambda: meeting.conference.update(status="completed"))[0] == 400
    assert refusal(lambda: meeting.participant(caller).update(muted=True)) == (404, 20404)


def test_conferences_as_the_api_shows_them(line: Any) -> None:
    """init before the start, in-progress after it; found by name and status."""
    meeting = Meeting(line)
    meeting.joins()
    (shown,) = meeting.client.conferences.list(friendly_name=ROOM)
    assert (shown.friendly_name, shown.status, shown.reason_conference_ended) == (ROOM, "init", None)
    meeting.joins()
    assert meeting.conference.fetch().status == "in-progress"
    assert meeting.client.conferences.list(status="init") == []
    assert (
        len(meeting.client.conferences.list(status="in-progress", date_created=meeting.clock.now().date()))
        == 1
    )
    assert refusal(meeting.client.conferences("CF" + "0" * 32).fetch) == (404, 20404)


def test_participants_as_the_api_shows_them(line: Any) -> None:
    """Each with what was set for it; found by label, too, and by what they do."""
    meeting = Meeting(line)
    caller = meeting.joins("muted='true' startConferenceOnEnter='false'")
    agent = meeting.joins("endConferenceOnExit='true' participantLabel='agent'")
    participants = meeting.conference.participants
    assert [one.call_sid for one in participants.list()] == [caller.sid, agent.sid]
    (muted,) = participants.list(muted=True)
    assert (muted.call_sid, muted.start_conference_on_enter, muted.hold) == (caller.sid, False, False)
    shown = participants("agent").fetch()
    assert (shown.call_sid, shown.end_conference_on_exit, shown.status) == (agent.sid, True, "connected")
