// The desk without a mouse: j/k, Enter, / … and a queue that refreshes without losing the place.
"use strict";

const REFRESH = 15000;
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

const typing = (element) => /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName) || element.isContentEditable;

const keys = {
  j: () => step(1),
  k: () => step(-1),
  "/": () => document.getElementById("q")?.select(),
  "?": () => document.getElementById("help")?.showModal(),
  r: () => document.getElementById("answer")?.focus(),
  u: () => { if (location.pathname !== "/desk") location.assign("/desk"); },
  n: () => location.assign("/desk/new"),
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
  if (!row || event.target.closest("a, button, input") || getSelection().toString()) return;
  if (event.ctrlKey || event.metaKey) open(row.dataset.open, "_blank", "noopener");
  else location.assign(row.dataset.open);
});

// A form is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  if (event.target.method !== "post") return;
  if (event.target.dataset.sent) { event.preventDefault(); return; }
  event.target.dataset.sent = "yes";
  if (event.target.getAttribute("action") === "/sign-out") localStorage.clear(); // drafts are for nobody else
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));

// Fresh news, unless nobody looks or somebody marks text with the mouse.
setInterval(() => {
  if (document.hidden || getSelection().toString()) return;
  for (const part of document.querySelectorAll("[hx-trigger=refresh]")) htmx.trigger(part, "refresh");
}, REFRESH);

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
  document.querySelectorAll(".chips, .tabs").forEach((part, at) => { part.scrollLeft = kept?.scrolled[at] || 0; });
  const links = kept?.focused ? document.querySelectorAll("#list a") : [];
  [...links].find((link) => link.getAttribute("href") === kept.focused)?.focus({ preventScroll: true });
});

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
  answer.addEventListener("input", () => localStorage.setItem(name, answer.value));
}
