// In a notebook the page stands in a frame that has no address of its own: a link within it would lead to the notebook.
addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link) return;
  event.preventDefault();
  location.hash = link.getAttribute("href");
});
// A frame may be narrow until the notebook has laid it out; then what was folded away for a narrow page is unfolded.
matchMedia("(max-width: 45em)").addEventListener("change", ({ matches }) => {
  find("finder").open = find("layers").open = !matches;
});
