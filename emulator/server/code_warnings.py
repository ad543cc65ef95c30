"""Tells of functions that cannot start before a request finds out, after the start and after each save."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from emulator.config.load import Loaded
from emulator.functions.invocation import Function, HeaderRead

if TYPE_CHECKING:
    from emulator.functions.code_problem import CodeProblem

SETTLED = 0.15
"""Seconds after a save before its code is looked at: the environment that is started for it goes first."""


class CodeWarnings:
    """Looks at functions' files, in a thread, not on the event loop's; `tell` gets each warning once, until it
    changes. `origin_reads` are the lines that read Origin by a name that is not in lower case, by function, once it has
    been looked at."""

    def __init__(
        self,
        loaded: Callable[[], Loaded],
        project: Path,
        environ: Mapping[str, str],
        tell: Callable[[str], None],
    ) -> None:
        self._loaded = loaded
        self._project = project
        self._environ = environ
        self._tell = tell
        self._found: dict[tuple[object, ...], set[str]] = {}
        self._told: dict[str, tuple[CodeProblem, ...]] = {}
        self.origin_reads: dict[str, HeaderRead] = {}
        self._due: set[str] = set()
        self._task: asyncio.Task[None] | None = None
        self._glances: set[asyncio.Task[None]] = set()

    def look_at(self, functions: Iterable[str]) -> asyncio.Task[None]:
        """Look at these functions soon, by the task that is returned and need not be waited for; at once at those of
        which there is something to unsay."""
        names = frozenset(functions)
        self._due.update(names)
        for name in names:
            self.origin_reads.pop(name, None)
        warned = frozenset(name for name in names if self._told.get(name))
        if warned:
            glance = asyncio.get_running_loop().create_task(self._forget_mended(warned))
            self._glances.add(glance)
            glance.add_done_callback(self._glances.discard)
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._look())
        return self._task

    def close(self) -> None:
        """Look at nothing any more."""
        for task in (self._task, *self._glances):
            if task is not None:
                task.cancel()

    async def unsaid(self) -> None:
        """Return when what was mended is forgotten."""
        await asyncio.gather(*self._glances)

    async def _forget_mended(self, names: Collection[str]) -> None:
        """Forget what was told and is mended: broken again before its code has settled, it is news."""
        found = await asyncio.to_thread(self._problems, self._loaded(), names)
        for name, problems in found.items():
            self._told[name] = tuple(problem for problem in self._told.get(name, ()) if problem in problems)

    async def _look(self) -> None:
        while self._due:
            await asyncio.sleep(SETTLED)
            await self.unsaid()
            names, self._due = self._due, set()
            loaded = self._loaded()
            self._tell_news(loaded, await asyncio.to_thread(self._problems, loaded, names))
            reads = await asyncio.to_thread(self._reads, loaded, names)
            self.origin_reads.update((name, read) for name, read in reads.items() if name not in self._due)

    def _problems(self, loaded: Loaded, names: Collection[str]) -> dict[str, tuple[CodeProblem, ...]]:
        from emulator.functions.code_look import Files, code_problems  # not before `Ready`

        files = Files(self._project, self._environ, self._found)
        functions = loaded.deployment.functions.items()
        return {name: code_problems(function, files, self._environ) for name, function in functions if name in names}

    def _reads(self, loaded: Loaded, names: Collection[str]) -> dict[str, HeaderRead]:
        from emulator.functions.code_look import Files
        from emulator.functions.origin_read import origin_read

        files = Files(self._project, self._environ)
        functions = loaded.deployment.functions.items()
        found = {name: origin_read(function, files) for name, function in functions if name in names}
        return {name: read for name, read in found.items() if read is not None}

    def _tell_news(self, loaded: Loaded, found: Mapping[str, tuple[CodeProblem, ...]]) -> None:
        """Tell what was not told yet; a problem that several functions have once, at the first of them."""
        news: dict[CodeProblem, list[str]] = {}
        for name, problems in found.items():
            for problem in problems:
                if problem not in self._told.get(name, ()):
                    news.setdefault(problem, []).append(name)
            self._told[name] = problems
        for problem, names in news.items():
            again = f" ({len(names)} functions)" if len(names) > 1 else ""
            said = loaded.function_warning(names[0], f"{problem.found}{again}", problem.expected, problem.fix)
            self._tell(str(said))


def failed_to_start(loaded: Loaded, function: Function, project: Path, environ: Mapping[str, str]) -> list[str]:
    """Say why a function whose init phase failed may not start, where its files show it."""
    from emulator.functions.code_look import Files, code_problems

    found = code_problems(function, Files(project, environ), environ)
    return [str(loaded.function_warning(function.name, one.found, one.expected, one.fix)) for one in found]
