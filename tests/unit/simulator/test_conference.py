"""Dial with a Conference: who waits, who talks with whom, and when it ends."""

from typing import Any

import pytest

from app.simulator.agents import Agent
from app.simulator.refused import Refused
from tests.unit.simulator.meeting import ROOM, TOLD, Meeting


def test_conference_starts_with_two(line: Any) -> None:
    """One participant waits with music; with the second, both talk."""
    meeting = Meeting(line)
    first = meeting.joins().hears_music()
    assert not first.talks
    second = meeting.joins().talks_with(first)
    first.talks_with(second)
    assert first.talks
    assert first.leg.connected_to == f"conference:{ROOM}"


def test_nobody_may_start_it(line: Any) -> None:
    """Without startConferenceOnEnter they wait, however many, until somebody comes who starts it."""
    meeting = Meeting(line)
    waiting = [meeting.joins("startConferenceOnEnter='false'") for _ in range(3)]
    for one in waiting:
        one.talks_with().hears_music()
    moderator = meeting.joins().talks_with(*waiting)
    waiting[0].talks_with(moderator, *waiting[1:])


def test_who_starts_it_waits_alone_too(line: Any) -> None:
    """Somebody who may start it waits as long as nobody else is there."""
    meeting = Meeting(line)
    moderator = meeting.joins("startConferenceOnEnter='true'").hears_music()
    moderator.talks_with(meeting.joins("startConferenceOnEnter='false'"))


def test_last_one_left_is_alone(line: Any) -> None:
    """Who leaves without ending it leaves the other alone, in a conference that goes on."""
    meeting = Meeting(line)
    first, second = meeting.joins(), meeting.joins()
    first.waits(10).hangs_up()
    second.talks_with().waits(600)
    assert not second.over
    assert not second.talks
    third = meeting.joins().talks_with(second)
    assert len(meeting.client.conferences.list()) == 1
    third.hangs_up()
    second.hangs_up()
    assert meeting.conference.fetch().status == "completed"


def test_end_for_all(line: Any) -> None:
    """With endConferenceOnExit the others drop out, and go on with their Dial's action."""
    meeting = Meeting(line)
    caller = meeting.joins("endConferenceOnExit='false'")
    agent = meeting.joins("endConferenceOnExit='true'").waits(60)
    agent.hangs_up()
    assert caller.waits(2).over
    assert caller.said == ""
    (_, told) = meeting.app.forms("/after")
    assert (told["CallSid"], told["DialCallStatus"]) == (caller.sid, "answered")
    assert "DialBridged" not in told
    assert int(told["DialCallDuration"]) == 60


def test_person_who_hangs_up_is_told_to_the_action(line: Any) -> None:
    """The leg that hangs up has its action requested, too; the answer is not executed."""
    meeting = Meeting(line)
    meeting.joins()
    meeting.joins().hangs_up().does_not_hear("afterwards").is_over()
    (form,) = meeting.app.forms("/after")
    assert (form["CallStatus"], form["DialCallStatus"]) == ("completed", "answered")


def test_redirected_leg_leaves_without_the_action(line: Any) -> None:
    """A leg the REST API sends elsewhere leaves the room; its Dial's action is not requested."""
    meeting = Meeting(line)
    first, second = meeting.joins(TOLD), meeting.joins()
    meeting.client.calls(second.sid).update(url="https://callgate.example/new")
    second.waits(3).hears("something else")
    first.talks_with()
    assert meeting.app.forms("/after") == []
    assert meeting.app.forms("/told")[-1]["ReasonParticipantLeft"] == "participant_updated_via_api"
    assert meeting.app.forms("/told")[-1]["ParticipantCallStatus"] == "in-progress"


def test_leg_comes_back(line: Any) -> None:
    """A leg that was sent elsewhere joins the same conference again."""
    meeting = Meeting(line)
    first, second = meeting.joins(), meeting.joins("endConferenceOnExit='true'", dial="")
    first_sid = meeting.conference.fetch().sid
    again = f"<Response><Dial><Conference>{ROOM}</Conference></Dial></Response>"
    meeting.client.calls(first.sid).update(twiml="<Response><Gather timeout='9'/></Response>")
    second.waits(1).talks_with()
    meeting.client.calls(first.sid).update(twiml=again)
    second.waits(0).talks_with(first)
    assert meeting.conference.fetch().sid == first_sid


def test_room_starts_anew(line: Any) -> None:
    """Once a conference is over, the room's next one has another SID."""
    meeting = Meeting(line)
    meeting.joins().hangs_up()
    first = meeting.conference.fetch()
    meeting.joins()
    assert meeting.conference.fetch().sid != first.sid
    assert first.sid.startswith("CF")


def test_action_follows_or_the_next_verb(line: Any) -> None:
    """Without an action the next verb follows when the conference ends."""
    meeting = Meeting(line)
    caller = meeting.joins(dial="")
    meeting.joins("endConferenceOnExit='true'").hangs_up()
    caller.waits(1)
    assert [entry.text for entry in meeting.phone.transcript.entries if entry.leg == caller.sid][
        -1
    ] == "completed"
    assert "caller hears [en-US] Next verb" in caller.transcript


def test_events_are_told_as_the_first_participant_asked(line: Any) -> None:
    """The first who joins sets the callback; each event says which conference, and who."""
    meeting = Meeting(line)
    first = meeting.joins(f"{TOLD} participantLabel='customer'")
    second = meeting.joins("statusCallback='/elsewhere' statusCallbackEvent='join' muted='true'")
    second.waits(5).hangs_up()
    first.hangs_up()
    assert meeting.told == [
        "participant-join",
        "participant-join",
        "conference-start",
        "participant-leave",
        "participant-leave",
        "conference-end",
    ]
    forms = meeting.app.forms("/told")
    assert [form["SequenceNumber"] for form in forms] == ["1", "2", "3", "4", "5", "6"]
    assert {form["FriendlyName"] for form in forms} == {ROOM}
    assert len({form["ConferenceSid"] for form in forms}) == 1
    join = forms[1]
    assert (join["CallSid"], join["Muted"], join["Hold"], join["Coaching"]) == (
        second.sid,
        "true",
        "false",
        "false",
    )
    assert (join["StartConferenceOnEnter"], join["EndConferenceOnExit"]) == ("true", "false")
    assert forms[0]["ParticipantLabel"] == "customer"
    assert "CallSid" not in forms[2]
    assert forms[3]["ReasonParticipantLeft"] == "participant_hung_up"
    assert forms[3]["ParticipantCallStatus"] == "completed"
    assert forms[5]["ReasonConferenceEnded"] == "last-participant-left"
    assert forms[5]["CallSidEndingConference"] == first.sid


def test_reasons_when_one_ends_it(line: Any) -> None:
    """The others leave because the moderator ended it."""
    meeting = Meeting(line)
    meeting.joins(TOLD)
    agent = meeting.joins("endConferenceOnExit='true' participantLabel='agent'")
    agent.hangs_up()
    leaves = [
        form for form in meeting.app.forms("/told") if form["StatusCallbackEvent"] == "participant-leave"
    ]
    assert [form["ReasonParticipantLeft"] for form in leaves] == [
        "participant_hung_up",
        "moderator_ended_conference",
    ]
    end = meeting.app.forms("/told")[-1]
    assert end["ReasonConferenceEnded"] == "participant-with-end-conference-on-exit-left"
    assert (end["CallSidEndingConference"], end["ParticipantLabelEndingConference"]) == (agent.sid, "agent")


def test_no_event_without_being_asked(line: Any) -> None:
    """Only the events in statusCallbackEvent are told, and none without it."""
    meeting = Meeting(line)
    meeting.joins("statusCallback='/told'").hangs_up()
    assert meeting.told == []
    meeting.joins("statusCallback='/told' statusCallbackEvent='leave'").hangs_up()
    assert meeting.told == ["participant-leave"]


def test_failing_callback_changes_nothing(line: Any) -> None:
    """A status callback that fails is noted, and the conference goes on."""
    meeting = Meeting(line, told=(500, ""))
    first = meeting.joins(TOLD)
    meeting.joins().talks_with(first)
    assert meeting.phone.failures


def test_wait_document_is_heard_until_the_start(line: Any) -> None:
    """The waitUrl's document is asked for with its method; after it there is silence."""
    wait = "<Response><Say>Please hold</Say><Play>/m.mp3</Play></Response>"
    meeting = Meeting(line, wait=wait)
    call = meeting.joins("waitUrl='/wait' waitMethod='GET'").hears("please hold").hears_music("m.mp3")
    call.waits(120)
    assert call.leg.driver.moment.kind == "alone"
    assert meeting.app.paths.count("/wait") == 1
    assert meeting.app.requests[1]["REQUEST_METHOD"] == "GET"
    call.talks_with()
    meeting.joins().talks_with(call)


def test_wait_document_goes_on_by_redirecting(line: Any) -> None:
    """A wait document that redirects to itself is executed over and over, for hours."""
    meeting = Meeting(line, wait="<Response><Play>/m.mp3</Play><Redirect/></Response>")
    meeting.joins("waitUrl='/wait'").waits(3 * 3600).hears_music()
    assert meeting.app.paths.count("/wait") == 541


def test_empty_wait_url_is_silence(line: Any) -> None:
    """An empty waitUrl plays nothing."""
    call = Meeting(line).joins("waitUrl=''")
    assert call.leg.driver.moment.kind == "alone"
    with pytest.raises(AssertionError, match="no music"):
        call.hears_music()


def test_wait_document_may_not_gather(line: Any) -> None:
    """Only Play, Say, Pause and Redirect stand in a wait document."""
    meeting = Meeting(line, wait="<Response><Gather/></Response>")
    with pytest.raises(Refused, match="12200"):
        meeting.joins("waitUrl='/wait'")


def test_wait_document_that_cannot_be_had(line: Any) -> None:
    """The conference is not established; the Dial's action is told failed."""
    meeting = Meeting(line, wait=(500, ""))
    meeting.joins("waitUrl='/wait'").hears("afterwards").is_over()
    assert meeting.app.forms("/after")[0]["DialCallStatus"] == "failed"


def test_room_may_be_full(line: Any) -> None:
    """Beyond maxParticipants nobody is let in; the next verb follows."""
    meeting = Meeting(line)
    first, second = meeting.joins(), meeting.joins()
    meeting.joins("maxParticipants='2'").hears("next verb").is_over()
    first.talks_with(second)
    assert meeting.app.forms("/after") == []


def test_label_is_used_once(line: Any) -> None:
    """A second participant of the same label is not let in; the next verb follows."""
    meeting = Meeting(line)
    meeting.joins("participantLabel='agent'")
    meeting.joins("participantLabel='agent'").hears("next verb").is_over()


@pytest.mark.parametrize(("beep", "heard"), [("true", 2), ("false", 0), ("onEnter", 1), ("onExit", 1)])
def test_beeps(line: Any, beep: str, heard: int) -> None:
    """The others hear a beep when somebody comes or leaves, as beep says."""
    meeting = Meeting(line)
    first = meeting.joins()
    meeting.joins(f"beep='{beep}'").hangs_up()
    beeps = [entry for entry in meeting.phone.transcript.entries if entry.kind == "beep"]
    assert [entry.leg for entry in beeps] == [first.sid] * heard


def test_agents_talk_in_conferences(line: Any) -> None:
    """A scripted agent called by the REST API joins, talks for a while and hangs up."""
    meeting = Meeting(line)
    caller = meeting.joins()
    meeting.phone.agents["+390612345678"] = Agent(rings=5, talks=30)
    room = f"<Response><Dial><Conference endConferenceOnExit='true'>{ROOM}</Conference></Dial></Response>"
    meeting.client.calls.create(to="+390612345678", from_="+390212345678", twiml=room)
    caller.waits(6)
    assert caller.talks
    caller.waits(31)
    assert caller.over


def test_other_side_hangs_up(line: Any) -> None:
    """The only other one may be made to hang up; of several a test must say which."""
    meeting = Meeting(line)
    first, second = meeting.joins(), meeting.joins()
    third = meeting.joins()
    with pytest.raises(AssertionError, match="several"):
        first.agent_hangs_up()
    third.hangs_up()
    first.agent_hangs_up().talks_with()
    assert second.over


def test_talks_with_can_fail(line: Any) -> None:
    """Talking with others than those named fails the test."""
    meeting = Meeting(line)
    first, second = meeting.joins(), meeting.joins()
    with pytest.raises(AssertionError, match="talks with"):
        first.talks_with()
    with pytest.raises(AssertionError, match="talks with"):
        first.talks_with(first, second)
