"""The life of one execution environment, as a table of states x events.

Rule 1: everything that decides what an environment does next is in this file.
Rule 2: this file knows no process, socket, clock or invocation; whoever advances the state carries the effects out.
Rule 3: events may come in any order. A pair the table lacks is a runtime that breaks the Runtime API's rules.

Sources: AWS, "Understanding the Lambda execution environment lifecycle" and "Using the Lambda runtime API for custom
runtimes"; the runtime's own transitions as in aws/aws-lambda-runtime-interface-emulator, lambda/core/states.go.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class _Name(StrEnum):
    """An enumeration of names that is looked up at every step of every invocation: it is hashed as the text it is, not
    by Enum's method."""

    __hash__ = str.__hash__


class State(_Name):
    """Where an environment stands, seen from the outside."""

    INITIALIZING = "Started"
    """The process runs; the runtime has not asked for work yet."""
    IDLE = "Ready"
    """The runtime waits in /next."""
    BUSY = "Running"
    """An invocation is with the handler."""
    RESPONDED = "ResponseSent"
    """The handler's answer is in; the runtime has not asked for more yet."""
    DRAINING = "Draining"
    """The environment is BUSY, and told to retire: this invocation is its last."""
    KILLED = "Killed"
    """The process group has been killed (timed out, failed to initialize, retired) and is not reaped yet."""
    DEAD = "Exited"
    """The process has ended and is reaped."""


class Event(_Name):
    """What happens to an environment: the first four come from the runtime, the others from outside."""

    NEXT = "Ready"
    RESPONSE = "InvocationResponse"
    ERROR = "InvocationErrorResponse"
    INIT_ERROR = "InitError"

    INVOKE = "Invoke"
    """An invocation is handed over."""
    DEADLINE = "Deadline"
    """The init limit or the function's timeout has passed."""
    HANGUP = "Hangup"
    """The connection the runtime waited on was lost."""
    RETIRE = "Retire"
    """The code changed or the function is gone: what runs is finished, and nothing new is taken."""
    STOP = "Stop"
    """The environment has to end at once."""
    EXIT = "Exit"
    """The process has ended and is reaped."""


class Effect(_Name):
    """What the one who advances the state must do, in this order. An outcome goes to the invocation's caller, or, when
    there is none yet, to those who wait for the init phase."""

    OFFER = "offer"
    """The environment can take an invocation."""
    SEND = "send"
    """Answer the runtime's /next with the invocation."""
    DELIVER = "deliver"
    """The outcome is what the runtime posted."""
    FAIL_TIMEOUT = "fail timeout"
    """The outcome is that time ran out."""
    FAIL_EXIT = "fail exit"
    """The outcome is that the runtime's process ended."""
    KILL = "kill"
    """Kill the process group."""


Step = tuple[State, tuple[Effect, ...]]
"""Where an event leads, and what has to be done on the way, in this order."""

_INITIALIZING: Mapping[Event, Step] = {
    Event.NEXT: (State.IDLE, (Effect.OFFER,)),
    Event.INIT_ERROR: (State.KILLED, (Effect.DELIVER, Effect.KILL)),
    Event.DEADLINE: (State.KILLED, (Effect.FAIL_TIMEOUT, Effect.KILL)),
    Event.RETIRE: (State.KILLED, (Effect.KILL,)),
    Event.STOP: (State.KILLED, (Effect.KILL,)),
    Event.EXIT: (State.DEAD, (Effect.FAIL_EXIT,)),
}
_IDLE: Mapping[Event, Step] = {
    Event.NEXT: (State.IDLE, ()),  # asked again on another connection: the latest one is answered
    Event.INVOKE: (State.BUSY, (Effect.SEND,)),
    Event.HANGUP: (State.KILLED, (Effect.KILL,)),
    Event.RETIRE: (State.KILLED, (Effect.KILL,)),
    Event.STOP: (State.KILLED, (Effect.KILL,)),
    Event.EXIT: (State.DEAD, ()),
}
_BUSY: Mapping[Event, Step] = {
    Event.RESPONSE: (State.RESPONDED, (Effect.DELIVER,)),
    Event.ERROR: (State.RESPONDED, (Effect.DELIVER,)),
    Event.DEADLINE: (State.KILLED, (Effect.FAIL_TIMEOUT, Effect.KILL)),
    Event.RETIRE: (State.DRAINING, ()),
    Event.STOP: (State.KILLED, (Effect.FAIL_EXIT, Effect.KILL)),
    Event.EXIT: (State.DEAD, (Effect.FAIL_EXIT,)),
}
_RESPONDED: Mapping[Event, Step] = {
    Event.NEXT: (State.IDLE, (Effect.OFFER,)),
    Event.DEADLINE: (State.KILLED, (Effect.KILL,)),
    Event.RETIRE: (State.KILLED, (Effect.KILL,)),
    Event.STOP: (State.KILLED, (Effect.KILL,)),
    Event.EXIT: (State.DEAD, ()),
}
_DRAINING: Mapping[Event, Step] = {
    Event.RESPONSE: (State.KILLED, (Effect.DELIVER, Effect.KILL)),
    Event.ERROR: (State.KILLED, (Effect.DELIVER, Effect.KILL)),
    Event.DEADLINE: (State.KILLED, (Effect.FAIL_TIMEOUT, Effect.KILL)),
    Event.RETIRE: (State.DRAINING, ()),
    Event.STOP: (State.KILLED, (Effect.FAIL_EXIT, Effect.KILL)),
    Event.EXIT: (State.DEAD, (Effect.FAIL_EXIT,)),
}
_KILLED: Mapping[Event, Step] = dict.fromkeys(Event, (State.KILLED, ())) | {Event.EXIT: (State.DEAD, ())}
_DEAD: Mapping[Event, Step] = dict.fromkeys(Event, (State.DEAD, ()))

TRANSITIONS: Mapping[State, Mapping[Event, Step]] = MappingProxyType(
    {
        State.INITIALIZING: _INITIALIZING,
        State.IDLE: _IDLE,
        State.BUSY: _BUSY,
        State.RESPONDED: _RESPONDED,
        State.DRAINING: _DRAINING,
        State.KILLED: _KILLED,
        State.DEAD: _DEAD,
    }
)


def advance(state: State, event: Event) -> Step | None:
    """Return the state after `event` and what to do; None when `event` is not allowed in `state`."""
    return TRANSITIONS[state].get(event)
