// A button and a frame with the chat, for the company's own site. Nothing of the page around it is read.
"use strict";

(() => {
  const home = new URL(document.currentScript.src).origin;
  const english = !/^zh/i.test(navigator.language);
  const words = english ? { open: "Chat with us", close: "Close the chat" } : { open: "在线沟通", close: "关闭沟通" };
  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" }); // the site's styles do not reach in, ours not out
  const style = new CSSStyleSheet();
  style.replaceSync(`
    :host { all: initial; }
    button {
      position: fixed; right: 16px; bottom: calc(16px + env(safe-area-inset-bottom)); z-index: 2147483000; min-width: 56px; height: 56px;
      padding: 0 18px; border: 0; border-radius: 28px; background: #0e5f57; color: #fff; font: 600 16px/1 system-ui, sans-serif;
      box-shadow: 0 4px 16px rgb(0 0 0 / 25%); cursor: pointer;
    }
    button:focus-visible { outline: 3px solid #0e5f57; outline-offset: 3px; }
    b { margin-left: 8px; padding: 3px 8px; border-radius: 12px; background: #b3261a; color: #fff; font-size: 13px; }
    b[hidden], iframe[hidden] { display: none; }
    iframe {
      position: fixed; right: 16px; bottom: calc(84px + env(safe-area-inset-bottom)); z-index: 2147483000; width: 380px; height: min(620px, 100vh - 110px);
      height: min(620px, 100dvh - 110px); border: 0; border-radius: 12px; background: #fff; box-shadow: 0 8px 32px rgb(0 0 0 / 30%);
    }
    @media (max-width: 480px) { iframe { right: 8px; left: 8px; width: calc(100vw - 16px); } }
  `);
  root.adoptedStyleSheets = [style];
  const button = document.createElement("button");
  const label = document.createElement("span");
  const badge = document.createElement("b");
  badge.hidden = true;
  button.type = "button";
  button.append(label, badge);
  root.append(button);
  let frame;
  let ready = false;

  function name() {
    const open = Boolean(frame) && !frame.hidden;
    label.textContent = open ? words.close : words.open;
    button.setAttribute("aria-expanded", String(open));
    if (ready) frame.contentWindow.postMessage({ huiyin: "shown", shown: open }, home);
  }

  // Nothing is asked of us before a visitor wants to talk.
  function toggle() {
    if (frame) frame.hidden = !frame.hidden;
    else {
      frame = document.createElement("iframe");
      frame.title = words.open;
      frame.src = `${home}/chat/frame`;
      frame.addEventListener("load", () => ((ready = true), name()));
      root.prepend(frame);
    }
    name();
    (frame.hidden ? button : frame).focus();
  }

  button.addEventListener("click", toggle);
  addEventListener("message", (event) => {
    if (!frame || event.origin !== home || event.source !== frame.contentWindow) return;
    if (event.data?.huiyin === "close" && !frame.hidden) toggle();
    if (event.data?.huiyin !== "unread") return;
    const unread = Number(event.data.unread) || 0;
    badge.textContent = unread > 99 ? "99+" : unread || "";
    badge.hidden = unread === 0;
  });
  name();
  document.body.append(host);
})();
