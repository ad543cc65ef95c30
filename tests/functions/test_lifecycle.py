import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.functions.lifecycle import TRANSITIONS, Effect, Event, State, advance


@pytest.mark.parametrize(
    ("state", "event", "step"),
    [
        pytest.param(State.INITIALIZING, Event.NEXT, (State.IDLE, (Effect.OFFER,)), id="init-done"),
        pytest.param(
            State.INITIALIZING, Event.INIT_ERROR, (State.KILLED, (Effect.DELIVER, Effect.KILL)), id="init-error"
        ),
        pytest.param(
            State.INITIALIZING, Event.DEADLINE, (State.KILLED, (Effect.FAIL_TIMEOUT, Effect.KILL)), id="init-limit"
        ),
        pytest.param(State.INITIALIZING, Event.EXIT, (State.DEAD, (Effect.FAIL_EXIT,)), id="init-exit"),
        pytest.param(State.INITIALIZING, Event.RETIRE, (State.KILLED, (Effect.KILL,)), id="init-replaced"),
        pytest.param(State.INITIALIZING, Event.RESPONSE, None, id="init-response-refused"),
        pytest.param(State.IDLE, Event.INVOKE, (State.BUSY, (Effect.SEND,)), id="idle-invoke"),
        pytest.param(State.IDLE, Event.NEXT, (State.IDLE, ()), id="idle-asks-again"),
        pytest.param(State.IDLE, Event.HANGUP, (State.KILLED, (Effect.KILL,)), id="idle-hangup"),
        pytest.param(State.IDLE, Event.RETIRE, (State.KILLED, (Effect.KILL,)), id="idle-replaced"),
        pytest.param(State.IDLE, Event.EXIT, (State.DEAD, ()), id="idle-exit"),
        pytest.param(State.IDLE, Event.RESPONSE, None, id="idle-response-refused"),
        pytest.param(State.IDLE, Event.INIT_ERROR, None, id="idle-init-error-refused"),
        pytest.param(State.BUSY, Event.RESPONSE, (State.RESPONDED, (Effect.DELIVER,)), id="busy-response"),
        pytest.param(State.BUSY, Event.ERROR, (State.RESPONDED, (Effect.DELIVER,)), id="busy-error"),
        pytest.param(State.BUSY, Event.DEADLINE, (State.KILLED, (Effect.FAIL_TIMEOUT, Effect.KILL)), id="busy-timeout"),
        pytest.param(State.BUSY, Event.EXIT, (State.DEAD, (Effect.FAIL_EXIT,)), id="busy-exit"),
        pytest.param(State.BUSY, Event.RETIRE, (State.DRAINING, ()), id="busy-replaced"),
        pytest.param(State.BUSY, Event.STOP, (State.KILLED, (Effect.FAIL_EXIT, Effect.KILL)), id="busy-stopped"),
        pytest.param(State.BUSY, Event.NEXT, None, id="busy-next-refused"),
        pytest.param(State.RESPONDED, Event.NEXT, (State.IDLE, (Effect.OFFER,)), id="responded-next"),
        pytest.param(State.RESPONDED, Event.RESPONSE, None, id="second-response-refused"),
        pytest.param(State.RESPONDED, Event.DEADLINE, (State.KILLED, (Effect.KILL,)), id="responded-hangs"),
        pytest.param(State.RESPONDED, Event.EXIT, (State.DEAD, ()), id="responded-exit"),
        pytest.param(State.RESPONDED, Event.RETIRE, (State.KILLED, (Effect.KILL,)), id="responded-replaced"),
        pytest.param(State.DRAINING, Event.RESPONSE, (State.KILLED, (Effect.DELIVER, Effect.KILL)), id="drained"),
        pytest.param(State.DRAINING, Event.ERROR, (State.KILLED, (Effect.DELIVER, Effect.KILL)), id="drained-error"),
        pytest.param(
            State.DRAINING, Event.DEADLINE, (State.KILLED, (Effect.FAIL_TIMEOUT, Effect.KILL)), id="draining-timeout"
        ),
        pytest.param(State.DRAINING, Event.RETIRE, (State.DRAINING, ()), id="draining-replaced-again"),
        pytest.param(State.DRAINING, Event.EXIT, (State.DEAD, (Effect.FAIL_EXIT,)), id="draining-exit"),
        pytest.param(State.KILLED, Event.RESPONSE, (State.KILLED, ()), id="late-response"),
        pytest.param(State.KILLED, Event.DEADLINE, (State.KILLED, ()), id="late-deadline"),
        pytest.param(State.KILLED, Event.EXIT, (State.DEAD, ()), id="reaped"),
        pytest.param(State.DEAD, Event.STOP, (State.DEAD, ()), id="dead"),
    ],
)
def test_advance(state: State, event: Event, step: tuple[State, tuple[Effect, ...]] | None) -> None:
    assert advance(state, event) == step


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("event", [Event.RETIRE, Event.STOP, Event.EXIT])
def test_replacement_shutdown_and_exit_may_come_in_every_state(state: State, event: Event) -> None:
    assert advance(state, event) is not None


@given(st.lists(st.sampled_from(Event)))
def test_every_invocation_ends_once_and_whatever_is_killed_is_killed_once(events: list[Event]) -> None:
    state, in_flight, kills = State.INITIALIZING, False, 0
    for event in events:
        step = advance(state, event)
        if step is None:
            assert event not in (Event.RETIRE, Event.STOP, Event.EXIT)
            continue
        started = state is State.INITIALIZING
        state, effects = step
        for effect in effects:
            if effect is Effect.SEND:
                assert not in_flight
                in_flight = True
            elif effect in (Effect.DELIVER, Effect.FAIL_TIMEOUT, Effect.FAIL_EXIT):
                assert in_flight or started
                in_flight = False
        kills += effects.count(Effect.KILL)
        assert in_flight == (state in (State.BUSY, State.DRAINING))
    assert kills <= 1


def test_the_table_knows_every_state() -> None:
    assert set(TRANSITIONS) == set(State)
