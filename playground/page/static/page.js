// One page, drawn by the server; what changed is folded into the page that is open, so that focus,
// typing and scroll stay where they are.

const CLIENTS_OWN = new Set(["open", "aria-expanded", "aria-busy", "aria-invalid", "aria-activedescendant"]);
const arrivals = [];
let timer = null;
let looking = false;
let again = false;
let lastDrawn = 0;
let visits = 0;

export const me = () => document.body.dataset.user;
export const here = () => document.body.dataset.place;

/** Call back after every drawing, with whether the place is another one than before. */
export function afterDrawing(callback) {
  arrivals.push(callback);
}

/** Go to an address of this page without loading everything anew. */
export async function visit(url, { push = true } = {}) {
  const target = new URL(url, location.href);
  const mine = ++visits;
  const found = await fetchPage(target);
  if (mine !== visits) return;
  // What cannot be drawn here shows itself as the page it is.
  if (!found) return location.assign(target);
  // The server may have led elsewhere; what the address bar says has to be where one is.
  if (push) history.pushState(null, "", found.url);
  else if (found.url !== location.href) history.replaceState(null, "", found.url);
  draw(found);
  if (target.hash) lookAtHash();
}

/** Draw again, at most so often; what is asked for while one drawing is on its way is drawn after it. */
export function refresh(gap = 200) {
  if (looking) {
    again = true;
    return;
  }
  clearTimeout(timer);
  timer = setTimeout(look, Math.max(0, lastDrawn + gap - performance.now()));
}

async function look() {
  looking = true;
  const seen = visits;
  const from = location.href;
  const target = new URL(from);
  const since = document.getElementById("log")?.dataset.new;
  if (since) target.searchParams.set("new", since);
  const found = await fetchPage(target);
  looking = false;
  // Whoever went elsewhere meanwhile is not taken back, whether they set out before this drawing or during it.
  if (found && seen === visits && from === location.href) draw(found);
  if (again) {
    again = false;
    refresh();
  }
}

async function fetchPage(target) {
  const asked = performance.now();
  try {
    const answer = await fetch(target, { headers: { accept: "text/html" } });
    if (!answer.ok) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return { page, asked, url: answer.url + target.hash };
  } catch {
    return null;
  }
}

function draw({ page: next, asked }) {
  lastDrawn = performance.now();
  const from = `${me()}/${here()}`;
  const scrolls = new Map();
  for (const box of document.querySelectorAll(".log-scroll")) {
    scrolls.set(box.id, box.scrollHeight - box.scrollTop - box.clientHeight < 60);
  }
  document.title = next.title;
  const held = document.activeElement;
  const around = held?.closest(".msg, #home, .pane") ?? document.getElementById("place");
  morph(document.body, document.adoptNode(next.body));
  // A pressed button may be gone: the keyboard stays where it stood.
  if (held !== document.body && document.activeElement === document.body) {
    (around.isConnected ? around : document.getElementById("place")).focus({ preventScroll: true });
  }
  const moved = from !== `${me()}/${here()}`;
  for (const box of document.querySelectorAll(".log-scroll")) {
    if (moved || scrolls.get(box.id) !== false) box.scrollTop = box.scrollHeight;
  }
  if (moved) lookAtHash();
  announceDrawing(moved, asked);
}

/** An address may name one message. */
export function lookAtHash() {
  const named = location.hash && document.getElementById(location.hash.slice(1));
  if (!named) return;
  named.scrollIntoView({ block: "center" });
  named.focus({ preventScroll: true });
}

/** `asked`: when the server was asked for it; what happened here since, a drawing does not know. */
export function announceDrawing(moved, asked = performance.now()) {
  for (const callback of arrivals) callback(moved, asked);
}

function morph(have, want) {
  if (have.nodeType !== want.nodeType || have.nodeName !== want.nodeName) {
    have.replaceWith(want);
    return;
  }
  if (have.nodeType !== Node.ELEMENT_NODE) {
    if (have.data !== want.data) have.data = want.data;
    return;
  }
  if (have.hasAttribute("data-keep") || have.hasAttribute("data-touched")) return;
  if (have.dataset.key && have.dataset.key === want.dataset.key && have.id === want.id) return;
  morphAttributes(have, want);
  morphChildren(have, want);
}

function morphAttributes(have, want) {
  const keepHidden = have.hasAttribute("data-keep-hidden");
  const skip = (name) => CLIENTS_OWN.has(name) || (keepHidden && (name === "hidden" || name === "class"));
  for (const { name, value } of [...want.attributes]) {
    if (!skip(name) && have.getAttribute(name) !== value) have.setAttribute(name, value);
  }
  for (const { name } of [...have.attributes]) {
    if (!skip(name) && !want.hasAttribute(name)) have.removeAttribute(name);
  }
}

/** What a child is known by: its id, or the field of the app's form that it is. */
const nameOf = (child) => child.id || child.dataset?.input;

function morphChildren(have, want) {
  const known = new Map([...have.children].filter(nameOf).map((child) => [nameOf(child), child]));
  const wanted = new Set([...want.children].map(nameOf).filter(Boolean));
  let cursor = have.firstChild;
  const dropStale = () => {
    while (cursor && nameOf(cursor) && !wanted.has(nameOf(cursor))) {
      const stale = cursor;
      cursor = cursor.nextSibling;
      discard(stale);
    }
  };
  for (const next of [...want.childNodes]) {
    dropStale();
    const alike = cursor && !nameOf(cursor) && cursor.nodeName === next.nodeName;
    const match = nameOf(next) ? known.get(nameOf(next)) : alike ? cursor : null;
    if (!match) {
      have.insertBefore(next, cursor);
    } else {
      if (match === cursor) cursor = cursor.nextSibling;
      else have.insertBefore(match, cursor);
      morph(match, next);
    }
  }
  while (cursor) {
    const rest = cursor;
    cursor = cursor.nextSibling;
    discard(rest);
  }
}

/** A form is closed before it goes, so that the browser gives the focus back to whatever opened it. */
function discard(node) {
  if (node.nodeName === "DIALOG" && node.open) node.close();
  node.remove();
}
