// Selects with type-ahead: the combobox pattern, with chips for what is chosen.

import { act, press, surfaceOf, tellsAtOnce, tellResult } from "./acts.js";

const TYPING_PAUSE = 180;
let timer = null;

const partsOf = (pick) => ({ input: pick.querySelector("input"), list: pick.querySelector(".pick-list"), chips: pick.querySelector(".chips") });
const shown = (list) => [...list.querySelectorAll('[role="option"]')].filter((line) => !line.hidden);

export function wirePicks() {
  document.addEventListener("focusout", (event) => {
    const pick = event.target.closest?.("[data-pick]");
    if (pick && !pick.contains(event.relatedTarget)) shut(pick);
  });
  document.addEventListener("input", (event) => {
    const pick = event.target.closest?.("[data-pick]");
    if (pick) open(pick);
  });
  document.addEventListener("mousedown", (event) => {
    const line = event.target.closest?.('.pick-list [role="option"]');
    if (!line) return;
    event.preventDefault();
    choose(line.closest("[data-pick]"), line);
  });
  document.addEventListener("click", (event) => {
    const cross = event.target.closest?.("[data-unpick]");
    if (cross) return drop(cross.closest("[data-pick]"), cross.closest(".chip"));
    const pick = event.target.closest?.("[data-pick]");
    if (!pick || event.target.closest(".pick-list")) return;
    partsOf(pick).input.focus();
    open(pick);
  });
  document.addEventListener("keydown", keys, true);
}

function keys(event) {
  const pick = event.target.closest?.("[data-pick]");
  if (!pick || !event.target.matches("input")) return;
  const { input, list, chips } = partsOf(pick);
  const lines = shown(list);
  const at = lines.findIndex((line) => line.classList.contains("at"));
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (list.hidden) return open(pick);
    const step = event.key === "ArrowDown" ? 1 : -1;
    point(pick, lines[(at + step + lines.length) % lines.length]);
  } else if (event.key === "Enter") {
    event.preventDefault();
    if (!list.hidden && at >= 0) choose(pick, lines[at]);
  } else if (event.key === "Escape" && !list.hidden) {
    // The list closes first; a second Escape closes the form.
    event.preventDefault();
    event.stopPropagation();
    shut(pick);
  } else if (event.key === "Backspace" && !input.value && chips.lastElementChild) {
    drop(pick, chips.lastElementChild);
  }
}

function open(pick) {
  const { input, list } = partsOf(pick);
  list.hidden = false;
  input.setAttribute("aria-expanded", "true");
  if (pick.hasAttribute("data-external")) {
    clearTimeout(timer);
    timer = setTimeout(() => ask(pick), TYPING_PAUSE);
    return;
  }
  const wanted = input.value.trim().toLowerCase();
  for (const line of list.querySelectorAll('[role="option"]')) line.hidden = !line.textContent.toLowerCase().includes(wanted);
  point(pick, wanted ? shown(list)[0] : null);
}

async function ask(pick) {
  const { input, list } = partsOf(pick);
  const least = Number(pick.dataset.min ?? 0);
  if (input.value.length < least) return say(list, `Type ${least} or more characters`);
  if (!list.querySelector('[role="option"]')) say(list, "Looking…");
  const asked = input.value;
  const about = { ...surfaceOf(pick).about, block: pick.dataset.block, action: pick.dataset.action, text: asked, prefix: `${input.id}-` };
  const result = await act("suggest", about);
  if (asked !== input.value) return;
  tellResult(result);
  // The server escaped every word of it.
  if (result.html) list.innerHTML = result.html;
  else say(list, result.refused ? "No answer" : asked ? "Nothing found" : "Type to search");
  point(pick, asked ? shown(list)[0] : null);
}

function say(list, words) {
  const line = document.createElement("li");
  line.className = "saying";
  line.setAttribute("role", "presentation");
  line.textContent = words;
  list.replaceChildren(line);
}

function point(pick, line) {
  const { input, list } = partsOf(pick);
  for (const other of list.querySelectorAll(".at")) other.classList.remove("at");
  line?.classList.add("at");
  line?.scrollIntoView({ block: "nearest" });
  if (line) input.setAttribute("aria-activedescendant", line.id);
  else input.removeAttribute("aria-activedescendant");
}

function shut(pick) {
  const { input, list } = partsOf(pick);
  list.hidden = true;
  input.setAttribute("aria-expanded", "false");
  input.value = "";
  point(pick, null);
}

function choose(pick, line) {
  const { input, list, chips } = partsOf(pick);
  const many = pick.hasAttribute("data-many");
  const there = [...chips.children].find((chip) => chip.dataset.option === line.dataset.option);
  if (there) return many ? drop(pick, there) : shut(pick);
  const most = Number(pick.dataset.most ?? Infinity);
  if (many && chips.children.length >= most) return say(list, `At most ${most}`);
  if (!many) chips.replaceChildren();
  chips.append(chipFor(line));
  input.value = "";
  changed(pick);
  if (many) open(pick);
  else shut(pick);
}

function chipFor(line) {
  const words = line.querySelector(".text").textContent;
  const chip = document.createElement("li");
  chip.className = "chip";
  chip.dataset.option = line.dataset.option;
  const text = document.createElement("span");
  text.textContent = words;
  const cross = document.createElement("button");
  cross.type = "button";
  cross.dataset.unpick = "";
  cross.setAttribute("aria-label", `Remove ${words}`);
  cross.textContent = "×";
  chip.append(text, cross);
  return chip;
}

function drop(pick, chip) {
  chip.remove();
  changed(pick);
  partsOf(pick).input.focus();
}

function changed(pick) {
  pick.dataset.touched = "";
  const { list, chips } = partsOf(pick);
  const held = new Set([...chips.children].map((chip) => chip.dataset.option));
  for (const line of list.querySelectorAll('[role="option"]')) line.setAttribute("aria-selected", held.has(line.dataset.option));
  pick.dispatchEvent(new CustomEvent("picked", { bubbles: true }));
  if (tellsAtOnce(pick)) press(pick);
}
