// Filters over a list: the timeline's events, an article's claims, the lessons. Without scripts every item stands in
// the page. A form names its items in data-filter and what they are in data-noun; a control named "theme" looks at
// data-theme.
"use strict";

(() => {
  const form = document.querySelector("form[data-filter]");
  if (!form) return;
  const items = [...document.querySelectorAll(form.dataset.filter)];
  const status = form.querySelector("output");
  const boxes = [...form.querySelectorAll("[type=checkbox]")];
  const lists = [...form.querySelectorAll("select")];
  const longLists = [...document.querySelectorAll("ol.bf-far")];
  const words = items.map((item) => Object.fromEntries([...boxes, ...lists].map(({ name }) => [name, item.dataset[name].split(" ")])));

  // Boxes that begin unticked narrow the list once one is ticked; boxes that begin ticked each keep their items in it.
  function chosen() {
    const ticked = boxes.filter((box) => box.checked);
    const isOpen = !ticked.length && boxes.every((box) => !box.defaultChecked);
    const named = lists.filter((list) => list.value);
    return (of) =>
      (isOpen || ticked.some((box) => of[box.name].includes(box.value))) &&
      named.every((list) => of[list.name].includes(list.value));
  }

  function filter() {
    const fits = chosen();
    let shown = 0;
    items.forEach((item, at) => {
      const isShown = fits(words[at]);
      if (item.hidden === isShown) item.hidden = !isShown;
      shown += isShown;
    });
    for (const list of longLists) list.style.setProperty("--bf-shown", list.querySelectorAll(":scope > :not([hidden])").length);
    status.textContent = `${shown} of ${items.length} ${form.dataset.noun} shown`;
  }

  function showAll() {
    form.reset();
    filter();
  }

  // The first item of that year or after it, among those shown; only title and date are announced.
  function goTo(year) {
    const found = items.find((item) => !item.hidden && Number(item.dataset.year) >= year);
    if (!found) {
      status.textContent = `Nothing shown from ${year} on`;
      return;
    }
    found.scrollIntoView({ block: "start" });
    const words = `${found.querySelector(".bf-date").textContent.trim()}: ${found.querySelector("h3").firstChild.textContent.trim()}`;
    status.textContent = words;
  }

  form.addEventListener("change", (change) => {
    if (change.target.name !== "year") filter();
  });
  form.addEventListener("submit", (submit) => {
    submit.preventDefault();
    const year = Number(form.elements.year?.value);
    if (year) goTo(year);
  });
  form.addEventListener("reset", () => setTimeout(filter));

  // A link to an item shows it even where a filter hides it.
  addEventListener("hashchange", () => {
    const target = items.find((item) => item.matches(":target, :has(:target)"));
    if (!target?.hidden) return;
    showAll();
    target.scrollIntoView();
  });
  showAll();
})();
