// A lesson: each check says at once what the choice was worth, and the device alone remembers what was done. Without
// scripts the same words open below each option.
"use strict";

(() => {
  for (const button of document.querySelectorAll(".bf-print")) button.addEventListener("click", () => print());

  const lesson = document.querySelector("[data-lesson]");
  if (!lesson) return;

  // The theme opens everything before it prints: what a reader opened prints, and nothing else.
  const easy = lesson.querySelector(".bf-easy");
  easy?.querySelector("summary").addEventListener("click", () => easy.classList.toggle("is-chosen", !easy.open));

  // On paper a chart beside the question would give its answer away: it is printed at the end.
  const covered = lesson.querySelector(".bf-covered");
  const place = covered?.parentElement;
  addEventListener("beforeprint", () => covered && lesson.querySelector(".bf-lastside").append(covered));
  addEventListener("afterprint", () => covered && place.append(covered));

  const name = `lesson:${lesson.dataset.lesson}`;
  const forms = [...lesson.querySelectorAll(".bf-check")];
  const progress = lesson.querySelector(".bf-progress");
  const done = new Set(recall());

  // --- what the device keeps -------------------------------------------------------------------------------------

  function recall() {
    try {
      const kept = JSON.parse(localStorage.getItem(name) ?? "[]");
      return Array.isArray(kept) ? kept : [];
    } catch {
      return [];
    }
  }

  function remember(item) {
    done.add(item);
    try {
      localStorage.setItem(name, JSON.stringify([...done]));
    } catch {
      // A device that keeps nothing is as good.
    }
    showProgress();
  }

  function showProgress() {
    const number = forms.filter((form) => done.has(form.dataset.item)).length;
    progress.hidden = !number;
    progress.querySelector("span").textContent = `${number} of ${forms.length} checks right on this device.`;
  }

  progress.querySelector("button").addEventListener("click", () => {
    done.clear();
    try {
      localStorage.removeItem(name);
    } catch {
      // Nothing was kept.
    }
    for (const form of forms) clear(form);
    showProgress();
    lesson.querySelector("h1").tabIndex = -1;
    lesson.querySelector("h1").focus();
  });

  // --- checks ----------------------------------------------------------------------------------------------------

  function clear(form) {
    form.reset();
    form.classList.remove("is-answered");
    form.querySelector("output").textContent = "";
    for (const answer of form.querySelectorAll("details")) answer.open = false;
    for (const place of form.querySelectorAll(".is-wrong, .is-chosen")) place.classList.remove("is-wrong", "is-chosen");
  }

  function say(form, isRight, words) {
    form.classList.add("is-answered");
    form.querySelector("output").textContent = words;
    if (isRight) remember(form.dataset.item);
  }

  function checkChoice(form) {
    const chosen = form.querySelector("input:checked");
    if (!chosen) return say(form, false, "Choose one first.");
    for (const option of form.querySelectorAll(".bf-option")) {
      option.querySelector("details").open = option.contains(chosen);
      option.classList.toggle("is-chosen", option.contains(chosen));
    }
    const option = chosen.closest(".bf-option");
    say(form, option.classList.contains("is-right"), option.querySelector("details p").textContent.trim());
  }

  function checkNumber(form) {
    const text = form.querySelector("input").value;
    if (!text || Number.isNaN(Number(text))) return say(form, false, "Write a number first.");
    const isRight = Math.abs(Number(text) - Number(form.dataset.answer)) <= Number(form.dataset.tolerance) + 1e-9;
    form.querySelector("details").open = true;
    say(form, isRight, isRight ? "Right, or near enough." : "Not quite.");
  }

  function checkOrder(form) {
    const things = [...form.querySelectorAll("li[data-place]")];
    const given = things.map((thing) => thing.querySelector("select").value);
    if (given.includes("")) return say(form, false, "Give each a place first.");
    const wrong = things.filter((thing, at) => given[at] !== thing.dataset.place);
    for (const thing of things) thing.classList.toggle("is-wrong", wrong.includes(thing));
    if (!wrong.length) form.querySelector("details").open = true;
    say(form, !wrong.length, wrong.length ? `Not quite: ${wrong.length} of ${things.length} stand elsewhere.` : "Right.");
  }

  for (const form of forms) {
    form.classList.add("is-ready");
    form.querySelector("button").hidden = false;
    form.addEventListener("submit", (submit) => {
      submit.preventDefault();
      if (form.classList.contains("bf-order")) checkOrder(form);
      else if (form.classList.contains("bf-number")) checkNumber(form);
      else checkChoice(form);
    });
  }
  showProgress();
})();
