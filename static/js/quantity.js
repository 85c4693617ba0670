// Minus and plus that need no new page. In the basket every change is kept at once, and what is said below a number
// comes from there; without this script the same buttons send the form.
const svg = (d) => `<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="${d}"/></svg>`;
const basket = document.querySelector("[data-basket]");
let waiting;
let saving;

const keep = async (signal) => {
  const body = new FormData(basket);
  body.set("do", "update");
  const answer = await fetch(basket.action, { method: "POST", body, credentials: "same-origin", signal });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  // What stays the same isn't read out again.
  for (const note of basket.querySelectorAll("[data-note]")) {
    const fresh = page.getElementById(note.id);
    if (fresh && fresh.textContent !== note.textContent) note.replaceChildren(...fresh.childNodes);
  }
  for (const input of basket.querySelectorAll("[data-quantity] input")) {
    const fresh = page.getElementById(input.id);
    if (fresh) input.toggleAttribute("aria-invalid", fresh.hasAttribute("aria-invalid"));
    if (input.hasAttribute("aria-invalid")) input.setAttribute("aria-invalid", "true");
  }
};
// A newer number overtakes the one that is still on its way.
const later = () => {
  clearTimeout(waiting);
  saving?.abort();
  saving = new AbortController();
  const { signal } = saving;
  waiting = setTimeout(() => keep(signal).catch(() => {}), 300);
};
const step = (input, by) => {
  const now = Number(input.value) || 0;
  const most = Number(input.dataset.most);
  // Plus stops where asking begins.
  if (by > 0 && now === most) return;
  input.value = Math.min(Math.max(now + by, 1), Number(input.max));
  if (basket) later();
};

for (const box of document.querySelectorAll("[data-quantity]")) {
  const input = box.querySelector("input");
  if (!basket) {
    for (const [by, label, d] of [[-1, box.dataset.less, "M5 12h14"], [1, box.dataset.more, "M12 5v14m-7-7h14"]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.step = by;
      button.innerHTML = svg(d);
      button.setAttribute("aria-label", label);
      by < 0 ? box.prepend(button) : box.append(button);
    }
  }
  box.addEventListener("click", (event) => {
    const button = event.target.closest("[data-step]");
    if (!button) return;
    event.preventDefault();
    step(input, Number(button.dataset.step));
  });
  if (basket) input.addEventListener("change", later);
}
