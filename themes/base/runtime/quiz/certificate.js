// A certificate to print: the name is asked for this alone and stays on the device.
"use strict";

(() => {
  const { make, word, data, figure } = kejian;

  /** @param {any} summary */
  function certificate(summary) {
    const name = make("input", { id: "certificate-name", autocomplete: "name", value: kejian.storage.get("name") || "", required: true });
    const today = new Date().toLocaleDateString(data.lang, { year: "numeric", month: "long", day: "numeric" });
    const who = make("p", { className: "certificate-name" }, name.value || "\u00a0");
    const sheet = make("article", { className: "certificate", lang: data.lang },
      make("p", { className: "certificate-course" }, data.courseTitle || ""),
      make("h2", {}, word("quiz.certificate")),
      who,
      make("p", {}, word("quiz.certificate_text", { chapter: data.title, marks: figure(summary.marks), max: figure(summary.max), percent: `${Math.round(summary.score * 100)}%` })),
      make("p", { className: "certificate-date" }, today),
      make("span", { className: "seal", "aria-hidden": "true" }, word("quiz.seal")));
    name.addEventListener("input", () => {
      who.textContent = name.value || "\u00a0";
      kejian.storage.set("name", name.value);
    });
    const dialog = make("dialog", { className: "certificate-dialog", "aria-label": word("quiz.certificate"), onclose: () => {
      document.body.classList.remove("printing-certificate");
      dialog.remove();
    } },
      make("form", { className: "certificate-form", onsubmit: (/** @type {Event} */ event) => {
        event.preventDefault();
        document.body.classList.add("printing-certificate");
        print();
      } },
        make("label", { for: "certificate-name" }, word("quiz.your_name")), name,
        make("button", { className: "primary" }, word("quiz.print")),
        make("button", { type: "button", onclick: () => dialog.close() }, word("page.close"))),
      sheet);
    document.body.append(dialog);
    dialog.showModal();
    name.focus();
  }

  kejian.parts.certificate = certificate;
})();
