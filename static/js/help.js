// Narrows "What has happened?" to the words of whoever was chosen under "Who are you?".
const form = document.querySelector("[data-help]");
const narrow = () => {
  const who = form.querySelector("[name=who]:checked");
  if (!who) return;
  for (const group of form.querySelectorAll("[data-for]")) {
    group.hidden = group.dataset.for !== who.dataset.audience;
    if ("open" in group) group.open = !group.hidden;
    if (group.hidden) for (const input of group.querySelectorAll(":checked")) input.checked = false;
  }
};
if (form) {
  form.addEventListener("change", (event) => event.target.name === "who" && narrow());
  narrow();
}
