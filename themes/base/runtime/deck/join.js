// The tools are there: they join the deck, which may have started long ago.
/** @type {any} */ (window).kejian.deck.join();
