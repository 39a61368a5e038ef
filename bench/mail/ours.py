"""Our own way from mailbox to database: what `huiyin fetch` does, timed without its start-up."""

import json
import resource
import sys
import time
from datetime import date

from bot.house import open_house
from bot.logs import set_up_logs
from bot.settings import load_settings
from intake.opening import SealedWords


def main() -> None:
    set_up_logs()
    house = open_house(load_settings())
    with house.worker() as worker:
        receiver = house.receiver(worker)
        worker.do(SealedWords("请报价轴承座 500 件", None, "email", date(2026, 11, 20)))
        before = _cpu()
        started = time.perf_counter()
        for listener in house.mailbox_listeners(lambda: None):
            listener.read_to_end()
        stored = time.perf_counter() - started
        receiver.receive_all()
        seconds = time.perf_counter() - started
    # The worker's time counts once it has ended.
    usage = resource.getrusage(resource.RUSAGE_SELF)
    result = {
        "seconds": seconds,
        "stored": stored,
        "cpu": _cpu() - before,
        "peak_mb": usage.ru_maxrss / 1024,
    }
    sys.stdout.write(json.dumps(result))


def _cpu() -> float:
    both = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in both)


if __name__ == "__main__":
    main()
