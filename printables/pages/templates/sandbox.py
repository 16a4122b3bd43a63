"""Templates that cannot run for ever or take all memory: Jinja's sandbox, and what it lacks.

The sandbox keeps templates away from Python and from changing what they are given. It does not stop loops inside loops,
`"x" * 10000000000`, or text that is doubled again and again. Here, a template is ended from within, by two rules:

- The processor time that it has used is looked at wherever it can repeat something: whenever a loop, a macro, a block,
  an included template or a branch begins, and at each call, filter, test and step of a lazy filter such as `map`.
- Whatever happens between two such places is short, because it is bounded. Numbers that multiply work are small, what
  is worked on has at most LARGEST_VALUE characters and entries, and filters whose work grows faster than that are left
  out. Memory has a limit of its own (on Linux).
"""

from __future__ import annotations

import contextlib
import functools
import itertools
import math
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from jinja2 import Environment, nodes, pass_environment
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace

from printables import limits
from printables.pages.templates.memory_limit import kept_below

LARGEST = 10**9
"""Numbers that templates may multiply."""
LARGEST_COUNT = 100_000
"""Numbers that say how wide, how long or how many something is: as many as Jinja's `range` gives."""
LARGEST_VALUE = 16 * limits.MIB
"""Characters and entries of a value that a template works on, with all values inside of it. A leaflet has 60,000."""
COUNTING = frozenset({"batch", "center", "indent", "round", "slice", "tojson", "truncate"})
"""Jinja's filters that are given such a number (Jinja 3.1)."""
MOST_LISTS = 1_000
"""Lists that `sum` joins."""
LEFT_OUT = ("pprint", "striptags", "urlize", "wordwrap")
"""Filters whose work grows with the square of a text's length; no page needs them."""
_WHY = "Look for loops inside loops, and for text that is joined to itself."


class TemplateLimit(Exception):
    """A template takes more than it may; says what, and where to look."""


class _Deadline(threading.local):
    """The processor time of this thread at which its template is ended, and how many seconds it had."""

    at = math.inf
    seconds = math.inf


_DEADLINE = _Deadline()


@contextlib.contextmanager
def time_limited(seconds: float | None = None) -> Iterator[None]:
    """Limit the templates filled in by this block. Raises TemplateLimit beyond the limits of limits.py.

    `seconds` are those of processor time of this thread: beside much other work, a template may take many times as long
    by the clock. A block inside another one ends no later than that.
    """
    before = _DEADLINE.at, _DEADLINE.seconds
    _DEADLINE.seconds = seconds or limits.COMPOSING
    _DEADLINE.at = min(before[0], time.thread_time() + _DEADLINE.seconds)
    try:
        with kept_below(limits.MEMORY):
            yield
    except MemoryError:
        raise TemplateLimit(f"it takes more than {limits.MEMORY // limits.MIB:,} MiB of memory. {_WHY}") from None
    finally:
        _DEADLINE.at, _DEADLINE.seconds = before


class _CheckingCode(CodeGenerator):
    """Compiles templates to Python that looks at the time wherever something can be repeated."""

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: Frame) -> None:
        """Statements in a row: the body of a template, block, macro, loop or branch. Nothing repeats but these."""
        self.writeline("environment.check_time()")
        super().blockvisit(nodes, frame)

    def visit_List(self, node: nodes.List, frame: Frame) -> None:  # noqa: N802 - Jinja's name, as those below
        with self._checked():
            super().visit_List(node, frame)

    def visit_Dict(self, node: nodes.Dict, frame: Frame) -> None:  # noqa: N802
        with self._checked():
            super().visit_Dict(node, frame)

    def visit_Tuple(self, node: nodes.Tuple, frame: Frame) -> None:  # noqa: N802
        with self._checked() if node.ctx == "load" else contextlib.nullcontext():
            super().visit_Tuple(node, frame)

    @contextlib.contextmanager
    def _checked(self) -> Iterator[None]:
        """A list of two lists of two lists and so on is short to write, and takes for ever to print or compare."""
        self.write("environment.checked(")
        yield
        self.write(")")


class SandboxEnvironment(ImmutableSandboxedEnvironment):
    """The sandbox, in which every template comes to an end."""

    code_generator_class = _CheckingCode
    intercepted_binops = frozenset(["*", "**", "%", "+"])

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        del self.globals["lipsum"]  # as many words as are asked for
        self.globals["namespace"] = _PlainNamespace
        self.filters["sum"] = _sum
        self.filters["with_capital"] = _with_capital
        for name in LEFT_OUT:
            del self.filters[name]
        self.filters.update({name: _bounded(name, function) for name, function in self.filters.items()})
        self.tests.update({name: _bounded(name, function) for name, function in self.tests.items()})

    @staticmethod
    def check_time() -> None:
        """Raises TemplateLimit where the template of this thread has used up its processor time."""
        if time.thread_time() > _DEADLINE.at:
            raise TemplateLimit(f"it takes more than {_DEADLINE.seconds:g} seconds of processor time. {_WHY}")

    @staticmethod
    def checked(value: Any) -> Any:
        """The value. Raises TemplateLimit where it is too large."""
        if _size(value) > LARGEST_VALUE:
            raise TemplateLimit(f"it makes a value of more than {LARGEST_VALUE:,} characters and entries. {_WHY}")
        return value

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Text is neither encoded nor stripped of tags: both can take the square of its length."""
        return attr not in ("encode", "striptags") and super().is_safe_attribute(obj, attr, value)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Reckon, or join. Raises SecurityError where text is multiplied, for powers and for numbers beyond measure."""
        if operator == "+":
            return self.checked(super().call_binop(context, operator, self.checked(left), self.checked(right)))
        numbers = all(isinstance(one, int | float) and abs(one) <= LARGEST for one in (left, right))
        if operator == "**" or not numbers:
            raise SecurityError(f'"{operator}" is for numbers up to {LARGEST:,}' if operator != "**" else "no powers")
        return super().call_binop(context, operator, left, right)

    def call(self, context: Any, function: Any, /, *given: Any, **named: Any) -> Any:
        """Call a macro, a function or a method. Methods of text, numbers and lists are bounded as filters are."""
        self.check_time()
        owner = getattr(function, "__self__", None)
        if isinstance(owner, str | bytes | int):
            for one in (*given, *named.values()):
                self.checked(one)
                _check_count(function.__name__, one)
            self.checked(owner)
        return self.checked(super().call(context, function, *given, **named))


class _PlainNamespace(Namespace):
    """Jinja's own prints all that it holds, and what that holds: with namespaces in namespaces this never ends."""

    def __repr__(self) -> str:
        return "<Namespace>"


def _bounded(name: str, function: Any) -> Callable[..., Any]:
    """A filter or test that looks at the time, and works on nothing too large."""

    @functools.wraps(function)
    def bounded(*given: Any, **named: Any) -> Any:
        SandboxEnvironment.check_time()
        for one in (*given, *named.values()):
            SandboxEnvironment.checked(one)
        if name in COUNTING:
            for one in (*_without_value(given), *named.values()):
                _check_count(name, one)
        made = function(*given, **named)
        return _step_by_step(made) if isinstance(made, Iterator) else SandboxEnvironment.checked(made)

    return bounded


def _without_value(given: tuple[Any, ...]) -> tuple[Any, ...]:
    """What a filter is given besides its value. Before it, Jinja puts an object of its own where that is asked for."""
    return given[2:] if isinstance(given[0], Context | EvalContext | Environment) else given[1:]


def _with_capital(text: str) -> str:
    """A text with a capital as its first letter, for the start of a sentence. All other letters stay as they are."""
    return text[:1].upper() + text[1:]


@pass_environment
def _sum(environment: Environment, value: Iterable[Any], attribute: Any = None, start: Any = 0) -> Any:
    """Jinja's `sum`. Lists are copied at each step, so that a long row of them would take for ever."""
    if isinstance(start, list | tuple):
        value = tuple(itertools.islice(value, MOST_LISTS + 1))
        if len(value) > MOST_LISTS:
            raise SecurityError(f'"sum" is for up to {MOST_LISTS:,} lists')
    return FILTERS["sum"](environment, value, attribute, start)


def _step_by_step(lazy: Iterator[Any]) -> Iterator[Any]:
    """What a lazy filter makes, with a look at the time at each of it."""
    for one in lazy:
        SandboxEnvironment.check_time()
        yield SandboxEnvironment.checked(one)


def _check_count(name: str, value: Any) -> None:
    if isinstance(value, int) and abs(value) > LARGEST_COUNT:
        raise SecurityError(f'"{name}" is for numbers up to {LARGEST_COUNT:,}')


def _size(value: Any) -> int:
    """Characters and entries of a value, and of all values inside of it; beyond LARGEST_VALUE it counts no further.

    What most values are is looked at first. There is no recursion, as values may be nested deeply.
    """
    if isinstance(value, str | bytes):
        return len(value)
    if not isinstance(value, list | tuple | set | frozenset | dict):
        return 1
    size = 0
    waiting: list[Any] = [value]
    while waiting and size <= LARGEST_VALUE:
        one = waiting.pop()
        size += 1
        if isinstance(one, str | bytes):
            size += len(one)
        elif isinstance(one, list | tuple | set | frozenset):
            waiting.extend(one)
        elif isinstance(one, dict):
            waiting.extend((*one.keys(), *one.values()))
    return size
