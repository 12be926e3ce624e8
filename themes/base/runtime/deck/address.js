// An address for every slide and step (`#id`, `#4`, `#4.2`), and the place where one stopped.
(() => {
  "use strict";
  const kejian = /** @type {any} */ (window).kejian;

  kejian.deck.add((/** @type {any} */ deck) => {
    const stored = `deck/${kejian.data.chapter}`;
    const stopped = kejian.storage.get(stored)?.slide;

    /** The slide and step that the address names; the first slide if it names none. */
    deck.address = () => {
      let hash = location.hash.slice(1);
      try {
        hash = decodeURIComponent(hash);
      } catch {
        // A stray `%`: the address is taken as it is.
      }
      const whole = deck.find(hash);
      if (whole >= 0) return { slide: whole, step: 0 };
      const [, name, step] = hash.match(/^(.*?)(?:\.(\d+))?$/) || ["", "", ""];
      const named = deck.find(name);
      const slide = named >= 0 ? named : /^\d+$/.test(name) ? Number(name) : 0;
      return { slide, step: Number(step) || 0 };
    };

    /** The address of where the deck stands, without the file's name. */
    deck.hash = () => `#${encodeURIComponent(deck.slides[deck.at].id + (deck.step ? `.${deck.step}` : ""))}`;

    /** Offers to go on where one stopped, as long as nobody has moved. */
    function offer() {
      const place = deck.find(stopped);
      if (location.hash || deck.presenter || place <= 0 || place >= deck.slides.length - 1) return;
      const text = kejian.word("deck.resume", { n: deck.label(place), title: deck.title(place) });
      const chip = kejian.make("button", { type: "button", className: "resume", onclick: () => deck.go(place) }, text);
      document.body.prepend(chip);
    }

    return {
      render: offer,
      bind() {
        addEventListener("hashchange", () => {
          const { slide, step } = deck.address();
          if (slide !== deck.at || step !== deck.step) deck.go(slide, step);
        });
      },
      update(_before, how) {
        const unmoved = how.quiet && !location.hash;
        if (!how.quiet) document.querySelector(".resume")?.remove();
        try {
          history.replaceState(null, "", deck.hash());
        } catch {
          // In a srcdoc frame the address stays as it is.
        }
        if (deck.presenter || unmoved) return;
        kejian.storage.set(stored, { slide: deck.slides[deck.at].id });
        kejian.storage.set("last", { path: `${kejian.data.chapter}/deck.html${deck.hash()}`, title: kejian.data.title });
      },
    };
  });
})();
