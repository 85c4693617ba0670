// Leaving quickly. Without this the exit is a plain link. With it the page is hidden before the way out is asked for,
// Back shows none of our pages in this tab until someone types our address, and Shift pressed three times leaves.
// Runs as soon as it is here, perhaps before there is a body. Its words stand on its own script element.
const KEY = "left"; // the one thing kept, in this tab only: where the visitor went
const SHIFTS = 3;
const PAUSE = 5000; // milliseconds between two presses, at most
const root = document.documentElement;
const words = document.querySelector("script[data-loading]").dataset;
let leaving = false;

// Storage may be refused. Leaving works all the same.
function tab(use) {
  try {
    return use(sessionStorage);
  } catch {
    return null;
  }
}

function hide(yes) {
  root.style.animation = "none"; // ends the hold of exit.css
  root.style.visibility = yes ? "hidden" : "";
}

function cover() {
  document.title = words.loading;
  const notice = document.createElement("p");
  notice.className = "wrap section";
  notice.style.visibility = "visible";
  notice.setAttribute("role", "alert");
  document.body?.replaceChildren(notice);
  notice.textContent = words.loading; // after it is there, or it isn't announced
}

function leave(address) {
  leaving = true;
  hide(true);
  cover();
  tab((storage) => storage.setItem(KEY, address));
  location.replace(address);
}

// Shows a page, or leaves again if someone came to it by Back after leaving.
function arrive(back) {
  const address = tab((storage) => storage.getItem(KEY));
  if (back && address) {
    leave(address);
  } else if (leaving) {
    location.reload(); // emptied when someone left, and now wanted again
  } else {
    tab((storage) => storage.removeItem(KEY));
    hide(false);
  }
}

const back = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
arrive(back);
history.replaceState(history.state, ""); // Back to the answer to a form asks for the page, not for the form again
addEventListener("pageshow", (event) => {
  if (event.persisted || !leaving) arrive(event.persisted || back);
});
// What the browser keeps to come back to is kept hidden, so that Back shows nothing before it is decided.
addEventListener("pagehide", (event) => {
  if (event.persisted) hide(true);
});

// Any button but the right one: in a new tab, the page would stay behind.
for (const kind of ["click", "auxclick"]) {
  document.addEventListener(kind, (event) => {
    const link = event.target.closest("[data-leave]");
    if (!link || event.button > 1) return;
    event.preventDefault();
    leave(link.href);
  }, true);
}

let presses = 0;
let alone = false; // Shift is down and nothing else was pressed with it
let timer;

function count(now) {
  const before = presses;
  presses = now;
  clearTimeout(timer);
  const exit = document.querySelector(".exit");
  if (!exit || leaving) return;
  if (now === SHIFTS) {
    leave(exit.querySelector("a").href);
    return;
  }
  const line = exit.querySelector("small");
  // Dots are narrower than the words, and the exit never moves.
  if (!now || !before) line.style.minInlineSize = now ? `${line.getBoundingClientRect().width}px` : "";
  line.classList.toggle("exit-wide", !now);
  line.textContent = now ? "" : words.hint;
  for (let n = 0; now && n < SHIFTS; n++) {
    const dot = document.createElement("span");
    dot.className = n < now ? "dot" : "dot ring";
    line.append(dot);
  }
  exit.querySelector("[role=status]").textContent = now ? words[`press${now}`] : before ? words.stopped : "";
  if (now || before) timer = setTimeout(count, PAUSE, 0);
}

for (const kind of ["keydown", "keyup"]) {
  addEventListener(kind, (event) => {
    if (event.key !== "Shift") {
      alone = false;
      if (presses) count(0);
    } else if (kind === "keydown") {
      alone = (alone || !event.repeat) && !event.ctrlKey && !event.altKey && !event.metaKey;
    } else if (alone) {
      alone = false;
      count(presses + 1);
    }
  }, true);
}
addEventListener("pointerdown", () => {
  alone = false;
}, true);

function ready() {
  leaving ? cover() : count(0);
}
document.readyState === "loading" ? addEventListener("DOMContentLoaded", ready) : ready();
