// Keeps what a reader marks in a form on this device, in the browser's own store, until it is erased. Nothing is sent.
// A form names its place in the store in data-keep; its button to erase has data-erase.
"use strict";

(() => {
  for (const form of document.querySelectorAll("form[data-keep]")) {
    const place = `marks/${form.dataset.keep}`;
    const read = () => {
      try {
        return JSON.parse(localStorage.getItem(place)) ?? {};
      } catch {
        return {};
      }
    };
    for (const [name, value] of Object.entries(read())) {
      const field = form.elements.namedItem(name);
      if (field) field.value = value;
    }
    form.addEventListener("submit", (submit) => submit.preventDefault());
    form.addEventListener("change", () => {
      try {
        localStorage.setItem(place, JSON.stringify(Object.fromEntries(new FormData(form))));
      } catch {
        // A full or forbidden store: the marks hold until the page is left.
      }
    });
    form.querySelector("[data-erase]")?.addEventListener("click", () => {
      form.reset();
      try {
        localStorage.removeItem(place);
      } catch {
        // Nothing could be kept either.
      }
    });
    form.classList.add("is-ready");
  }
})();
