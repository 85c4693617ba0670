// <details class="filters">: open where it stands beside the list, so that what is seen is what is said of it.
const filters = document.querySelector(".filters");
const wide = matchMedia("(min-width: 60rem)");
const settle = () => {
  filters.open = wide.matches;
};
if (filters) {
  settle();
  wide.addEventListener("change", settle);
}
