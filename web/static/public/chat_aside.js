// Beside the lines: what was not read yet, and the small forms (e-mail, codes).
"use strict";

const titleAlone = document.title;
const icon = document.querySelector("link[rel=icon]");
const iconAlone = icon.href;
let read = Number(document.body.dataset.read);
let inSight = !framed; // a frame is told by the page around it when it is shown

function numbers() {
  return [...document.querySelectorAll("#lines > .ours")].map((line) => Number(/^message-(\d+)$/.exec(line.id)?.[1] ?? 0));
}

/** Say how many lines of ours were not before the visitor's eyes; those that are, count as read. */
function markUnread() {
  const newest = Math.max(0, ...numbers());
  if (inSight && document.visibilityState === "visible" && newest > read) {
    read = newest;
    post("/chat/seen", new URLSearchParams({ line: newest })).catch(() => {});
  }
  const unread = numbers().filter((number) => number > read).length;
  document.title = unread ? `(${unread}) ${titleAlone}` : titleAlone;
  icon.href = unread ? document.body.dataset.unreadIcon : iconAlone;
  if (framed) parent.postMessage({ huiyin: "unread", unread }, "*"); // a number, and nothing else
}

document.addEventListener("visibilitychange", markUnread);
addEventListener("message", (event) => {
  if (!framed || event.source !== parent || event.data?.huiyin !== "shown") return;
  inSight = Boolean(event.data.shown);
  markUnread();
  if (inSight && byKeyboard) field.focus();
});
if (framed) {
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.isComposing) parent.postMessage({ huiyin: "close" }, "*");
  });
}

const more = document.getElementById("more");
const notice = document.getElementById("notice");

function note(sentence) {
  notice.textContent = sentence;
  notice.hidden = !sentence;
}

document.addEventListener("submit", async (event) => {
  const aside = event.target;
  if (!aside.matches(".aside")) return;
  event.preventDefault();
  const button = aside.querySelector("button");
  button.disabled = true;
  try {
    const told = await post(aside.action, new URLSearchParams(new FormData(aside)));
    say(told.problem);
    note(told.notice ?? "");
    if (told.ok && aside.elements.mail) {
      keepMail(aside.elements.mail.value);
      goOn(); // where the form was there is none now
    }
    if (told.code) showCode(told.code, told.link);
    if (told.reload) {
      try {
        sessionStorage.setItem("huiyin-chat-notice", told.notice);
      } finally {
        location.reload();
      }
    }
  } catch {
    say(field.dataset.lost);
  } finally {
    button.disabled = false;
  }
});

function keepMail(address) {
  document.getElementById("leave").hidden = Boolean(address);
  for (const field of document.querySelectorAll("[name=mail]")) field.value = address;
}

function showCode(code, link) {
  const shown = document.getElementById("code");
  shown.querySelector("strong").textContent = code;
  const anchor = shown.querySelector("a");
  anchor.href = anchor.textContent = link;
  shown.hidden = false;
}

// A link with a code: it is filled in, and used only when the visitor says so.
function codeOfLink() {
  const code = /^#code=([\w-]{1,40})$/.exec(location.hash)?.[1];
  if (!code) return;
  history.replaceState(null, "", location.pathname);
  more.open = true;
  const form = document.querySelector("form[action='/chat/code']");
  form.elements.code.value = code;
  form.querySelector("button").focus();
  note(form.dataset.filled);
}

try {
  note(sessionStorage.getItem("huiyin-chat-notice") || notice.textContent);
  sessionStorage.removeItem("huiyin-chat-notice");
} catch {
  // storage is switched off: there is nothing to say again
}
codeOfLink();
addEventListener("hashchange", codeOfLink);
