// Writing, reading, and walking through messages by keyboard.

import { act, tellResult } from "./acts.js";
import { afterDrawing, here, me, refresh } from "./page.js";

const drafts = new Map();
let readUpTo = "";

export function wireTalk() {
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-composer]")) return;
    event.preventDefault();
    send(event.target);
  });
  document.addEventListener("keydown", composerKeys);
  document.addEventListener("keydown", messageKeys);
  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("[data-composer]");
    if (!form) return;
    drafts.set(form.id, event.target.value);
    grow(form);
    hintCommands(form);
  });
  document.addEventListener("mousedown", (event) => {
    const line = event.target.closest?.(".commands li");
    if (!line) return;
    event.preventDefault();
    takeCommand(line);
  });
  document.addEventListener("focusout", (event) => {
    const form = event.target.closest?.("[data-composer]");
    if (form && !form.contains(event.relatedTarget)) form.querySelector(".commands").hidden = true;
  });
  afterDrawing((moved) => {
    for (const form of document.querySelectorAll("[data-composer]")) {
      const text = form.querySelector("textarea");
      if (drafts.get(form.id) && !text.value) text.value = drafts.get(form.id);
      grow(form);
    }
    if (moved) enter();
    markRead();
    const last = document.querySelector("#log .msg:last-child");
    if (last && !document.querySelector('#log .msg[tabindex="0"]')) last.tabIndex = 0;
  });
  document.addEventListener("visibilitychange", markRead);
}

/** The app hears of every entry into its Home tab and its messages. */
export async function enter() {
  if (here() === "home") await act("home", { tab: "home" });
  else if (document.querySelector('#tab-messages[aria-current="page"]')) await act("home", { tab: "messages" });
}

function markRead() {
  const log = document.getElementById("log");
  if (!log || document.hidden || location.search.includes("before=")) return;
  const now = `${me()}/${here()}/${log.dataset.newest}`;
  if (now === readUpTo || log.dataset.newest === "0") return;
  readUpTo = now;
  // The stream may not be open yet when the page has just come; so the badge goes without its word.
  act("read", { channel: here(), ts: log.dataset.newest }).then(() => refresh());
}

function grow(form) {
  const text = form.querySelector("textarea");
  form.querySelector(".send").disabled = !text.value.trim();
  text.rows = Math.min(8, Math.max(1, text.value.split("\n").length));
}

async function send(form) {
  const text = form.querySelector("textarea");
  const words = text.value;
  if (!words.trim()) return;
  text.value = "";
  drafts.delete(form.id);
  grow(form);
  hintCommands(form);
  const box = form.closest(".place, .pane").querySelector(".log-scroll");
  box.scrollTop = box.scrollHeight;
  const result = await act("post", { channel: form.dataset.channel, thread: form.dataset.thread, text: words });
  if (!tellResult(result) && !text.value) {
    text.value = words;
    grow(form);
  }
  text.focus();
}

function composerKeys(event) {
  const form = event.target.closest?.("[data-composer]");
  if (!form || !event.target.matches("textarea") || event.isComposing) return;
  const list = form.querySelector(".commands");
  const lines = [...list.children];
  const at = lines.findIndex((line) => line.getAttribute("aria-selected") === "true");
  if (!list.hidden && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    const next = (at + (event.key === "ArrowDown" ? 1 : -1) + lines.length) % lines.length;
    lines.forEach((line, index) => line.setAttribute("aria-selected", index === next));
  } else if (!list.hidden && event.key === "Tab") {
    event.preventDefault();
    takeCommand(lines[Math.max(0, at)]);
  } else if (!list.hidden && event.key === "Escape") {
    event.preventDefault();
    list.hidden = true;
  } else if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    form.requestSubmit();
  } else if (event.key === "ArrowUp" && !event.target.value) {
    event.preventDefault();
    form.closest(".place, .pane").querySelector(".log .msg:last-child")?.focus();
  }
}

function hintCommands(form) {
  const list = form.querySelector(".commands");
  const typed = form.querySelector("textarea").value;
  const known = [...document.querySelectorAll("#known-commands li")];
  const word = typed.split(" ")[0];
  const fitting = typed.startsWith("/") && !form.dataset.thread ? known.filter((one) => one.dataset.command.startsWith(word)) : [];
  list.hidden = fitting.length === 0;
  list.replaceChildren(...fitting.map((one, index) => {
    const line = document.createElement("li");
    line.setAttribute("role", "option");
    line.setAttribute("aria-selected", index === 0);
    line.dataset.command = one.dataset.command;
    const name = document.createElement("b");
    name.textContent = `${one.dataset.command} ${one.dataset.hint}`;
    const about = document.createElement("small");
    about.textContent = one.textContent;
    line.append(name, about);
    return line;
  }));
}

function takeCommand(line) {
  const form = line.closest("[data-composer]");
  const text = form.querySelector("textarea");
  if (!text.value.startsWith(`${line.dataset.command} `)) text.value = `${line.dataset.command} `;
  form.querySelector(".commands").hidden = true;
  text.focus();
  grow(form);
}

function messageKeys(event) {
  const message = event.target;
  if (!message.matches?.(".msg")) return;
  const all = [...message.closest(".log").querySelectorAll(".msg")];
  const at = all.indexOf(message);
  const next = { ArrowUp: all[at - 1], ArrowDown: all[at + 1], Home: all[0], End: all.at(-1) }[event.key];
  if (next) {
    event.preventDefault();
    message.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  } else if (event.key === "ArrowDown" || event.key === "Escape") {
    event.preventDefault();
    message.closest(".place, .pane").querySelector("textarea")?.focus();
  }
}
