"""`emulate serve`, from the configuration to Ctrl-C."""

import asyncio
import logging
import sys
import time
from collections.abc import Awaitable, Callable, Collection, Mapping
from pathlib import Path
from typing import TypeVar

from emulator.config.complaint import quoted
from emulator.config.emulator_yaml.differences import changes as differences
from emulator.config.load import Loaded, load
from emulator.config.read_file import contents_of
from emulator.config.rules.hosts import EXPECTED, is_host_name, nearest_host_name
from emulator.console.commands import HINT
from emulator.console.lines import Lines
from emulator.console.reach import reach_of
from emulator.control.control_port import ControlPort, Served
from emulator.debugger.debug_ports import DebugPorts, open_debug_ports
from emulator.debugger.debugging import debugger_of
from emulator.deployment import Deployment, Frontend, url_of
from emulator.errors import AddressError, EmulatorError, Problem
from emulator.findings.fix import Fix
from emulator.functions.invocation import HeaderRead, Invocation, Result
from emulator.functions.pool import Pool
from emulator.history.history import History
from emulator.reload.changes import Changes, Outcome, touched
from emulator.reload.restarts import Restarts
from emulator.reload.watch import Watcher
from emulator.server.asgi import Enforcing
from emulator.server.code_warnings import CodeWarnings
from emulator.server.container import runs_as_container
from emulator.server.descriptors import raise_limit, too_few_for
from emulator.server.event_loop import collect_seldom, event_loop_factory
from emulator.server.live import LiveDeployment, Prepared
from emulator.server.settings import Settings
from emulator.server.stop import Stop
from emulator.server.told import discard_output, log_to, open_console

T = TypeVar("T")


def serve_while(meanwhile: Callable[["Serving"], Awaitable[T]], settings: Settings, environ: Mapping[str, str]) -> T:
    """Serve while `meanwhile`, called once all APIs answer, runs; return its result. Raises EmulatorError when serving
    cannot begin."""
    raise_limit()
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
    check_hosts(settings.allow_hosts)
    began = time.time()
    loaded = load(settings.config, settings.env_files)
    functions = loaded.deployment.functions
    debug = open_debug_ports(settings.debug, functions, settings.config.resolve().parent, environ)
    with asyncio.Runner(loop_factory=event_loop_factory()) as runner:
        return runner.run(Serving(settings, environ, loaded, began, debug).run(meanwhile))


def check_hosts(names: tuple[str, ...]) -> None:
    """Raise AddressError for what --allow-host cannot mean."""
    for name in names:
        if not is_host_name(name):
            meant = nearest_host_name(name)
            fix = f"Write `--allow-host {meant}`." if meant else "Name each host, like `--allow-host api`."
            raise AddressError(f"--allow-host {quoted(name)}: expected {EXPECTED}. {fix}")


class Serving:
    """One run of `emulate serve`: what is served, by which environments, watched by whom."""

    def __init__(
        self, settings: Settings, environ: Mapping[str, str], loaded: Loaded, began: float, debug: DebugPorts
    ) -> None:
        """Make all parts of the run; `began` is the Unix time, in seconds, before the configuration was read: later
        saves are changes."""
        project = settings.config.resolve().parent
        self.settings = settings
        self._loaded = loaded
        self._began = began
        self._debug = debug
        self.stop = Stop()
        self.history = History(self._frontends, self._origin_read)
        self.lines = self._open_lines()
        telling = self._words if settings.as_json else self.lines
        stream, logs = settings.stream, settings.platform_logs
        self.console = open_console(telling, self.history, self._reader_gone, stream, platform_logs=logs)
        self._pool = Pool(
            debug.mark(loaded.deployment.functions),
            environ,
            self.console.log,
            self.console.init_error,
            project,
            on_problem=self.console.problem,
            descriptors=raise_limit(),
        )
        self._live = LiveDeployment(
            settings.host,
            settings.port,
            self._invoke,
            self.history.observe,
            self.history.arrived,
            allowed=settings.allow_hosts,
            enforcing=Enforcing(self._frontends, self._words, self._origin_read) if settings.enforce else None,
        )
        self._control = self._open_control()
        self._reloads: set[asyncio.Task[None]] = set()
        self._reloading, self._refused = asyncio.Lock(), ""
        self._watcher: Watcher | None = None
        self._restarts = Restarts(time.monotonic, self.console.problem)
        self._code = CodeWarnings(lambda: self._loaded, project, environ, self.console.warning)

    def _origin_read(self, function: str) -> HeaderRead | None:
        return self._code.origin_reads.get(function)

    def _reader_gone(self) -> None:
        """End as any program of a pipe does (Python: signal, "Note on SIGPIPE"), with no last words for the pipe."""
        discard_output(self.settings.stream)
        self.stop.ask()

    def _open_control(self) -> ControlPort:
        served = Served(
            self._frontends,
            lambda: self._live.hosts,
            self._endpoints,
            self.settings.config,
            lambda: self._refused,
            self._live.mapped,
        )
        return ControlPort(self.settings.control, served, self.history, self._words)

    def _open_lines(self) -> Lines:
        return Lines(
            colour=self.settings.colour,
            columns=self.settings.columns,
            zone=None,
            words=self._placed,
            is_fitted=self.settings.is_terminal,
        )

    def _placed(self, fix: Fix) -> tuple[str, str]:
        from emulator.config.dialects.emulator_yaml import placed  # fixes have no work before there is a finding

        return placed(fix, self._loaded.deployment.places)

    def _words(self, fix: Fix) -> str:
        from emulator.config.dialects.emulator_yaml import worded

        return worded(fix, self._loaded.deployment.places)

    def _frontends(self) -> tuple[Frontend, ...]:
        return self._loaded.deployment.frontends

    def urls(self) -> dict[str, str]:
        """Return where a page finds each API, by the API's name, then the custom domain names, by theirs."""
        apis = {name: url for name, _, url in self._endpoints()}
        return apis | {name: url for name, url in self._live.domains().items() if name not in apis}

    async def run(self, meanwhile: Callable[["Serving"], Awaitable[T]]) -> T:
        """Serve while `meanwhile` runs; return its result when every child process of a function is gone."""
        self.stop.listen()
        if self.settings.as_json:
            log_to(self.console.warning)
        try:
            await self._live.publish(self._live.prepare(self._loaded.deployment))
            await self._control.start()
            await self._debug.start(self.console.problem)
            self._announce()
            self._start_debugged(self._debug.ports)
            self._code.look_at(self._loaded.deployment.functions)
            if self.settings.reload:
                self._watcher = self._watch()
            collect_seldom()
            return await meanwhile(self)
        finally:
            self._code.close()
            self._debug.close()
            self._live.close()
            self._control.close()
            await self._pool.close()
            if self._watcher is not None:
                self._watcher.stop()
            if not self.console.finish():
                discard_output(self.settings.stream)

    def _announce(self) -> None:
        """Tell where each API is, then that all are ready, for which scripts wait."""
        self._list_endpoints()
        self._control.is_ready = True
        control = self.settings.control
        control_host = None if control is None else control.host
        for reach in reach_of(self.settings.host, control_host, in_container=runs_as_container()):
            self.console.problem(reach)
        if (too_few := too_few_for(len(self._loaded.deployment.functions))) is not None:
            self.console.warning(too_few)
        seconds = time.perf_counter() - self.settings.began
        keys = HINT if self.settings.has_keys else ""
        self.console.ready(reloads=self.settings.reload, seconds=seconds, keys=keys)
        self.console.flush()

    def _list_endpoints(self) -> None:
        host = self.settings.host
        served = [(one.api, url_of(one.api, one.port, host)) for one in self._live.published]
        self.console.endpoints(served, self._frontends(), self._live.mapped())
        if self._control.url is not None:
            self.console.control(self._control.url)
        self._list_debuggers(self._debug.ports)
        self._warn()

    def _endpoints(self) -> list[tuple[str, str, str]]:
        """List name, product and URL of each API."""
        host = self.settings.host
        return [(one.api.name, one.api.product, url_of(one.api, one.port, host)) for one in self._live.published]

    def _warn(self, told: Collection[Problem] = ()) -> None:
        for warning in self._loaded.warnings:
            if warning not in told:
                self.console.warning(str(warning))

    def _list_debuggers(self, names: Collection[str]) -> None:
        for function, port in self._debug.debugged(self._loaded.deployment.functions):
            if function.name in names:
                self.console.debugger(function.name, port, debugger_of(function))

    def _start_debugged(self, names: Collection[str]) -> None:
        """Start these functions if they are debugged, so that an editor can attach before the first request."""
        for name in self._debug.ports.keys() & names:
            self._pool.start(name)

    def _watch(self) -> Watcher:
        problem, note = self.console.problem, self.console.note
        watcher = Watcher(*watched(self._loaded), self.settings.poll, self._changed, problem, on_note=note)
        watcher.start(self._began)
        return watcher

    async def _invoke(self, function: str, invocation: Invocation) -> Result:
        """Invoke a function with the code as it was saved when the request came."""
        if self._watcher is not None:
            reported = self._watcher.catch_up()
            if reported is not None:
                await reported
            if self._restarts.asked(function):
                self._pool.replace({function})
        result = await self._pool.invoke(function, invocation)
        self._restarts.answered(function)
        return result

    def _changed(self, changes: Changes) -> None:
        """Act on what was saved: on code first, at once; then, when it changed too, on the configuration."""
        what = touched(changes.paths, code_folders(self._loaded), self._loaded.config_files)
        if changes.outcome is Outcome.BEGUN:
            self._pool.hold(what.functions.keys())
            return
        if changes.outcome is Outcome.UNCHANGED:
            self._pool.release(what.functions.keys())
            return
        restarted = {name for name, paths in what.functions.items() if self._restarts.changed(name, paths)}
        self._pool.release(what.functions.keys() - restarted)
        if restarted:
            self._pool.replace(restarted)
            self.history.saved()
            self.console.reloading({path.name for path in changes.paths - what.configuration}, restarted)
            self._start_debugged(restarted)
            self._list_debuggers(restarted)
            self._code.look_at(restarted)
        if what.configuration:
            task = asyncio.get_running_loop().create_task(self._reconfigure(what.configuration))
            self._reloads.add(task)
            task.add_done_callback(self._reloads.discard)

    async def _reconfigure(self, saved: frozenset[Path]) -> None:
        """Swap the whole deployment when the files hold anything new, or keep the old one and say why."""
        async with self._reloading:
            began, old = time.time(), self._loaded
            now = contents_of(old.config_files)
            written = {path for path in old.config_files if now.get(path) != old.contents[path]}
            if not written and not self._refused:
                return
            try:
                loaded = load(self.settings.config, self.settings.env_files, old)
                if await self._is_being_saved(loaded):
                    return  # another change is reported when it is complete
                prepared = self._prepare(loaded.deployment)
            except EmulatorError as error:
                if not await self._is_being_saved(None):
                    self._refused = f"{error}\nThe configuration served before stays in place."
                    self.console.problem(self._refused, is_configuration=True)
                return
            self._refused, before = "", (self._endpoints(), self._live.mapped())
            await self._serve_instead(loaded, prepared, began)
            self.history.saved()
            what = differences(old.deployment, loaded.deployment)
            said = f"{what}; now serving" if what else "what is served stays the same"
            self.console.reconfigured(f"Saved {', '.join(sorted(path.name for path in written or saved))}: {said}")
            self._tell_news(old, moved=before != (self._endpoints(), self._live.mapped()))

    def _prepare(self, deployment: Deployment) -> Prepared:
        try:
            return self._live.prepare(deployment)
        except AddressError as error:
            raise AddressError(self._control.clash(deployment.listening) or str(error)) from None

    def _tell_news(self, old: Loaded, *, moved: bool) -> None:
        """Tell, of what stands on the console already, only what is not as it stands there."""
        functions = self._loaded.deployment.functions
        if moved:
            self._list_endpoints()
        else:
            before = old.deployment.functions
            self._list_debuggers([name for name in functions if before.get(name) != functions[name]])
            self._warn(old.warnings)
        self._code.look_at(functions)
        for problem in self._debug.problems(functions):
            self.console.problem(problem)

    async def _is_being_saved(self, loaded: Loaded | None) -> bool:
        """Tell whether what was read may be half of what is being written."""
        if self._watcher is None:
            return False
        reported = self._watcher.catch_up()
        if reported is not None:
            await reported
        if self._watcher.is_configuration_changing:
            return True
        read = {} if loaded is None else {path: loaded.contents[path] for path in loaded.config_files}
        return contents_of(read) != read

    async def _serve_instead(self, loaded: Loaded, prepared: Prepared, began: float) -> None:
        """Serve another configuration; what was saved after `began`, in Unix time, is a change."""
        self._loaded = loaded
        self._pool.update(self._debug.mark(loaded.deployment.functions))
        self._start_debugged(self._debug.ports)
        await self._live.publish(prepared)
        if self._watcher is not None:
            self._watcher.update(*watched(loaded), began)


def watched(loaded: Loaded) -> tuple[frozenset[Path], tuple[Path, ...]]:
    """List the code folders, layers among them, and the configuration files."""
    return frozenset(folder for folders in code_folders(loaded).values() for folder in folders), loaded.config_files


def code_folders(loaded: Loaded) -> dict[str, tuple[Path, ...]]:
    """List where each function's own code is, and its layers; by function."""
    return {name: (one.code_uri, *one.layers) for name, one in loaded.deployment.functions.items()}
