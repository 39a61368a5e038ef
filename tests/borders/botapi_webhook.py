"""Our own small Telegram brings updates to the webhook, one after the other, until the page has each."""

import json
import threading
from datetime import UTC, datetime

import httpx

from tests.borders.botapi_world import Params, World

AGAIN = 0.05  # seconds; Telegram itself waits longer


class Bringing(threading.Thread):
    """Brings what waits while a webhook is set."""

    def __init__(self, world: World) -> None:
        super().__init__(name="botapi webhook")
        self.addresses: dict[str, str] = {}  # public URL → where it is served here
        self._world = world

    def run(self) -> None:
        world = self._world
        with world.news:
            world.news.wait_for(lambda: world.closing or world.webhook)
            if world.closing:
                return
        with httpx.Client(trust_env=False, timeout=10) as line:
            while True:
                with world.news:
                    world.news.wait_for(lambda: world.closing or (world.webhook and world.waiting()))
                    if world.closing:
                        return
                    webhook, update = world.webhook, world.waiting()[0]
                trouble = self._bring(line, webhook, update)
                with world.news:
                    if not trouble:
                        world.brought(update["update_id"])
                        continue
                    now = int(datetime.now(UTC).timestamp())
                    world.webhook_trouble = {"last_error_date": now, "last_error_message": trouble}
                    world.news.notify_all()
                    world.news.wait_for(lambda: world.closing, AGAIN)

    def _bring(self, line: httpx.Client, webhook: Params, update: Params) -> str:
        """What went wrong; empty if nothing did."""
        url = str(webhook["url"])
        public = next((public for public in self.addresses if url.startswith(public)), "")
        if not public:
            return "Failed to resolve host: Name or service not known"
        headers = {"Content-Type": "application/json"}
        if secret := webhook.get("secret_token"):
            headers["X-Telegram-Bot-Api-Secret-Token"] = str(secret)
        body = json.dumps(update, ensure_ascii=False).encode("utf-8", "replace")
        try:
            answer = line.post(url.replace(public, self.addresses[public], 1), content=body, headers=headers)
        except httpx.HTTPError:
            return "Connection timed out"
        if answer.is_success:
            return ""
        return f"Wrong response from the webhook: {answer.status_code} {answer.reason_phrase}"
