// What a page that was opened from a disk lacks: there browsers fetch no file and start no worker. Both are done here
// with scripts, which they do load. This stands in the offline copy alone.
"use strict";

(() => {
  const files = new Map();

  function load(place, address) {
    return new Promise((done, fail) => {
      const script = place.createElement("script");
      script.onload = done;
      script.onerror = () => fail(new Error(`There is no ${address}`));
      script.src = address;
      place.head.append(script);
    });
  }

  // Beside each file that pages ask for stands a script that hands its content over.
  window.handOver = (content) => files.set(document.currentScript.src, content);

  window.fetch = async (address) => {
    const script = new URL(`${address}.js`, document.baseURI).href;
    if (!files.has(script)) await load(document, script);
    return { ok: true, json: async () => structuredClone(files.get(script)) };
  };

  // A worker's script in a frame of its own, in the page's own thread.
  window.Worker = class extends EventTarget {
    #frame = document.createElement("iframe");
    #started;

    constructor(address) {
      super();
      const script = new URL(address, document.baseURI);
      this.#frame.hidden = true;
      this.#frame.title = "Worker";
      this.#started = new Promise((done, fail) => {
        this.#frame.onload = () => this.#start(script).then(done, fail);
      });
      this.#frame.srcdoc = "<!doctype html><title>Worker</title>";
      document.body.append(this.#frame);
    }

    async #start(script) {
      const { contentWindow: inside, contentDocument: place } = this.#frame;
      inside.postMessage = (data) => this.dispatchEvent(new MessageEvent("message", { data }));
      inside.importScripts = async (...addresses) => {
        for (const address of addresses) await load(place, new URL(address, script).href);
      };
      await load(place, script.href);
    }

    async postMessage(data) {
      await this.#started;
      this.#frame.contentWindow.dispatchEvent(new MessageEvent("message", { data }));
    }
  };
})();
