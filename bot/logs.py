"""What the program says about itself: JSON lines on stderr, without secrets or anybody's words."""

import logging
import sys

import structlog


def set_up_logs() -> None:
    """Our own events as JSON; from libraries only warnings, since some log addresses that hold a token."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s %(message)s")
    for chatty in ("httpx", "httpcore", "telegram", "apscheduler", "imapclient"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        # Looked up for each line, so that whoever redirects stderr later gets it.
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
    )
