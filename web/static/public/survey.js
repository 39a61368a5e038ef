// How many points are answered, and keeping them as one goes. Without this file the page works as well: it
// says less, and keeps what was chosen when the button is pressed.
"use strict";

const form = document.querySelector("form");
const items = document.querySelectorAll("fieldset.item");
const progress = document.getElementById("progress");
const saved = document.getElementById("saved");
const PAUSE = 1000; // ms after the last stroke or choice
let waiting; // what has changed and is not kept yet
let keeping = false;

function count() {
  const answered = [...items].filter((item) => item.querySelector(":checked")).length;
  progress.textContent = `${answered} / ${items.length}`;
}

/** Keep it soon: one request at a time, and none while one types. */
function keepSoon() {
  if (!form.dataset.begun || form.dataset.sent) return;
  clearTimeout(waiting);
  waiting = setTimeout(keep, PAUSE);
}

async function keep() {
  if (keeping) return keepSoon();
  waiting = undefined;
  keeping = true;
  try {
    const answer = await fetch(form.dataset.begun, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    say(answer.ok);
  } catch {
    say(false);
  } finally {
    keeping = false;
  }
}

function say(isSaved) {
  saved.textContent = isSaved ? saved.dataset.saved : saved.dataset.unsaved;
}

form.addEventListener("change", count);
form.addEventListener("input", () => {
  saved.textContent = "";
  keepSoon();
});
// Whoever leaves before the pause is over loses nothing.
addEventListener("pagehide", () => {
  if (waiting === undefined || form.dataset.sent) return;
  clearTimeout(waiting);
  navigator.sendBeacon(form.dataset.begun, new URLSearchParams(new FormData(form)));
});
// Sent once, however often the button is pressed; a second time would only hear that it was answered.
form.addEventListener("submit", (event) => {
  if (form.dataset.sent) event.preventDefault();
  clearTimeout(waiting);
  form.dataset.sent = "yes";
});
addEventListener("pageshow", () => delete form.dataset.sent);
document.getElementById("problem")?.focus();
count();
