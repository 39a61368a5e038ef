"""Our own way from mailbox to database: what `huiyin fetch` does, timed without its start-up."""

import json
import os
import sys
import threading
import time
from datetime import date

from bench.mail.process import cpu_seconds, peak_mb
from bot.house import open_house
from bot.logs import set_up_logs
from bot.settings import load_settings
from intake.fetch import fetch_all
from intake.opening import SealedWords


def main() -> None:
    set_up_logs()
    house = open_house(load_settings())
    news = threading.Event()
    listeners = house.mailbox_listeners(news.set)
    with house.worker() as worker:
        receiver = house.receiver(worker)
        worker.do(SealedWords("请报价轴承座 500 件", None, "email", date(2026, 11, 20)))
        both = (os.getpid(), worker.pid or 0)
        before, started = sum(map(cpu_seconds, both)), time.perf_counter()
        outcomes = fetch_all(listeners, receiver, news)
        result = {
            "mails": sum(count for count in outcomes if isinstance(count, int)),
            "seconds": time.perf_counter() - started,
            "cpu": sum(map(cpu_seconds, both)) - before,
            "peak_mb": [peak_mb(process) for process in both],
        }
    sys.stdout.write(json.dumps(result))


if __name__ == "__main__":
    main()
