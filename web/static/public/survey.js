// How many points are answered. Without this file the page works as well; it only says less.
"use strict";

const items = document.querySelectorAll("fieldset.item");
const progress = document.getElementById("progress");

function count() {
  const answered = [...items].filter((item) => item.querySelector(":checked")).length;
  progress.textContent = `${answered} / ${items.length}`;
}

document.querySelector("form").addEventListener("change", count);
document.getElementById("problem")?.focus();
count();
