// The time bar, and the line over which the server says that something changed.

import { send, tell } from "./acts.js";
import { afterDrawing, me, refresh, visit } from "./page.js";
import { enter } from "./talk.js";

const LOOK_AGAIN = 2000;
const QUIET_KINDS = new Set(["call", "act"]);
let stream = null;
let readIt = false;
// Whether time moves, and since when that is known here: a drawing that was asked for before says nothing about it.
let known = { moving: false, since: 0 };

export function wireTime() {
  listen();
  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-time]");
    if (button) return move(button.dataset.time);
    if (event.target.closest?.("#story-button")) return toggleStory();
    if (event.target.closest?.("[data-close-story]")) return closeStory();
    if (event.target.closest?.("#steps-more")) return toggleSteps();
    if (event.target.closest?.("[data-theme-switch]")) return switchTheme();
    const toggle = event.target.closest?.("[data-switch]");
    if (toggle) {
      const result = await send(`/switch/${toggle.dataset.switch}`);
      if (result.refused) tell(result.refused, "refusal");
      return refresh(0);
    }
    if (!event.target.closest?.("#steps")) toggleSteps(false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
    if (!document.getElementById("story").hidden) {
      closeStory();
    }
    toggleSteps(false);
  });
  addEventListener("pagehide", () => stream?.close());
  // Time is also moved by others: while the first weeks are lived, nobody here pressed anything.
  afterDrawing((_, asked) => {
    if (asked >= known.since) known = { moving: document.getElementById("steps").dataset.moving === "1", since: asked };
    setMoving(known.moving);
  });
  setInterval(() => moving() && refresh(LOOK_AGAIN), LOOK_AGAIN);
}

function listen() {
  stream = new EventSource(`/stream?as=${me()}`);
  let opened = false;
  stream.addEventListener("hello", () => {
    if (opened) refresh(0);
    opened = true;
    document.documentElement.dataset.listening = "";
  });
  stream.addEventListener("change", (event) => {
    const { kinds } = JSON.parse(event.data);
    const looking = document.querySelector(".inspector");
    if (looking || kinds.some((kind) => !QUIET_KINDS.has(kind))) refresh(moving() ? 700 : 200);
  });
  stream.addEventListener("time", (event) => onTime(JSON.parse(event.data)));
}

const moving = () => document.getElementById("steps").classList.contains("moving");

async function move(by) {
  toggleSteps(false);
  const sets = by !== "seen" && by !== "stop";
  if (sets) {
    known = { moving: true, since: Infinity };
    setMoving(true, "");
  }
  if (sets && readIt) await send("/time/seen");
  if (sets) readIt = false;
  if (by === "seen") toggleStory(false);
  const result = await send(`/time/${by}`);
  // It may have ended before its answer came.
  if (sets && known.since === Infinity) known = { moving: !result.refused, since: performance.now() };
  if (result.refused) {
    tell(result.refused, "refusal");
    setMoving(false, "");
  }
  if (by === "seen") refresh(0);
}

function onTime(progress) {
  known = { moving: progress.moving, since: performance.now() };
  setMoving(progress.moving, progress.did ?? "");
  // What moves by itself cannot be stopped from here.
  document.getElementById("journey-stop").hidden = progress.by === "";
  if (progress.error) tell(progress.error, "refusal");
  refresh(progress.moving ? 700 : 0);
  if (!progress.moving) arrive();
}

/** Whoever has travelled looks at the page again, as after a night; and is told what there is to tell. */
async function arrive() {
  await enter();
  await visit(location.href, { push: false });
  if (document.getElementById("story-button").disabled) tell("Time has moved. Nothing happened that anybody would see.");
  else toggleStory(true, { quietly: true });
}

function setMoving(yes, did = null) {
  const steps = document.getElementById("steps");
  steps.classList.toggle("moving", yes);
  for (const step of steps.querySelectorAll(".step")) step.disabled = yes;
  document.getElementById("journey").hidden = !yes;
  if (did === null) return;
  const words = document.getElementById("journey-did");
  words.textContent = did;
  words.title = did;
}

function toggleStory(open, { quietly = false } = {}) {
  const story = document.getElementById("story");
  const button = document.getElementById("story-button");
  const show = open ?? story.hidden;
  if (show && button.disabled) return;
  story.hidden = !show;
  button.setAttribute("aria-expanded", show);
  if (show && !quietly) story.querySelector("[data-close-story]").focus();
}

/** Whoever closes the list has read it: the next journey begins a new one. */
function closeStory() {
  toggleStory(false);
  readIt = true;
  document.getElementById("story-button").focus();
}

function toggleSteps(open) {
  const steps = document.getElementById("steps");
  const show = open ?? !steps.classList.contains("open");
  steps.classList.toggle("open", show);
  document.getElementById("steps-more").setAttribute("aria-expanded", show);
}

function switchTheme() {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  document.cookie = `heron_theme=${root.dataset.theme}; path=/; max-age=31536000; samesite=strict`;
}
