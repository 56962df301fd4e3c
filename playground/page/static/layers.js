// What lies on top of the page: forms, confirmations, menus and sheets.

import { act, fieldsOf, press, tell, tellsAtOnce, tellResult } from "./acts.js";
import { afterDrawing, here, refresh, visit } from "./page.js";

let opener = null;

export function wireLayers() {
  afterDrawing(showModal);
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKey);
  document.addEventListener("submit", onSubmit);
  document.addEventListener("cancel", onCancel, true);
  document.addEventListener("change", onChange);
  document.addEventListener("input", onInput);
  document.addEventListener("picked", (event) => clearError(event.target));
  document.addEventListener("mousedown", (event) => {
    if (event.target.matches?.("dialog.sheet")) shutSheet(event.target);
  });
}

// forms

const modal = () => document.querySelector("dialog.modal");

function showModal() {
  const dialog = modal();
  if (!dialog || dialog.open) return;
  for (const sheet of document.querySelectorAll("dialog.sheet[open]")) sheet.close();
  closeMenus();
  dialog.showModal();
  const first = dialog.querySelector("[autofocus], .b-input input, .b-input select, .b-input textarea");
  (first ?? dialog.querySelector(".modal-body")).focus();
}

async function onSubmit(event) {
  const dialog = event.target.closest("dialog.modal");
  if (!dialog) return;
  event.preventDefault();
  const button = dialog.querySelector("#modal-submit");
  if (!button || button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  clearErrors(dialog);
  const result = await act("submit", { view: dialog.dataset.view }, fieldsOf(dialog));
  button.removeAttribute("aria-busy");
  if (result.errors) showErrors(dialog, result.errors);
  if (result.refused) trouble(dialog, result.refused);
  else if (result.slow) tell(result.slow);
}

function showErrors(dialog, errors) {
  let first = null;
  for (const [blockId, words] of Object.entries(errors)) {
    const block = dialog.querySelector(`[data-input="${CSS.escape(blockId)}"]`);
    if (!block) continue;
    block.classList.add("wrong");
    block.querySelector("[data-error]").textContent = words;
    const control = block.querySelector("input, select, textarea");
    control?.setAttribute("aria-invalid", "true");
    first ??= control;
  }
  first?.focus();
}

function clearErrors(dialog) {
  for (const control of dialog.querySelectorAll(".b-input input, .b-input select, .b-input textarea")) clearError(control);
  dialog.querySelector("#modal-trouble").hidden = true;
}

function clearError(control) {
  const block = control.closest?.(".b-input.wrong");
  if (!block) return;
  block.classList.remove("wrong");
  block.querySelector("[data-error]").textContent = "";
  block.querySelector("[aria-invalid]")?.removeAttribute("aria-invalid");
}

function trouble(dialog, words) {
  const box = dialog.querySelector("#modal-trouble");
  box.textContent = `${words} What you wrote is still here.`;
  box.hidden = false;
  box.scrollIntoView({ block: "nearest" });
}

function onCancel(event) {
  if (!event.target.matches("dialog.modal")) return;
  event.preventDefault();
  act("close", { view: event.target.dataset.view });
}

// controls of the app

async function onChange(event) {
  const control = event.target;
  clearError(control);
  if (control.matches("select, [type=date], [type=time], [type=datetime-local], [type=checkbox], [type=radio]")) {
    if (control.dataset.action && tellsAtOnce(control)) await press(control);
  }
}

let typing = null;
function onInput(event) {
  const control = event.target;
  clearError(control);
  if (control.hasAttribute?.("data-typing") && tellsAtOnce(control)) {
    clearTimeout(typing);
    typing = setTimeout(() => press(control), 400);
  }
}

async function pressButton(button) {
  if (button.getAttribute("aria-busy") === "true") return;
  if (button.dataset.confirm && !(await confirm(JSON.parse(button.dataset.confirm)))) return;
  const url = button.dataset.url;
  if (url) window.open(url, "_blank", "noreferrer");
  closeMenus();
  await press(button, { value: button.dataset.value, option: button.dataset.option });
}

/** Ask before doing; with `typed` also for a text. Resolves to false, true, or what was written. */
export function confirm({ title, text, confirm: yes, deny, style, typed }) {
  const dialog = document.getElementById("confirm");
  const [agree, refuse] = [dialog.querySelector("[data-agree]"), dialog.querySelector("[data-deny]")];
  const field = dialog.querySelector("textarea");
  dialog.querySelector("h2").textContent = title;
  dialog.querySelector("p").textContent = text ?? "";
  dialog.querySelector("#confirm-field").hidden = typed == null;
  field.value = typed ?? "";
  agree.textContent = yes || "Yes";
  refuse.textContent = deny || "Cancel";
  agree.className = `btn primary ${style === "danger" ? "danger" : ""}`;
  dialog.showModal();
  (typed == null ? agree : field).focus();
  return new Promise((resolve) => {
    const done = (answer) => () => {
      dialog.onclose = agree.onclick = refuse.onclick = null;
      if (dialog.open) dialog.close();
      resolve(answer === true && typed != null ? field.value : answer);
    };
    agree.onclick = done(true);
    refuse.onclick = done(false);
    dialog.onclose = done(false);
  });
}

// menus

const CHOICES = '[role^="menuitem"]:not([hidden])';

function toggleMenu(button) {
  const menu = document.getElementById(button.dataset.menu);
  const wasOpen = opener === button;
  closeMenus();
  if (wasOpen) return;
  opener = button;
  button.setAttribute("aria-expanded", "true");
  menu.hidden = false;
  const message = button.closest(".msg");
  for (const line of menu.querySelectorAll("[data-only-mine]")) line.hidden = !message?.hasAttribute("data-mine");
  for (const choice of menu.querySelectorAll("[data-react]")) showWhetherMine(choice, message);
  if (menu.matches(".floating")) placeMenu(menu, button);
  menu.querySelector(CHOICES)?.focus();
}

/** What one has given already is marked, and chosen again it is taken back. */
function showWhetherMine(choice, message) {
  const mine = message.querySelector(`.reaction.mine[data-react="${CSS.escape(choice.dataset.react)}"]`) !== null;
  choice.dataset.add = mine ? "0" : "1";
  choice.setAttribute("aria-checked", String(mine));
}

function placeMenu(menu, button) {
  const at = button.getBoundingClientRect();
  const wanted = at.left < innerWidth / 2 ? at.left : at.right - menu.offsetWidth;
  const left = Math.min(Math.max(8, wanted), innerWidth - menu.offsetWidth - 8);
  const below = at.bottom + 4 + menu.offsetHeight < innerHeight;
  menu.style.left = `${left}px`;
  menu.style.top = `${below ? at.bottom + 4 : Math.max(8, at.top - menu.offsetHeight - 4)}px`;
}

function closeMenus({ giveBack = false } = {}) {
  if (!opener) return;
  document.getElementById(opener.dataset.menu).hidden = true;
  opener.setAttribute("aria-expanded", "false");
  if (giveBack) opener.focus();
  opener = null;
}

function onKey(event) {
  const field = event.target;
  if (event.key === "Enter" && field.matches?.("input[data-enter]") && tellsAtOnce(field)) {
    event.preventDefault();
    press(field);
    return;
  }
  if (!opener) return;
  const items = [...document.getElementById(opener.dataset.menu).querySelectorAll(CHOICES)];
  const at = items.indexOf(document.activeElement);
  const steps = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
  if (event.key === "Escape") {
    event.preventDefault();
    event.stopImmediatePropagation();
    closeMenus({ giveBack: true });
  } else if (event.key === "Tab") {
    closeMenus({ giveBack: true });
  } else if (steps[event.key]) {
    event.preventDefault();
    items[(at + steps[event.key] + items.length) % items.length]?.focus();
  } else if (event.key === "Home" || event.key === "End") {
    event.preventDefault();
    items.at(event.key === "Home" ? 0 : -1)?.focus();
  }
}

async function ownDeed(deed, message) {
  const { channel, ts, threadOf, raw } = message.dataset;
  if (deed === "thread") return visit(`?thread=${threadOf}`);
  if (deed === "copy") {
    await navigator.clipboard?.writeText(`${location.origin}${location.pathname}${threadOf === ts ? "" : `?thread=${threadOf}`}#m${ts}`);
    return tell("The link is copied.");
  }
  if (deed === "edit") {
    const text = await confirm({ title: "Edit your message", confirm: "Save", typed: unescape(raw) });
    if (text && text.trim()) tellResult(await act("edit", { channel, ts, text }));
  } else if (await confirm({ title: "Delete this message?", text: "It goes for everybody, and for good.", confirm: "Delete", style: "danger" })) {
    tellResult(await act("delete", { channel, ts }));
  }
}

const unescape = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

// sheets and clicks

export function openSheet(id) {
  const sheet = document.getElementById(id);
  sheet.showModal();
  sheet.querySelector("input")?.focus();
}

function shutSheet(sheet) {
  sheet.close();
}

async function onClick(event) {
  const target = event.target;
  const menuButton = target.closest("[data-menu]");
  if (menuButton) return toggleMenu(menuButton);
  const message = opener?.closest(".msg");
  const reaction = target.closest("[data-react]");
  if (reaction) {
    const at = reaction.closest(".msg") ?? message;
    closeMenus({ giveBack: true });
    const about = { channel: at.dataset.channel, ts: at.dataset.ts, name: reaction.dataset.react, add: reaction.dataset.add };
    return tellResult(await act("react", about));
  }
  const shortcut = target.closest("[data-shortcut]");
  if (shortcut) {
    const at = shortcut.hasAttribute("data-on-message") ? { channel: message.dataset.channel, ts: message.dataset.ts } : {};
    closeMenus({ giveBack: true });
    return tellResult(await act("shortcut", { callback: shortcut.dataset.shortcut, ...at }));
  }
  const own = target.closest("[data-own]");
  if (own) {
    closeMenus();
    return ownDeed(own.dataset.own, message);
  }
  const drawn = target.closest('[data-act="click"]');
  if (drawn) return pressButton(drawn);
  const cancel = target.closest("[data-cancel]");
  if (cancel) return act("close", { view: modal().dataset.view, all: cancel.dataset.cancel === "all" ? "1" : "" });
  if (target.closest("[data-shut]")) return shutSheet(target.closest("dialog"));
  const deed = target.closest("[data-deed]");
  if (deed) {
    tellResult(await act(deed.dataset.deed, { channel: here() }));
    return refresh(0);
  }
  if (!target.closest(".menu")) closeMenus();
}
