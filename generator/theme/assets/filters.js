// Filters over a list: the timeline's events, an article's claims. Without scripts every item stands in the page.
// A form names its items in data-filter and what they are in data-noun; a control named "theme" looks at data-theme.
"use strict";

(() => {
  const form = document.querySelector("form[data-filter]");
  if (!form) return;
  const items = [...document.querySelectorAll(form.dataset.filter)];
  const status = form.querySelector("output");
  const boxes = [...form.querySelectorAll("[type=checkbox]")];
  const lists = [...form.querySelectorAll("select")];
  const has = (item, name, value) => item.dataset[name].split(" ").includes(value);

  // Boxes that begin unticked narrow the list once one is ticked; boxes that begin ticked each keep their items in it.
  function fitsBoxes(item) {
    const ticked = boxes.filter((box) => box.checked);
    const isOpen = !ticked.length && boxes.every((box) => !box.defaultChecked);
    return isOpen || ticked.some((box) => has(item, box.name, box.value));
  }

  function filter() {
    let shown = 0;
    for (const item of items) {
      const fits = fitsBoxes(item) && lists.every((list) => !list.value || has(item, list.name, list.value));
      item.hidden = !fits;
      shown += fits;
    }
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
