// Keeps an open dashboard fresh. The page is whole without it. Today's numbers come as events and
// go into their places at once; the figures below are fetched again now and then, when something
// changed, by the address of the page, and put in the place of the old ones. A page without such
// numbers, such as the screen of the hall, is fetched again as a whole.
"use strict";

// The figures are drawn by the server, so they follow more slowly than the numbers, and two
// hundred dashboards do not ask at the same moment.
const FIGURES_MS = 20000;
const JITTER_MS = 5000;
// A screen reader announces new figures at most this often.
const SAY_MS = 60000;
// After a refusal, such as a server without a place.
const AGAIN_MS = 30000;

const AGAIN = "[data-live-again]";
const strip = document.querySelector("[data-live-stream]");
const whole = document.querySelector(AGAIN) !== null;
const address = strip ? strip.dataset.liveStream : "/live";
let stream = null;
let over = false;
let position = null; // of the last event
let drawn = null; // position of the figures that are shown
let tag = null;
let asked = performance.now();
let said = performance.now();

function state(word) {
  const place = strip && strip.querySelector("[data-live-state]");
  if (!place) return null;
  const text = strip.dataset["live" + word];
  if (place.textContent !== text) place.textContent = text;
  place.dataset.is = word.toLowerCase();
  return place;
}

// The session ended, here or in another window: the way back in.
function end() {
  over = true;
  stop();
  const place = state("Over");
  if (!place) return;
  const link = document.createElement("a");
  link.href = "/sign-in?next=" + encodeURIComponent(location.pathname + location.search);
  link.textContent = place.textContent;
  place.replaceChildren(link);
}

// A stream follows the way to the sign-in and breaks there; only a plain request can tell.
async function ended() {
  const line = new AbortController();
  try {
    const answer = await fetch(address, { redirect: "manual", cache: "no-store", signal: line.signal });
    return answer.type === "opaqueredirect" || answer.status === 401;
  } catch {
    return false;
  } finally {
    line.abort();
  }
}

function take(event) {
  const today = JSON.parse(event.data);
  state("On");
  const news = position !== null && position !== today.position;
  if (drawn === null) drawn = today.position;
  position = today.position;
  for (const place of document.querySelectorAll("[data-live]")) {
    const text = today[place.dataset.live];
    if (typeof text === "string" && place.textContent !== text) place.textContent = text;
  }
  const place = strip && strip.querySelector("[data-live-said]");
  if (news && place && performance.now() - said > SAY_MS) {
    said = performance.now();
    place.textContent = today.said;
  }
}

function listen() {
  if (stream || over || whole || document.hidden) return;
  stream = new EventSource(address);
  stream.addEventListener("today", take);
  stream.addEventListener("over", end);
  stream.addEventListener("error", () => {
    if (over) return;
    state("Off");
    // A browser comes back by itself after a broken line, but not after a refusal.
    if (stream && stream.readyState === EventSource.CLOSED) {
      stop();
      ended().then((yes) => {
        if (yes) end();
        else setTimeout(listen, AGAIN_MS * (0.5 + Math.random()));
      });
    }
  });
}

// A browser has few lines to one server: a page that nobody sees gives its own back.
function stop() {
  if (stream) stream.close();
  stream = null;
}

async function figures() {
  const old = document.getElementById("figures");
  const selected = !document.getSelection().isCollapsed;
  if (!old || document.hidden || selected || position === drawn) return;
  const wanted = position;
  const at = new URL(location.href);
  at.searchParams.set("fragment", "figures");
  const answer = await fetch(at, { headers: tag ? { "If-None-Match": tag } : {}, redirect: "error", cache: "no-store" });
  if (answer.status !== 304) {
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("figures");
    if (!fresh) return;
    tag = answer.headers.get("ETag");
    if (fresh.innerHTML !== old.innerHTML) put(old, fresh);
  }
  drawn = wanted;
}

// What the reader opened stays open, what was scrolled stays scrolled, and the focus where it was.
function put(old, fresh) {
  const pairs = (selector, act) => {
    const before = [...old.querySelectorAll(selector)];
    const after = [...fresh.querySelectorAll(selector)];
    if (before.length === after.length) before.forEach((one, place) => act(one, after[place]));
  };
  const scrolled = [];
  let focused = null;
  pairs("details", (one, other) => { other.open = one.open; });
  pairs(".scroll", (one, other) => scrolled.push([other, one.scrollLeft, one.scrollTop]));
  pairs("a, button, summary, input, select, [tabindex]", (one, other) => {
    if (one === document.activeElement) focused = other;
  });
  old.replaceWith(fresh);
  for (const [one, left, top] of scrolled) { one.scrollLeft = left; one.scrollTop = top; }
  if (focused) focused.focus({ preventScroll: true });
}

// The part of a page that is fetched again every so many milliseconds, until the server sends one
// that asks for no more. Where the server can not be reached, the page says so and tries on.
async function again() {
  const old = document.querySelector(AGAIN);
  const line = new AbortController();
  const patience = setTimeout(() => line.abort(), AGAIN_MS);
  let page = null;
  try {
    const answer = await fetch(location.href, { redirect: "error", cache: "no-store", signal: line.signal });
    if (answer.ok) page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch { /* no line to the server */ } finally {
    clearTimeout(patience);
  }
  const fresh = page && page.getElementById(old.id);
  if (!fresh) {
    lost(old);
    return;
  }
  // Another version of the server: its page needs its own style and script.
  if (styleOf(page) !== styleOf(document)) {
    location.reload();
    return;
  }
  const say = (place) => (place.querySelector("[data-live-say]") || place).textContent;
  const spoken = document.querySelector("[data-live-said]");
  if (spoken && say(fresh) !== say(old)) spoken.textContent = say(fresh);
  if (fresh.innerHTML !== old.innerHTML || old.dataset.is) put(old, fresh);
}

function lost(old) {
  old.dataset.is = "off";
  const place = old.querySelector("[data-live-state]");
  if (!place || place.textContent === old.dataset.liveOff) return;
  place.textContent = old.dataset.liveOff;
  place.hidden = false;
}

function styleOf(page) {
  return page.querySelector("link[rel=stylesheet]").getAttribute("href");
}

function askAgain() {
  const place = document.querySelector(AGAIN);
  if (!place) return;
  setTimeout(() => {
    const round = document.hidden ? Promise.resolve() : again();
    round.catch(() => { /* the next round tries again */ }).then(askAgain);
  }, Number(place.dataset.liveAgain));
}

document.addEventListener("visibilitychange", () => { if (document.hidden) stop(); else listen(); });
addEventListener("pagehide", stop);
addEventListener("pageshow", listen);
let wait = FIGURES_MS + Math.random() * JITTER_MS;
setInterval(() => {
  if (performance.now() - asked < wait) return;
  asked = performance.now();
  wait = FIGURES_MS + Math.random() * JITTER_MS;
  figures().catch(() => { /* the next round tries again */ });
}, 1000);
listen();
askAgain();
