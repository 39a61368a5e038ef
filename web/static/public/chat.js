// The web chat: sends without leaving the page, and shows what comes. Without this file the form works as well.
"use strict";

const lines = document.getElementById("lines");
const form = document.getElementById("say");
const field = document.getElementById("text");
const problem = document.getElementById("problem");
const offline = document.getElementById("offline");
const button = form.querySelector("button.primary");
const picker = document.getElementById("files");
const list = document.getElementById("chosen");
const progress = document.getElementById("progress");
const DRAFT = "huiyin-chat-draft";
let chosen = [];

const newer = document.getElementById("newer");
const pressed = new Set(); // surveys answered in this window: the answer to a press is newer than any news
const byKeyboard = matchMedia("(pointer: fine)").matches;

/** Put each line in its place: a known one where it stood, a new one at the end. */
function show(html, isNews = false) {
  const pieces = document.createElement("template");
  pieces.innerHTML = html;
  for (const line of [...pieces.content.children]) {
    if (isNews && pressed.has(line.id)) continue;
    const known = document.getElementById(line.id);
    if (known) become(known, line);
    else lines.append(line);
    if (!known && line.matches(".ours") && !atEnd) newer.hidden = false;
  }
  document.getElementById("welcome").hidden = lines.childElementCount > 0;
  if (lines.childElementCount > 0) {
    document.getElementById("who")?.remove();
    const leave = document.getElementById("leave");
    if (!leave.querySelector("input").value) leave.hidden = false;
  }
  markUnread();
}

/** Only what differs, so that nothing is read out twice and what is marked or focused stays so. */
function become(known, line) {
  const parts = [...line.children];
  for (const old of [...known.children]) if (!parts.some((part) => part.isEqualNode(old))) old.remove();
  parts.forEach((part, place) => {
    if (!known.children[place]?.isEqualNode(part)) known.insertBefore(part, known.children[place] ?? null);
  });
}

let atEnd = true;
function toEnd() {
  scrollTo(0, document.body.scrollHeight);
}

// Who is at the end stays there, whatever grows: a line, a sentence, the field; who reads above is not moved.
addEventListener("scroll", () => {
  atEnd = innerHeight + scrollY >= document.body.scrollHeight - 80;
  if (atEnd) newer.hidden = true;
});
new ResizeObserver(() => atEnd && toEnd()).observe(document.body);
newer.addEventListener("click", () => {
  toEnd();
  goOn();
});

/** Focus where one goes on: in the field, or on a phone, where that covers the page with keys, at the lines. */
function goOn() {
  (byKeyboard ? field : lines).focus({ preventScroll: true });
}

function say(sentence) {
  problem.textContent = sentence ?? "";
  problem.hidden = !sentence;
}

function fit() {
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight + 2, innerHeight / 3)}px`;
}

/** What is typed is still there after a reload of this window. */
function keepDraft() {
  try {
    sessionStorage.setItem(DRAFT, field.value);
  } catch {
    // storage is switched off
  }
}

function draft() {
  try {
    return sessionStorage.getItem(DRAFT) ?? "";
  } catch {
    return "";
  }
}

async function send() {
  if (button.disabled || (!field.value.trim() && !chosen.length)) return;
  const text = field.value;
  const files = chosen;
  const body = new FormData(form);
  body.delete("files");
  files.forEach((file) => body.append("files", file));
  button.disabled = true;
  progress.hidden = !files.length;
  say("");
  note("");
  try {
    const sent = files.length ? body : new URLSearchParams(body);
    const { ok, html, number, problem: sentence } = await post(form.action, sent, (share) => (progress.value = share));
    if (!ok) return say(sentence);
    keepKey();
    form.elements.number.value = number;
    if (field.value === text) field.value = "";
    chosen = chosen.filter((file) => !files.includes(file));
    keepDraft();
    listChosen();
    fit();
    show(html);
    toEnd();
  } catch {
    say(field.dataset.lost); // the number stays: sent again, the line is the same one
  } finally {
    button.disabled = false;
    progress.hidden = true;
    progress.value = 0;
    field.focus();
  }
}

/** Why these files cannot be sent, before anything is. The server looks again. */
function wrong(files) {
  const { mostFiles, largestFile, largestLine, tooMany, wrongSort, empty, tooLarge, allTooLarge } = form.dataset;
  const endings = picker.accept.split(",");
  if (files.length > mostFiles) return tooMany;
  for (const file of files) {
    const about = (sentence) => sentence.replace("{name}", () => file.name);
    if (!endings.some((ending) => file.name.toLowerCase().endsWith(ending))) return about(wrongSort);
    if (!file.size) return about(empty);
    if (file.size > largestFile) return about(tooLarge);
  }
  return files.reduce((all, file) => all + file.size, 0) > largestLine ? allTooLarge : "";
}

function choose(files) {
  const all = [...chosen, ...files];
  const why = wrong(all);
  say(why);
  if (why) return;
  chosen = all;
  listChosen();
}

function listChosen() {
  list.hidden = !chosen.length;
  list.replaceChildren(
    ...chosen.map((file) => {
      const item = document.createElement("li");
      const remove = document.createElement("button");
      remove.type = "button";
      remove.className = "link";
      remove.textContent = "×";
      remove.setAttribute("aria-label", form.dataset.remove.replace("{name}", () => file.name));
      remove.onclick = () => {
        chosen = chosen.filter((one) => one !== file);
        say("");
        listChosen();
        field.focus();
      };
      item.append(file.name, " ", remove);
      return item;
    }),
  );
}

picker.addEventListener("change", () => {
  choose(picker.files);
  picker.value = "";
});
field.addEventListener("paste", (event) => {
  if (event.clipboardData?.files.length) choose(event.clipboardData.files);
});

/** A button under a line. The next question of a survey takes the place of the one that was answered. */
lines.addEventListener("submit", async (event) => {
  event.preventDefault();
  const asked = event.target.closest("#lines > li");
  const buttons = [...event.target.querySelectorAll("button")];
  const body = new URLSearchParams({ mark: event.submitter.value });
  buttons.forEach((one) => (one.disabled = true));
  say("");
  try {
    const { html, problem: sentence } = await post(event.target.action, body);
    if (sentence) say(sentence);
    if (asked.id.startsWith("survey-")) pressed.add(asked.id);
    if (html) show(html);
  } catch {
    say(field.dataset.lost);
  }
  buttons.forEach((one) => (one.disabled = false));
  const next = asked.querySelector("button");
  if (next) next.focus({ preventScroll: true });
  else goOn();
});

/** In a frame no link carries the key: the file is fetched, then saved. */
lines.addEventListener("click", async (event) => {
  const link = event.target.closest("a[download]");
  if (!framed || !link || link.protocol === "blob:") return;
  event.preventDefault();
  try {
    const answer = await fetch(link.href, { headers: whose() });
    if (!answer.ok) throw new Error(answer.status);
    const saved = Object.assign(document.createElement("a"), { download: link.download });
    saved.href = URL.createObjectURL(await answer.blob());
    saved.click();
    setTimeout(() => URL.revokeObjectURL(saved.href), 60000);
  } catch {
    say(field.dataset.lost);
  }
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});

// Enter sends where there is a real keyboard; while a Chinese input method composes, Enter belongs to it.
field.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || !byKeyboard) return;
  event.preventDefault();
  send();
});
field.addEventListener("input", () => {
  fit();
  keepDraft();
});

let silence; // it is tried again by itself; only a longer silence is worth a word
function connected(isSo) {
  if (isSo) {
    clearTimeout(silence);
    silence = undefined;
    offline.hidden = true;
  } else silence ??= setTimeout(() => (offline.hidden = false), 3000);
}

/** In a frame the page comes empty: what stands in the conversation is fetched with its key. */
async function begin() {
  let mark = lines.dataset.mark;
  if (framed && keptKey()) {
    try {
      const answer = await fetch("/chat/lines", { headers: whose() });
      if (answer.status === 404) keepKey(document.body.dataset.key); // the old key opens nothing any more
      else {
        const told = await answer.json();
        read = told.read;
        mark = told.mark;
        keepMail(told.mail);
        show(told.html);
      }
    } catch {
      mark = ""; // the news bring all lines
    }
  }
  toEnd();
  listen(mark, (html) => show(html, true), connected);
}

field.value ||= draft();
if (picker.files.length) {
  choose(picker.files); // chosen before this file was here
  picker.value = "";
}
button.disabled = false; // without this file nothing can be sent from a frame
fit();
markUnread();
if (byKeyboard && !framed && !more.open) field.focus();
begin();
