// How many points are answered. Without this file the page works as well; it only says less.
"use strict";

const items = document.querySelectorAll("fieldset.item");
const progress = document.getElementById("progress");

function count() {
  const answered = [...items].filter((item) => item.querySelector(":checked")).length;
  progress.textContent = `${answered} / ${items.length}`;
}

document.querySelector("form").addEventListener("change", count);
// Sent once, however often the button is pressed; a second time would only hear that it was answered.
document.querySelector("form").addEventListener("submit", (event) => {
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
});
addEventListener("pageshow", () => delete document.querySelector("form").dataset.sent);
document.getElementById("problem")?.focus();
count();
