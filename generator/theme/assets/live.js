// The page of a chart: the chart under the reader's hands, and a guess before it is seen. Without scripts, or where
// anything fails, the drawing, its table and the answer stand in the page.
"use strict";

(() => {
  const own = document.currentScript.src;

  // --- the live chart: mouse, keys and touch all mark one point, whose words stand in the caption ---------------

  const tools = document.querySelector(".bf-tools");
  if (tools) setUp(tools);

  function setUp(tools) {
    const start = tools.querySelector(".bf-explore");
    const panel = tools.querySelector(".bf-panel");
    const caption = tools.querySelector(".bf-caption");
    const legend = [...tools.querySelectorAll(".bf-legend button")];
    const years = tools.querySelector(".bf-years");
    const drawing = document.querySelector(".bf-drawing");
    const opening = start.textContent;
    let spec, view, box, ring, band, points = [], now, from, isOpen = false, turn = 0;

    start.hidden = false;
    start.addEventListener("click", () => (isOpen ? close() : open()));
    legend.forEach((button) => button.addEventListener("click", () => highlight(button)));
    years?.addEventListener("submit", (submit) => {
      submit.preventDefault();
      zoom(Number(years.elements.from.value), Number(years.elements.to.value));
    });
    years?.addEventListener("reset", () => setTimeout(() => zoom()));

    async function open() {
      isOpen = true;
      panel.hidden = false;
      panel.classList.remove("is-lost");
      start.textContent = start.dataset.back;
      say("Loading …");
      try {
        const files = [fetch(start.dataset.from), library()];
        const [answer] = await Promise.all(files);
        if (!answer.ok) throw new Error(answer.status);
        spec = (await answer.json()).live;
        if (!isOpen) return;
        await draw();
        if (!isOpen) return;
        say(start.dataset.help);
        box.focus({ preventScroll: true });
        watch.observe(drawing.parentElement);
      } catch {
        close();
        panel.hidden = false;
        panel.classList.add("is-lost");
        say("The live chart could not be loaded. The drawing stays as it is.");
      }
    }

    // A plain script: as a module it would not load from a disk.
    function library() {
      if (window.vegaEmbed) return true;
      return new Promise((done, fail) => {
        const script = make("script");
        script.onload = done;
        script.onerror = fail;
        script.src = new URL("vega.js", own);
        document.head.append(script);
      });
    }

    function close() {
      isOpen = false;
      watch.disconnect();
      clear();
      panel.hidden = true;
      start.textContent = opening;
    }

    function clear() {
      turn += 1;
      drawing.classList.remove("is-live");
      view?.finalize();
      box?.remove();
      view = box = now = undefined;
    }

    // In the place of the drawing and as large, made whole before it is shown.
    async function draw() {
      const kept = now && points[now].row.at;
      const hadFocus = box && box === document.activeElement;
      clear();
      const mine = turn;
      const shown = [...drawing.children].find((child) => child.offsetHeight);
      const size = shown.querySelector("svg").getBoundingClientRect();
      const fresh = make("div", "bf-live");
      fresh.tabIndex = 0;
      fresh.setAttribute("role", "application");
      fresh.setAttribute("aria-label", start.dataset.name);
      fresh.style.width = `${size.width}px`;
      fresh.style.height = `${drawing.clientHeight}px`;
      const plot = fresh.appendChild(make("div"));
      plot.setAttribute("aria-hidden", "true");
      drawing.append(fresh);
      box = fresh;
      const options = { mode: "vega-lite", actions: false, ast: true, renderer: "svg", tooltip: false, hover: false, defaultStyle: false };
      const result = await vegaEmbed(plot, sized(size.width, drawing.clientHeight), options);
      if (mine !== turn) return result.finalize();
      view = result.view;
      points = places();
      ring = fresh.appendChild(make("span", "bf-ring"));
      band = fresh.appendChild(make("span", "bf-band"));
      ring.hidden = band.hidden = true;
      listen(fresh);
      drawing.classList.add("is-live");
      if (hadFocus) fresh.focus({ preventScroll: true });
      const again = points.findIndex((point) => point.row.at === kept);
      if (again >= 0) mark(again);
    }

    function make(name, kind = "") {
      const made = document.createElement(name);
      made.className = kind;
      return made;
    }

    // The specification in the size of the drawing, with the chosen years alone.
    function sized(width, height) {
      const copy = structuredClone(spec);
      Object.assign(copy, { width, height });
      copy.params[0].value = legend.find((button) => button.ariaPressed === "true")?.textContent.trim() ?? "";
      if (from === undefined) return copy;
      const fits = (first, last) => last >= from[0] && first <= from[1];
      copy.data.values = copy.data.values.filter((row) => fits(row.first, row.last));
      const slots = spec.usermeta.slots.filter((slot) => fits(slot[1], slot[2])).map((slot) => slot[0]);
      const edge = Math.max(0.3, (from[1] - from[0]) * 0.02);
      for (const layer of copy.layer) {
        if (layer.data) layer.data.values = layer.data.values.filter((row) => fits(row.first, row.last));
        const scale = layer.encoding.x?.scale;
        if (scale?.domain) scale.domain = slots.length ? slots : [from[0] - edge, from[1] + edge];
      }
      return copy;
    }

    // Where each row stands, in pixels of the box, in the order of the rows.
    function places() {
      const found = [];
      const walk = (group, left, top) => {
        for (const mark of group.items ?? []) {
          for (const item of mark.items ?? []) {
            if (mark.marktype === "group") walk(item, left + (item.x || 0), top + (item.y || 0));
            else if (mark.name === "hits_marks" && item.datum?.at !== undefined) {
              const { x1, y1, x2, y2 } = item.bounds;
              found.push({ row: item.datum, x1: left + x1, y1: top + y1, x2: left + x2, y2: top + y2 });
            }
          }
        }
      };
      const [left, top] = view.origin();
      const edge = view.padding();
      walk({ items: [view.scenegraph().root] }, left + edge.left, top + edge.top);
      return found.sort((one, other) => one.row.at - other.row.at);
    }

    function say(words) {
      if (caption.textContent !== words) caption.textContent = words;
    }

    function mark(index) {
      now = index;
      const { row, x1, y1, x2, y2 } = points[index];
      const side = Math.max(14, x2 - x1 + 6);
      const height = Math.max(14, y2 - y1 + 6);
      Object.assign(ring.style, {
        left: `${(x1 + x2 - side) / 2}px`,
        top: `${(y1 + y2 - height) / 2}px`,
        width: `${side}px`,
        height: `${height}px`,
      });
      ring.hidden = false;
      say(row.words);
    }

    function nearest(x, y) {
      let best, least = 40;
      points.forEach((point, index) => {
        const far = Math.hypot(Math.max(point.x1 - x, x - point.x2, 0), Math.max(point.y1 - y, y - point.y2, 0));
        if (far < least) [best, least] = [index, far];
      });
      return best;
    }

    // Left and right in time; up and down to the point of the next name that is nearest in time.
    function step(key) {
      if (now === undefined) return 0;
      const way = key === "ArrowLeft" || key === "ArrowUp" ? -1 : 1;
      const names = [...new Set(points.map((point) => point.row.name))];
      const { row } = points[now];
      const same = points.filter((point) => point.row.name === row.name);
      if (names.length === points.length) return Math.min(points.length - 1, Math.max(0, now + way));
      let next;
      if (key === "Home" || key === "End") next = same.at(key === "Home" ? 0 : -1);
      else if (key === "ArrowLeft" || key === "ArrowRight") next = same[same.indexOf(points[now]) + way];
      else {
        const name = names[names.indexOf(row.name) + way];
        const far = (point) => Math.abs(point.row.x - row.x);
        next = points.filter((point) => point.row.name === name).sort((one, other) => far(one) - far(other))[0];
      }
      return next ? points.indexOf(next) : now;
    }

    function listen(box) {
      let pressed;
      const at = (event) => {
        const edge = box.getBoundingClientRect();
        return [event.clientX - edge.left, event.clientY - edge.top];
      };
      const point = (event) => {
        const found = nearest(...at(event));
        if (found !== undefined) mark(found);
      };
      box.addEventListener("keydown", (event) => {
        if (event.ctrlKey || event.altKey || event.metaKey) return;
        if (event.key === "Escape") {
          close();
          start.focus();
        } else if (/^(Arrow(Left|Right|Up|Down)|Home|End)$/.test(event.key)) {
          event.preventDefault();
          if (points.length) mark(step(event.key));
        }
      });
      box.addEventListener("pointerdown", (event) => {
        if (event.isPrimary && event.button === 0) pressed = at(event)[0];
      });
      box.addEventListener("pointermove", (event) => {
        const x = at(event)[0];
        const isDrag = years && pressed !== undefined && Math.abs(x - pressed) > 12;
        band.hidden = !isDrag;
        if (isDrag) Object.assign(band.style, { left: `${Math.min(x, pressed)}px`, width: `${Math.abs(x - pressed)}px` });
        else if (event.pointerType === "mouse") point(event);
      });
      box.addEventListener("pointerup", (event) => {
        const isDrag = !band.hidden;
        band.hidden = true;
        if (isDrag) pick(pressed, at(event)[0]);
        else point(event);
        pressed = undefined;
      });
      for (const end of ["pointercancel", "pointerleave"]) {
        box.addEventListener(end, () => {
          pressed = undefined;
          band.hidden = true;
        });
      }
    }

    // --- highlight and zoom ---------------------------------------------------------------------------------------

    function highlight(button) {
      const isOn = button.ariaPressed !== "true";
      for (const other of legend) other.ariaPressed = String(isOn && other === button);
      view?.signal("shown", isOn ? button.textContent.trim() : "").runAsync();
    }

    function pick(one, other) {
      const [left, right] = [Math.min(one, other), Math.max(one, other)];
      const inside = points.filter((point) => point.x2 >= left && point.x1 <= right).map((point) => point.row);
      if (!inside.length) return say("No point stands in these years.");
      zoom(Math.min(...inside.map((row) => row.first)), Math.max(...inside.map((row) => row.last)));
    }

    async function zoom(first, last) {
      const before = from;
      from = first === undefined ? undefined : [Math.min(first, last), Math.max(first, last)];
      if (!view) return;
      if (from && !spec.data.values.some((row) => row.last >= from[0] && row.first <= from[1])) {
        from = before;
        return say("No point stands in these years.");
      }
      if (from) [years.elements.from.value, years.elements.to.value] = from;
      await draw();
      if (now === undefined) say(from ? `${from[0]} to ${from[1]} shown: ${points.length} points` : "All years shown");
    }

    let width;
    const watch = new ResizeObserver(() => {
      const fresh = drawing.parentElement.clientWidth;
      if (fresh && width !== undefined && fresh !== width && view) draw();
      width = fresh;
    });
  }

  // --- the guess: the answer opens by itself once a number is given, and with it the drawing ---------------------

  const guess = document.querySelector(".bf-guess");
  if (guess) ask(guess);

  function ask(guess) {
    const form = guess.querySelector("form");
    const answer = guess.querySelector("details");
    const result = guess.querySelector("output");
    const right = Number(form.dataset.value);
    const figure = document.querySelector(".bf-figure");
    guess.classList.add("is-ready");
    figure.classList.add("is-covered");
    // Opened by hand it is given up.
    answer.addEventListener("toggle", () => answer.open && figure.classList.remove("is-covered"));
    form.addEventListener("submit", (submit) => {
      submit.preventDefault();
      const text = form.elements.guess.value;
      if (!text) return;
      const given = Number(text);
      const decimals = text.split(".")[1]?.length ?? 0;
      const exact = form.dataset.value.split(".")[1]?.length ?? 0;
      const off = Math.abs(given - right).toLocaleString("en", { maximumFractionDigits: Math.max(decimals, exact) });
      const isRight = right.toFixed(Math.min(decimals, exact)) === given.toFixed(Math.min(decimals, exact));
      const far = `${off}${form.dataset.unit} too ${given < right ? "low" : "high"}`;
      const said = form.dataset.answer;
      result.textContent = isRight ? `Right: it is ${said}.` : `It is ${said}. Your guess is ${far}.`;
      answer.open = true;
      figure.classList.remove("is-covered");
    });
  }
})();
