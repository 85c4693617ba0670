// What can't be seen can't be focused, and the page is unseen until exit.js has decided whether to show it.
const focus = (missing) => {
  missing.focus();
  if (missing.isConnected && document.activeElement !== missing) requestAnimationFrame(() => focus(missing));
};
const missing = document.querySelector("[data-focus]");
if (missing) focus(missing);
