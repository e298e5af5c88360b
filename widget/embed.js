// The loader: renders a form where its script stands, and in every <jawort-form> of the page.
// A classic script, since page builders break other ones.
(() => {
  const NAME = "jawort-form";
  const script = document.currentScript;
  const home = new URL(script.src).origin;

  // The widget's code, once for each edge: two forms on a page share it.
  const code = {};
  const load = (edge) => code[edge] ??= Promise.all([import(edge + __GLUE__), fetch(edge + __WASM__)])
    .then(([glue, wasm]) => glue.default({ module_or_path: wasm }).then(() => glue));

  const get = async (url, headers) => {
    const answer = await fetch(url, { headers });
    if (!answer.ok) throw answer;
    return answer.text();
  };

  const define = () => {
    // A page that demands trusted types has to allow this one by name.
    const { createHTML } = { createHTML: (html) => html };
    const trust = self.trustedTypes?.createPolicy("jawort", { createHTML }) || { createHTML };

    customElements.define(NAME, class extends HTMLElement {
      static get observedAttributes() {
        return ["form", "theme", "reference"];
      }

      attributeChangedCallback() {
        this.connectedCallback();
      }

      connectedCallback() {
        const form = this.getAttribute("form");
        // Moved within the page, it stays as it is.
        if (form && this.isConnected && !this.root) this.begin(form);
        this.dress();
      }

      async begin(form) {
        this.edge = this.getAttribute("edge") || home;
        this.hosted = `${this.edge}/f/${form}`;
        this.address = `${this.edge}/v1/forms/${form}?lang=`;
        this.ticked = new WeakSet();
        // On the edge's own page the form is there already.
        this.root = this.querySelector(".jw") ? this : this.attachShadow({ mode: "open" });
        this.listen();
        load(this.edge).catch(() => {});
        try {
          if (this.root != this) await this.draw();
        } catch (error) {
          // A closed form says so. Else nothing of the form came through: its address says where it is.
          const closed = error.status == 410 && await error.json().catch(() => 0);
          const shown = document.createElement(closed ? "p" : "a");
          shown.textContent = closed ? closed.detail : shown.href = this.hosted;
          this.root.replaceChildren(shown);
          return this.emit("error", { type: closed ? "form-closed" : "unreachable" });
        }
        this.start();
      }

      // What the person ticks counts from the first moment on; a click by a script ticks nothing.
      listen() {
        this.root.addEventListener("click", (event) => {
          const box = event.target;
          if (!event.isTrusted && box.closest("label, [type=checkbox]")) event.preventDefault();
          else if (box.type == "checkbox") this.ticked[box.checked ? "add" : "delete"](box);
        }, true);
        document.addEventListener("securitypolicyviolation", (event) => {
          if (event.effectiveDirective == "form-action" && event.blockedURI.startsWith(this.edge)) this.offer();
        });
      }

      async draw() {
        const lang = this.closest("[lang]")?.lang || "";
        const [form, css] = await Promise.all([
          get(this.address + lang, { Accept: "text/html" }),
          this.css || get(this.edge + __CSS__),
        ]);
        const number = () => this.root.querySelector("#jw-number");
        const typed = number()?.value;
        const template = document.createElement("template");
        template.innerHTML = trust.createHTML(form);
        this.root.replaceChildren(template.content);
        if (typed) number().value = typed;
        this.css = css;
        try {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(css);
          this.root.adoptedStyleSheets = [sheet];
        } catch {
          this.root.append(Object.assign(document.createElement("style"), { textContent: css }));
        }
        this.dress();
      }

      dress() {
        const theme = this.getAttribute("theme");
        const form = this.root?.querySelector(".jw");
        if (theme && form) form.dataset.theme = theme;
        // A field of the form, so that it is there where the widget can't run, too.
        const reference = form?.querySelector("[name=reference]");
        if (reference && this.hasAttribute("reference")) reference.value = this.getAttribute("reference");
      }

      async start(outdated = false) {
        for (const box of this.root.querySelectorAll(":checked")) this.ticked.add(box);
        try {
          const glue = await load(this.edge);
          this.checkNumber = glue.start(this, this.root.querySelector(".jw"), this.ticked, outdated);
          this.emit("ready", {});
        } catch {
          // The form works without, if the page lets it be sent.
          this.offer();
          this.emit("error", { type: "not-started" });
        }
      }

      offer() {
        const hosted = this.root.querySelector(".jw-hosted");
        if (hosted) hosted.hidden = false;
      }

      // Called by the widget.
      async renew() {
        // The edge answers a form of its own page with the new text.
        if (this.root == this) return this.querySelector("form").submit();
        await this.draw().then(() => this.start(true), () => this.offer());
      }

      emit(name, detail) {
        this.dispatchEvent(new CustomEvent("jawort:" + name, { bubbles: true, composed: true, detail }));
      }
    });
  };
  if (!customElements.get(NAME)) define();

  if (script.dataset.form) {
    const form = document.createElement(NAME);
    for (const name of ["form", "lang", "edge", "theme", "reference"]) {
      if (script.dataset[name]) form.setAttribute(name, script.dataset[name]);
    }
    script.after(form);
  }
})();
