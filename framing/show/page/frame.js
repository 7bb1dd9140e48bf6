// In a notebook the page stands in a frame that has no address of its own: a link within it would lead to the notebook.
addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link) return;
  event.preventDefault();
  location.hash = link.getAttribute("href");
});
