// Getting about: links without a reload, the sidebar, acting as somebody else, and the jump box.

import { openSheet } from "./layers.js";
import { afterDrawing, visit } from "./page.js";

export function wireTravel() {
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKey);
  document.addEventListener("input", (event) => {
    if (event.target.id === "people-search") filter(event.target, document.querySelectorAll("#people-list > li"));
    if (event.target.id === "jump-search") {
      filter(event.target, document.querySelectorAll("#jump-list > li"));
      select(0);
    }
  });
  addEventListener("popstate", () => visit(location.href, { push: false }));
  afterDrawing((moved) => {
    rove();
    if (moved) drawer(false);
  });
}

function onClick(event) {
  const link = event.target.closest?.("a[data-nav]");
  if (link && !event.metaKey && !event.ctrlKey && !event.shiftKey) {
    event.preventDefault();
    return visit(link.href);
  }
  const jump = event.target.closest?.("#jump-list [data-href]");
  if (jump) return go(jump);
  if (event.target.closest?.("#open-people")) return openSheet("people");
  if (event.target.closest?.("#open-jump")) return openJump();
  if (event.target.closest?.("#open-sidebar")) return drawer(true);
  if (event.target.closest?.("#scrim")) return drawer(false);
  return undefined;
}

function drawer(open) {
  const sidebar = document.getElementById("sidebar");
  const was = sidebar.classList.contains("open");
  sidebar.classList.toggle("open", open);
  document.getElementById("scrim").hidden = !open;
  const button = document.getElementById("open-sidebar");
  button.setAttribute("aria-expanded", open);
  if (open) document.getElementById("open-people").focus();
  else if (was && sidebar.contains(document.activeElement)) button.focus();
}

// One stop for Tab in the whole list; arrows move inside it.

const lines = () => [...document.querySelectorAll("#lines a.line")].filter((line) => line.offsetParent !== null);

function rove(to = null) {
  const all = lines();
  const stop = to ?? all.find((line) => line === document.activeElement) ?? all.find((line) => line.hasAttribute("aria-current")) ?? all[0];
  for (const line of document.querySelectorAll("#lines a.line")) line.tabIndex = line === stop ? 0 : -1;
  if (to) to.focus();
}

function onKey(event) {
  const typing = event.target.matches?.("input, textarea, select, [contenteditable]");
  const layered = document.querySelector("dialog[open]");
  if (!layered && ((event.key === "k" && (event.ctrlKey || event.metaKey)) || (event.key === "/" && !typing))) {
    event.preventDefault();
    return openJump();
  }
  if (event.target.id === "jump-search") return jumpKeys(event);
  if (event.target.id === "people-search" && event.key === "ArrowDown") {
    event.preventDefault();
    return document.querySelector("#people-list li:not([hidden]) a")?.focus();
  }
  if (event.target.closest?.("#people-list")) return peopleKeys(event);
  if (event.key === "Escape" && !layered && document.getElementById("sidebar").classList.contains("open")) return drawer(false);
  if (event.key === "Escape" && !layered && event.target.closest?.(".pane") && !typing) {
    return document.querySelector("[data-close-pane]")?.click();
  }
  if (event.target.matches?.("#lines a.line")) {
    const all = lines();
    const at = all.indexOf(event.target);
    const next = { ArrowDown: all[at + 1], ArrowUp: all[at - 1], Home: all[0], End: all.at(-1) }[event.key];
    if (next) {
      event.preventDefault();
      rove(next);
    }
  }
  return undefined;
}

function peopleKeys(event) {
  const all = [...document.querySelectorAll("#people-list li:not([hidden]) a")];
  const at = all.indexOf(event.target);
  const next = { ArrowDown: all[at + 1], ArrowUp: all[at - 1] ?? document.getElementById("people-search") }[event.key];
  if (next) {
    event.preventDefault();
    next.focus();
  }
}

function filter(field, items) {
  const wanted = field.value.trim().toLowerCase();
  let found = 0;
  for (const item of items) {
    item.hidden = !item.dataset.words.includes(wanted);
    if (!item.hidden) found += 1;
  }
  field.closest("dialog").querySelector(".nothing").hidden = found > 0;
}

// the jump box

const jumps = () => [...document.querySelectorAll("#jump-list > li")].filter((line) => !line.hidden);

function openJump() {
  const field = document.getElementById("jump-search");
  openSheet("jump");
  field.value = "";
  filter(field, document.querySelectorAll("#jump-list > li"));
  select(0);
}

function select(index) {
  const all = jumps();
  for (const line of document.querySelectorAll("#jump-list > li")) line.setAttribute("aria-selected", line === all[index]);
  all[index]?.scrollIntoView({ block: "nearest" });
  document.getElementById("jump-search").setAttribute("aria-activedescendant", all[index]?.id ?? "");
}

function jumpKeys(event) {
  const all = jumps();
  const at = all.findIndex((line) => line.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    select((at + (event.key === "ArrowDown" ? 1 : -1) + all.length) % all.length);
  } else if (event.key === "Enter" && all[at]) {
    event.preventDefault();
    go(all[at]);
  }
}

async function go(line) {
  document.getElementById("jump").close();
  await visit(line.dataset.href);
  (document.querySelector(".place textarea") ?? document.getElementById("place")).focus();
}
