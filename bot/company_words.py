"""The company's own words: its lexicon folder, read again when a file in it changes."""

import time
from collections.abc import Callable
from pathlib import Path

import structlog

from nlp.lexicon import LexiconError, WeightsError
from nlp.reader import Reader, load_reader

LOOK_EVERY = 3.0  # seconds

logger = structlog.get_logger()

_Stamp = tuple[tuple[str, int, int], ...]


class CompanyWords:
    """Keeps the reader that the newest understandable files make. From two threads at once it may be loaded
    twice, nothing worse.

    Nothing is loaded before the first reader is asked for; until then it can be handed to another process.
    """

    def __init__(self, folder: Path, clock: Callable[[], float] = time.monotonic) -> None:
        """`folder` need not exist yet; `clock` counts seconds."""
        self._folder = folder
        self._clock = clock
        self._looked = 0.0
        self._stamp: _Stamp = ()
        self._reader: Reader | None = None

    def reader(self) -> Reader:
        """The present reader; looks for changed files at most once every few seconds."""
        now = self._clock()
        if self._reader is None:
            self._looked, self._stamp = now, self._stamp_now()
            self._reader = self._load() or load_reader()
        if now - self._looked >= LOOK_EVERY:
            self._looked = now
            stamp = self._stamp_now()
            if stamp != self._stamp:
                self._stamp = stamp
                self._reader = self._load() or self._reader
        return self._reader

    def _load(self) -> Reader | None:
        """None when a file cannot be understood: whoever wrote it finds file and line in the log."""
        try:
            reader = self._with_own_words()
        except LexiconError as problem:
            logger.error("lexicon_not_understood", reason=str(problem), kept="the words as they were")
            return None
        logger.info("lexicon_loaded", own_files=len(self._stamp))
        return reader

    def _with_own_words(self) -> Reader:
        folder = self._folder if self._folder.is_dir() else None
        try:
            return load_reader(folder)
        except WeightsError as problem:
            logger.error("learned_weights_not_used", reason=str(problem), kept="the shipped weights")
            return load_reader(folder, learned=False)

    def _stamp_now(self) -> _Stamp:
        try:
            files = sorted((*self._folder.glob("*.lex"), *self._folder.glob("weights/*.json")))
            return tuple((file.name, (state := file.stat()).st_mtime_ns, state.st_size) for file in files)
        except OSError:  # a file that was there a moment ago; the next look sees what is
            return ()
