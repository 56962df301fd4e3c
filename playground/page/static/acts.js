// Acts: what the reader does, sent to the make-believe Slack, and how the app's answer is told.

import { me, refresh } from "./page.js";

const SHOWN_MS = 7000;

/** Do one thing; says what came of it and has the page drawn again. */
export async function act(name, about = {}, fields = []) {
  const form = new FormData();
  form.set("user", me());
  for (const [key, value] of Object.entries(about)) if (value != null) form.set(key, value);
  for (const [key, value] of fields) form.append(`f:${key}`, value);
  const result = await send(`/act/${name}`, form);
  if (name !== "suggest" && name !== "read") refresh(0);
  return result;
}

export async function send(url, body) {
  try {
    const answer = await fetch(url, { method: "POST", body });
    return await answer.json();
  } catch {
    return { ok: false, refused: "The playground does not answer. Is it still running?" };
  }
}

/** Say in a corner what the person has to know; a refusal is read out at once. */
export function tell(words, kind = "") {
  const toast = document.createElement("div");
  toast.className = `toast ${kind}`;
  const text = document.createElement("p");
  text.textContent = words;
  const shut = document.createElement("button");
  shut.type = "button";
  shut.className = "ghost";
  shut.textContent = "×";
  shut.setAttribute("aria-label", "Close");
  shut.addEventListener("click", () => toast.remove());
  toast.append(text, shut);
  const toasts = document.getElementById("toasts");
  toasts.append(toast);
  // Shown anew each time, so that it lies above a form that was opened meanwhile.
  toasts.hidePopover();
  toasts.showPopover();
  if (kind === "refusal") document.getElementById("alerts").textContent = words;
  setTimeout(() => toast.remove(), SHOWN_MS);
}

/** Tell of a refusal or a slow answer; true when all went well. */
export function tellResult(result) {
  if (result.refused) tell(result.refused, "refusal");
  else if (result.slow) tell(result.slow);
  return result.ok;
}

/** Where an element stands: which message, form or Home tab. */
export function surfaceOf(element) {
  const surface = element.closest("[data-surface]");
  if (!surface) return null;
  if (surface.dataset.surface === "message") {
    const message = surface.closest(".msg");
    return { root: surface, about: { channel: message.dataset.channel, ts: message.dataset.ts } };
  }
  return { root: surface, about: { view: surface.dataset.view } };
}

/** Everything typed or chosen on a surface, as pairs of name and value. */
export function fieldsOf(root) {
  const found = [];
  for (const control of root.querySelectorAll("input[name], select[name], textarea[name]")) {
    if ((control.type === "checkbox" || control.type === "radio") && !control.checked) continue;
    found.push([control.name, control.value]);
  }
  for (const pick of root.querySelectorAll("[data-pick]")) {
    for (const chip of pick.querySelectorAll(".chip")) found.push([pick.dataset.name, chip.dataset.option]);
  }
  return found;
}

/** Whether the app hears of a change at once, and not only with the whole form. */
export const tellsAtOnce = (control) => control.hasAttribute("data-dispatch") || control.closest("[data-live]") !== null;

/** Press or choose something the app drew. */
export async function press(control, extra = {}) {
  const surface = surfaceOf(control);
  if (!surface) return;
  const busy = control.matches(".btn") ? control : null;
  busy?.setAttribute("aria-busy", "true");
  const about = { ...surface.about, block: control.dataset.block, action: control.dataset.action, ...extra };
  const result = await act("click", about, fieldsOf(surface.root));
  busy?.removeAttribute("aria-busy");
  tellResult(result);
}
