// <button type="button" hidden data-copy="id" data-copied="Copied">: copies the text of the element with that id.
// The button stays hidden where nothing can be copied; the element itself can always be selected.
// With data-used="key of a resource or a pack" the site is told that a text of it was copied: no more than that.
if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copy]")) {
    const words = button.querySelector("span") ?? button; // beside an icon, the words alone change
    const label = words.textContent;
    const status = document.createElement("span");
    status.className = "vh";
    status.setAttribute("role", "status");
    button.after(status);
    button.hidden = false;
    button.addEventListener("click", async () => {
      const source = document.getElementById(button.dataset.copy);
      await navigator.clipboard.writeText((source.value ?? source.textContent).trim());
      words.textContent = status.textContent = button.dataset.copied;
      const { used } = button.dataset;
      if (used) navigator.sendBeacon("/resources/used/", new URLSearchParams({ resource: used }));
      setTimeout(() => {
        words.textContent = label;
        status.textContent = "";
      }, 4000);
    });
  }
}
