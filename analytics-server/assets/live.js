// Keeps the figures of a period that holds today fresh. The page is whole without it: it only
// fetches the same address again and puts the new figures in the place of the old ones.
"use strict";

// A rating is seen within this time; an unchanged page costs the server one comparison.
const EVERY_MS = 5000;

let seen = document.getElementById("figures").innerHTML;

async function refresh() {
  if (document.hidden) return;
  const answer = await fetch(location.href, { cache: "no-cache" });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("figures");
  const old = document.getElementById("figures");
  if (!fresh || fresh.innerHTML === seen) return;
  seen = fresh.innerHTML;
  // What the reader has opened stays open.
  const open = [...old.querySelectorAll("details")].map((one) => one.open);
  fresh.querySelectorAll("details").forEach((one, place) => { one.open = open[place]; });
  old.replaceWith(fresh);
}

setInterval(() => refresh().catch(() => { /* the next round tries again */ }), EVERY_MS);
