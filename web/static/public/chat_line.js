// The line to the server: whose conversation it is, sending with progress, and news as they come.
"use strict";

// In a frame on another site the key stands in the frame's own storage, else in a cookie that no script reads.
const framed = Boolean(document.body.dataset.key);
const KEPT = "huiyin-chat";
let key = framed ? keptKey() || document.body.dataset.key : "";

/** The key that this frame keeps on this site. Where storage is refused, a cookie for this site alone is not. */
function keptKey() {
  try {
    return localStorage.getItem(KEPT) ?? "";
  } catch {
    return new RegExp(`(?:^|; )${KEPT}=([\\w.-]+)`).exec(document.cookie)?.[1] ?? "";
  }
}

function keepKey(given) {
  if (!framed) return;
  key = given || key;
  try {
    localStorage.setItem(KEPT, key);
  } catch {
    document.cookie = `${KEPT}=${key}; Max-Age=31536000; Path=/chat; Secure; SameSite=None; Partitioned`;
  }
}

function whose() {
  return framed ? { Authorization: `Chat ${key}` } : {};
}

/** Send a form; the answer as an object, with `ok` and `status`. Rejects where there is no network. */
function post(action, body, onProgress) {
  return new Promise((done, lost) => {
    const request = new XMLHttpRequest();
    request.open("POST", action);
    const headers = { Accept: "application/json", ...whose() };
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => event.lengthComputable && onProgress?.(event.loaded / event.total);
    request.onerror = request.onabort = lost;
    request.onload = () => {
      try {
        const told = request.responseText ? JSON.parse(request.responseText) : {};
        if (told.key) keepKey(told.key);
        done({ ...told, status: request.status, ok: request.status < 300 });
      } catch (problem) {
        lost(problem); // no answer of ours: a proxy's page, say
      }
    };
    request.send(body);
  });
}

function pause(seconds) {
  return new Promise((done) => {
    setTimeout(done, seconds * 1000);
    addEventListener("online", done, { once: true });
  });
}

/** Hand over new lines as they come, for ever. `told(html, mark)`, `connected(isSo)`. */
async function listen(mark, told, connected) {
  let line = new AbortController();
  let heard = Date.now();
  document.addEventListener("visibilitychange", () => {
    // A phone that slept has lost its line without being told.
    if (document.visibilityState === "visible" && Date.now() - heard > 40000) line.abort();
  });
  addEventListener("offline", () => line.abort());
  const take = (html, newMark) => {
    mark = newMark;
    if (html) told(html);
  };
  for (let wait = 1; ; wait = Math.min(wait * 2, 15)) {
    try {
      line = new AbortController();
      const headers = { Accept: "text/event-stream", ...whose() };
      const answer = await fetch(`/chat/news?mark=${mark}`, { headers, signal: line.signal });
      if (answer.status === 429) {
        // No open line is left: ask now and then.
        const { html, mark: newMark } = await (await fetch(`/chat/lines?mark=${mark}`, { headers: whose() })).json();
        take(html, newMark);
        connected(true);
        await pause(15);
        continue;
      }
      if (!answer.ok) throw new Error(answer.status);
      connected(true);
      wait = 0.5;
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let text = ""; ; ) {
        const { value, done } = await reader.read();
        if (done) break;
        heard = Date.now();
        const events = (text + value.replaceAll("\r", "")).split("\n\n");
        text = events.pop();
        for (const event of events) {
          const fields = event.split("\n").map((one) => one.split(/: ?(.*)/s));
          const said = (name) => fields.filter(([known]) => known === name).map(([, what]) => what).join("\n");
          if (said("event") === "lines") take(said("data"), said("id"));
        }
      }
    } catch {
      connected(false);
    }
    await pause(wait);
  }
}
