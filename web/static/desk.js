// The desk without a mouse: j/k, Enter, / … and a queue that refreshes without losing the place.
"use strict";

const TICK = 2000, REFRESH = 15000, QUIET = 60000; // waiting times go on even when nothing happens
const rows = () => [...document.querySelectorAll("[data-open]")];
let here = null; // the id of the row one stands on; it survives a refresh

function stand(row, scroll) {
  for (const other of rows()) other.classList.toggle("here", other === row);
  here = row ? row.id : null;
  if (row && scroll) row.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const all = rows();
  if (!all.length) return;
  const at = all.findIndex((row) => row.id === here);
  stand(all[Math.min(all.length - 1, Math.max(0, at + by))], true);
}

// Lines that are chosen, by their ids: they outlive a refresh.
const boxes = () => [...document.querySelectorAll("#list input[name=case]")];
const bulk = () => document.getElementById("bulk");
const chosen = new Set();

function note() {
  const shown = bulk()?.querySelector("[data-chosen]");
  if (shown) shown.textContent = chosen.size || "";
}

function choose(box, on) {
  box.checked = on;
  if (on) chosen.add(box.value); else chosen.delete(box.value);
  note();
}

// The line one stands on counts as chosen when none is.
function chosenOrHere() {
  const box = here && document.getElementById(here)?.querySelector("input[name=case]");
  if (!chosen.size && box) choose(box, true);
  return chosen.size > 0;
}

function assignKey() {
  if (bulk()) { if (chosenOrHere()) bulk().elements.owner.focus(); } else document.getElementById("owner")?.focus();
}

function closeKey() {
  if (bulk()) { if (chosenOrHere()) bulk().querySelector("[value=close]").click(); } else document.getElementById("close")?.requestSubmit();
}

function chooseKey() {
  const box = here && document.getElementById(here)?.querySelector("input[name=case]");
  if (box) choose(box, !box.checked);
}

document.addEventListener("change", (event) => { if (event.target.name === "case") choose(event.target, event.target.checked); });

const typing = (element) => (/^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName) && element.type !== "checkbox") || element.isContentEditable;

const keys = {
  j: () => step(1),
  k: () => step(-1),
  "/": () => document.getElementById("q")?.select(),
  "?": () => document.getElementById("help")?.showModal(),
  r: () => document.getElementById("answer")?.focus(),
  u: () => { if (location.pathname !== "/desk") location.assign("/desk"); },
  n: () => location.assign("/desk/new"),
  x: chooseKey,
  a: assignKey,
  e: closeKey,
};

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.form?.id === "reply") {
    event.preventDefault();
    event.target.form.requestSubmit();
    return;
  }
  if (event.ctrlKey || event.metaKey) return;
  if (event.key === "Escape" && typing(event.target)) { event.target.blur(); return; }
  if (typing(event.target)) return;
  if (event.key === "Escape") { for (const box of boxes()) choose(box, false); chosen.clear(); note(); return; }
  if (event.key === "Enter" && here && (event.target === document.body || event.target.closest("[data-open]"))) {
    const row = document.getElementById(here);
    if (row) { event.preventDefault(); location.assign(row.dataset.open); }
    return;
  }
  const act = keys[event.key];
  if (act) { event.preventDefault(); act(); }
});

document.addEventListener("click", (event) => {
  const row = event.target.closest("[data-open]");
  if (!row || event.target.closest("a, button, input, label") || getSelection().toString()) return;
  if (event.ctrlKey || event.metaKey) open(row.dataset.open, "_blank", "noopener");
  else location.assign(row.dataset.open);
});

// A form is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  if (event.target.method !== "post" || event.submitter?.formTarget === "_blank") return; // a preview stays open beside it
  if (event.target.dataset.sent) { event.preventDefault(); return; }
  event.target.dataset.sent = "yes";
  if (event.target.getAttribute("action") === "/sign-out") localStorage.clear(); // drafts are for nobody else
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));

// Fresh news: the server says when something changed; where it cannot, the page asks every few seconds.
let stream = null, stale = false, quiet = 0;

const busy = () => document.hidden || getSelection().toString() || document.querySelector("dialog[open], #list details[open], #list form[data-sent]")
  || document.activeElement?.closest("#list select, #list input[type=text]");

function refresh() {
  stale = Boolean(busy()); // somebody marks text or has a menu open: later
  if (stale) return;
  quiet = 0;
  for (const part of document.querySelectorAll("[hx-trigger=refresh]")) htmx.trigger(part, "refresh");
}

// A browser keeps six lines to a server: pages nobody looks at let theirs go.
function listen() {
  stream?.close();
  stream = null;
  if (document.hidden || !window.EventSource) return;
  stream = new EventSource(`/desk/live?since=${document.querySelector("[data-newest]").dataset.newest}`);
  stream.addEventListener("desk", refresh);
}
document.addEventListener("visibilitychange", () => { listen(); refresh(); });
addEventListener("pageshow", listen);
addEventListener("pagehide", () => stream?.close());

setInterval(() => {
  quiet += TICK;
  const told = stream?.readyState === 1;
  if (stale || quiet >= (told ? QUIET : REFRESH)) refresh();
}, TICK);

// What a swap would lose: the row one stands on, the link that has the focus, how far the chips are scrolled.
let kept = null;
document.addEventListener("htmx:beforeSwap", () => {
  const focused = document.activeElement?.closest("#list a")?.getAttribute("href");
  kept = { focused, scrolled: [...document.querySelectorAll(".chips, .tabs")].map((part) => part.scrollLeft) };
});
// Not afterSwap: while settling, htmx sets the classes of rows with the same id once more.
document.addEventListener("htmx:afterSettle", () => {
  const row = here && document.getElementById(here);
  if (row) stand(row, false);
  for (const box of boxes()) box.checked = chosen.has(box.value);
  const there = new Set(boxes().map((box) => box.value));
  for (const value of chosen) if (!there.has(value)) chosen.delete(value);
  note();
  document.querySelectorAll(".chips, .tabs").forEach((part, at) => { part.scrollLeft = kept?.scrolled[at] || 0; });
  const links = kept?.focused ? document.querySelectorAll("#list a") : [];
  [...links].find((link) => link.getAttribute("href") === kept.focused)?.focus({ preventScroll: true });
});

// A word about what was just done stays long enough to undo it, and is not said again on reloading.
if (document.querySelector(".toast")) {
  const address = new URL(location.href);
  for (const name of ["done", "cases", "left"]) address.searchParams.delete(name);
  history.replaceState(null, "", address);
  setTimeout(() => document.querySelector(".toast")?.remove(), 20000);
}

// A mail as HTML is fetched only when somebody wants to see it, into a frame that can do nothing.
document.addEventListener("toggle", (event) => {
  const box = event.target;
  if (!box.dataset?.frame || !box.open || box.querySelector("iframe")) return;
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-popups allow-popups-to-escape-sandbox");
  frame.src = box.dataset.frame;
  box.append(frame);
}, true);

// What was just sent is looked at sooner.
for (const wait of [1500, 4000, 8000]) {
  setTimeout(() => document.querySelectorAll("[data-soon]").forEach((part) => htmx.trigger(part, "refresh")), wait);
}

// A draft survives an accident: kept in this browser until it is sent.
const answer = document.getElementById("answer");
if (answer) {
  const name = `draft:${location.pathname}`;
  if (document.body.dataset.sent === "yes") localStorage.removeItem(name);
  else if (!answer.value) answer.value = localStorage.getItem(name) || "";
  answer.addEventListener("input", () => { localStorage.setItem(name, answer.value); sayDrafting(); });

  // Colleagues with the same case open are told that somebody writes; at most every twenty seconds.
  let said = -Infinity;
  const sayDrafting = () => {
    if (performance.now() - said < 20000 || !answer.value.trim()) return;
    said = performance.now();
    fetch(`${location.pathname}/drafting`, { method: "POST" }).catch(() => {});
  };

  // A canned answer goes where one writes; without scripts its link fills the box.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-insert]");
    if (!link) return;
    event.preventDefault();
    answer.setRangeText(link.dataset.insert, answer.selectionStart, answer.selectionEnd, "end");
    answer.dispatchEvent(new Event("input"));
    link.closest("details").open = false;
    answer.focus();
  });
}
