"""The script as a table: total, connected, and honest about its keys."""

import pytest

from app.callflow.listen import listen
from app.callflow.model import Call, Cue, Ends, Heard, Listens, Question, State
from app.callflow.prompts import Prompt
from app.callflow.script import LEAD, SCRIPT
from app.callflow.step import PATIENCE, step

CALL = Call("id", "AC", "CA", "+390269430746", None, "2026-11-20T10:00:00+00:00", 1, guessed=True)


def at(state: State, **facts: object) -> Call:
    return Call("id", "AC", "CA", "+39", None, "2026-11-20T10:00:00+00:00", 1, state=state, **facts)  # type: ignore[arg-type] # facts are named by each test


def reachable(start: State) -> set[State]:
    seen, ahead = {start}, [start]
    while ahead:
        for target in SCRIPT[ahead.pop()].hears.values():
            if target not in seen:
                seen.add(target)
                ahead.append(target)
    return seen


def test_every_state_has_a_line() -> None:
    """The script is total: no state is without a line."""
    assert set(SCRIPT) == set(State)


def test_every_state_can_be_reached() -> None:
    """No state stands in the script that no call gets to."""
    assert reachable(State.ARRIVED) == set(State)


@pytest.mark.parametrize("state", State)
def test_every_state_has_a_way_out(state: State) -> None:
    """From every state a call can get to a person or to its end."""
    ends = {other for other in State if SCRIPT[other].ends is Ends.HANGUP}
    assert reachable(state) & {State.TRANSFER, State.TRANSFER_UNVERIFIED, *ends}


ASKING = [state for state in State if SCRIPT[state].does and SCRIPT[state].listens is Listens.NOTHING]


@pytest.mark.parametrize("state", ASKING)
def test_no_states_ask_in_a_circle(state: State) -> None:
    """A turn ends: from a state that asks the world, no answers lead back to it without the caller's word."""
    seen: set[State] = set()
    ahead = [target for target in SCRIPT[state].hears.values() if target in ASKING]
    while ahead:
        asking = ahead.pop()
        assert asking is not state
        if asking not in seen:
            seen.add(asking)
            ahead.extend(target for target in SCRIPT[asking].hears.values() if target in ASKING)


@pytest.mark.parametrize("state", ASKING)
def test_every_question_may_fail(state: State) -> None:
    """A fault of ours is an answer that every state which asks can hear."""
    assert Cue.NOT_CHECKED in SCRIPT[state].hears


@pytest.mark.parametrize("state", State)
def test_a_state_listens_asks_or_ends(state: State) -> None:
    """Every state does exactly one thing: it listens, asks the world, or hands the caller on."""
    line = SCRIPT[state]
    asks_at_once = line.does is not None and line.listens is Listens.NOTHING
    assert [line.listens is not Listens.NOTHING, asks_at_once, line.ends is not None].count(True) == 1


@pytest.mark.parametrize("state", [state for state in State if SCRIPT[state].listens is not Listens.NOTHING])
def test_silence_star_and_zero_are_heard_everywhere(state: State) -> None:
    """Wherever the caller may key, silence, * and 0 mean the same."""
    for digits, cue in (("", Cue.SILENCE), ("*", Cue.REPEAT), ("0", Cue.PERSON)):
        assert listen(at(state), digits).cue is cue
        assert cue in SCRIPT[state].hears
    assert SCRIPT[state].hears[Cue.PERSON] is State.PERSON


@pytest.mark.parametrize("state", State)
def test_every_key_leads_somewhere(state: State) -> None:
    """A key that a state has is a cue that it hears."""
    for cue in SCRIPT[state].keys.values():
        assert cue in SCRIPT[state].hears


@pytest.mark.parametrize("state", [state for state in State if SCRIPT[state].listens is not Listens.NOTHING])
def test_whatever_is_keyed_is_heard(state: State) -> None:
    """No digits, however odd, are without a cue that the state hears."""
    for digits in ("5", "9", "A", "#", "12", "123456", "*#ABCD", "٣٤٥٦", "1" * 64_000):
        call, cue = step(at(state), listen(at(state), digits))
        assert cue in SCRIPT[state].hears or SCRIPT[state].does is Question.JUDGE
        assert call.state in set(State)


@pytest.mark.parametrize("state", [state for state in State if Cue.GAVE_UP in SCRIPT[state].hears])
def test_wrong_keys_lead_to_a_person(state: State) -> None:
    """The third wrong key in a row stops asking."""
    call = at(state)
    for _ in range(PATIENCE - 1):
        call, cue = step(call, Heard(Cue.NOT_A_KEY))
        assert (call.state, cue) == (state, Cue.NOT_A_KEY)
    call, cue = step(call, Heard(Cue.NOT_A_KEY))
    assert cue is Cue.GAVE_UP
    assert call.state is SCRIPT[state].hears[Cue.GAVE_UP]
    assert call.misses == 0


def test_waiting_for_a_code_is_patience() -> None:
    """While a code is awaited, silence never gives up by itself."""
    call = at(State.ENTER_CODE)
    for _ in range(30):
        call, cue = step(call, Heard(Cue.WAITED))
    assert (call.state, cue) == (State.ENTER_CODE, Cue.WAITED)


def test_a_cue_not_foreseen_does_not_break_a_call() -> None:
    """The step is total: whatever a state is told, the call is in a state of the script afterwards."""
    for state in State:
        for cue in Cue:
            call, _ = step(at(state), Heard(cue))
            assert call.state in SCRIPT


def test_every_question_is_asked() -> None:
    """No question is in the vocabulary that the script does not ask."""
    assert {line.does for line in SCRIPT.values() if line.does} == set(Question)


def test_transfers_hear_their_end() -> None:
    """A transfer nobody answered goes on to the next queue, a conversation to what follows a call.

    Whoever waits may ask for something meanwhile, and every transfer hears it alike.
    """
    transfers = [SCRIPT[state].hears for state in State if SCRIPT[state].ends is Ends.TRANSFER]
    for hears in transfers:
        assert hears == transfers[0]
    assert transfers[0][Cue.BRIDGED] is State.AFTER_CALL
    assert transfers[0][Cue.NOT_ANSWERED] is State.NEXT_QUEUE


def test_every_caller_prompt_is_said() -> None:
    """No prompt for callers is in the vocabulary that the script never says."""
    said = {prompt for line in SCRIPT.values() for prompt in line.says} | set(LEAD.values())
    by_gaps = {Prompt.OPENING, Prompt.LANGUAGE_OPTION_NAMED, Prompt.OPENS_AT_PLACE, Prompt.NEVER_OPENS}
    elsewhere = ("WAIT_", "WHISPER_", "MAIL_", "TEXT_", "CALL_", "NOTICE", "CHANGED", "ADDRESS", "MISSED_",
                 "DEPARTMENT_T", "DEPARTMENT_B", "METHOD_", "ROLE_")  # fmt: skip
    in_conversation = {Prompt.CALLER_GONE, Prompt.CALLBACK_HELLO, Prompt.CALLBACK_LOST, Prompt.CODE_STEP,
                       Prompt.BACK_TO_COLLEAGUE}  # fmt: skip
    others = {prompt for prompt in Prompt if not prompt.startswith(elsewhere)}
    assert others == said | by_gaps | in_conversation
