// The web chat: sends without leaving the page, and shows what comes. Without this file the form works as well.
"use strict";

const lines = document.getElementById("lines");
const form = document.getElementById("say");
const field = document.getElementById("text");
const problem = document.getElementById("problem");
const offline = document.getElementById("offline");
const button = form.querySelector("button");

/** Put each line in its place: a known one where it stood, a new one at the end. */
function show(html) {
  const wasAtEnd = innerHeight + scrollY >= document.body.scrollHeight - 80;
  const pieces = document.createElement("template");
  pieces.innerHTML = html;
  for (const line of pieces.content.querySelectorAll("li")) {
    const known = document.getElementById(line.id);
    if (known) known.replaceWith(line);
    else lines.append(line);
  }
  document.getElementById("welcome").hidden = lines.childElementCount > 0;
  if (lines.childElementCount > 0) document.getElementById("who")?.remove();
  if (wasAtEnd) toEnd();
}

function toEnd() {
  scrollTo(0, document.body.scrollHeight);
}

function say(sentence) {
  problem.textContent = sentence;
  problem.hidden = !sentence;
}

function fit() {
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight + 2, innerHeight / 3)}px`;
}

async function send() {
  if (button.disabled || !field.value.trim()) return;
  const text = field.value;
  button.disabled = true;
  say("");
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      headers: { Accept: "application/json" },
      body: new URLSearchParams(new FormData(form)),
    });
    const { html, number, problem: sentence } = await answer.json();
    if (!answer.ok) return say(sentence);
    form.elements.number.value = number;
    if (field.value === text) field.value = "";
    fit();
    show(html);
    toEnd();
  } catch {
    say(field.dataset.lost); // the number stays: sent again, the line is the same one
  } finally {
    button.disabled = false;
    field.focus();
  }
}

/** A button of a survey: the next question takes the place of the one that was answered. */
lines.addEventListener("submit", async (event) => {
  event.preventDefault();
  const asked = event.target.closest("li");
  const buttons = [...event.target.querySelectorAll("button")];
  const body = new URLSearchParams({ mark: event.submitter.value });
  buttons.forEach((one) => (one.disabled = true));
  say("");
  try {
    const answer = await fetch(event.target.action, { method: "POST", headers: { Accept: "application/json" }, body });
    const { html, problem: sentence } = await answer.json();
    if (sentence) say(sentence);
    if (html) show(html);
    document.getElementById(asked.id)?.querySelector("button")?.focus();
  } catch {
    say(field.dataset.lost);
  } finally {
    buttons.forEach((one) => (one.disabled = false));
  }
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});

// Enter sends where there is a real keyboard; while a Chinese input method composes, Enter belongs to it.
field.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || !matchMedia("(pointer: fine)").matches) return;
  event.preventDefault();
  send();
});
field.addEventListener("input", fit);

const news = new EventSource(`/chat/news?mark=${lines.dataset.mark}`);
let silence; // the browser tries again by itself; only a longer silence is worth a word
news.addEventListener("lines", (event) => show(event.data));
news.addEventListener("open", () => {
  clearTimeout(silence);
  silence = undefined;
  offline.hidden = true;
});
news.addEventListener("error", () => {
  silence ??= setTimeout(() => (offline.hidden = false), 3000);
});

toEnd();
if (matchMedia("(pointer: fine)").matches) field.focus();
