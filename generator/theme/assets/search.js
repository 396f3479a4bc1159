// Holds the theme's request for the search index back until a reader turns to the search: the index outweighs a page.
"use strict";

(() => {
  if (new URLSearchParams(location.search).has("q")) return;
  const { open, send } = XMLHttpRequest.prototype;
  const indexes = new WeakSet();

  XMLHttpRequest.prototype.open = function (method, address, ...rest) {
    if (String(address).endsWith("/search/search_index.json")) indexes.add(this);
    return open.call(this, method, address, ...rest);
  };

  XMLHttpRequest.prototype.send = function (body) {
    const isField = (element) => element?.matches(".md-search__input");
    if (!indexes.has(this) || isField(document.activeElement)) return send.call(this, body);
    const onFocus = (event) => {
      if (!isField(event.target)) return;
      document.removeEventListener("focusin", onFocus);
      send.call(this, body);
    };
    document.addEventListener("focusin", onFocus);
  };
})();
