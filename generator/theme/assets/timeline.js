// Filters for the timeline. Without scripts the style sheet leaves the form out and every event stands in the page.
"use strict";

(() => {
  const form = document.getElementById("timeline-filters");
  if (!form) return;
  const events = [...document.querySelectorAll(".bf-event")];
  const status = form.querySelector("output");
  const has = (event, key, value) => event.dataset[key].split(" ").includes(value);

  function filter() {
    const lanes = [...form.querySelectorAll("[name=lane]:checked")].map((box) => box.value);
    const theme = form.elements.theme.value;
    const person = form.elements.person.value;
    let shown = 0;
    for (const event of events) {
      const fits =
        lanes.some((lane) => has(event, "lanes", lane)) &&
        (!theme || has(event, "themes", theme)) &&
        (!person || has(event, "people", person));
      event.hidden = !fits;
      shown += fits;
    }
    status.textContent = `${shown} of ${events.length} events shown`;
  }

  // The first event of that year or after it, among those shown; only title and date are announced.
  function goTo(year) {
    const found = events.find((event) => !event.hidden && Number(event.dataset.year) >= year);
    if (!found) {
      status.textContent = `No event shown from ${year} on`;
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
    const year = Number(form.elements.year.value);
    if (year) goTo(year);
  });
  form.addEventListener("reset", () => setTimeout(filter));

  // A link to an event opens it even where a filter kept by the browser would hide it.
  form.reset();
  filter();
})();
