// Formulas and conditions in the words of the page's language: the engine writes them in signs
// (`min(a; b)`, `∧`, `#x`). `src/theme/formula.rs` goes by the same rules.
"use strict";

(() => {
  const { word } = kejian;
  const say = (/** @type {string} */ key, /** @type {Record<string, string> | undefined} */ args = undefined) => word(`practice.sign.${key}`, args);
  const signs = /** @type {[string, string][]} */ ([[" ∧ ", "and"], [" ∨ ", "or"], ["¬", "not"], ["∃ ", "any-row"], [" = ∅", "empty"], [" ≠ ∅", "not-empty"],
    [" = ?", "unknown"], [" ≠ ?", "known"], [" = ✓", "yes"], [" = ✗", "no"], [" ∈ ", "in"], [" ∋ ", "has"], [" ∌ ", "lacks"]]);
  const operator = /^( [+−×÷=<>≤≥≠] |; )/;

  /** Where an operand ends: before a sign, or before the bracket that closes around it. @param {string} text @param {boolean} atSigns */
  function end(text, atSigns) {
    let depth = 0;
    for (let at = 0; at < text.length; at += 1) {
      if (text[at] === "(") depth += 1;
      else if (text[at] === ")" && (depth -= 1) < 0) return at;
      else if (atSigns && !depth && operator.test(text.slice(at))) return at;
    }
    return text.length;
  }

  /** @param {string} formula @returns {string} */
  function inWords(formula) {
    let said = "";
    // Alternatives that are all there is need no brackets.
    const bare = formula.startsWith("(") && formula.includes(" ∨ ") && end(formula.slice(1), false) === formula.length - 2;
    let rest = bare ? formula.slice(1, -1) : formula;
    while (rest) {
      const insideWord = /[\p{L}\p{N}]$/u.test(said);
      const called = insideWord ? null : /^(min|max|mean|round)\(/.exec(rest);
      // An equality denied is what it is then.
      const denied = /^¬\(([^()=∧∨]+) = ([^()=∧∨]+)\)/.exec(rest);
      // `< 0 − 0.1` is `< −0.1`.
      const belowZero = /[<>≤≥] $/.test(said) ? /^0 − (\d[\d.]*)(?=$|[);]| [∧∨])/.exec(rest) : null;
      const sign = signs.find(([it]) => rest.startsWith(it));
      const number = insideWord ? null : /^-(\d[\d.]*)/.exec(rest);
      const separator = /^[;,] /.exec(rest);
      if (called) {
        const inner = rest.slice(called[0].length);
        const at = end(inner, false);
        // Rounded to whole numbers is what everyone takes rounding for.
        said += `${say(called[1])}(${inWords(called[1] === "round" ? inner.slice(0, at).replace(/; 1$/, "") : inner.slice(0, at))}`;
        rest = inner.slice(at);
      } else if (denied) {
        const [whole, left, right] = denied;
        said += inWords(right === "✓" ? `${left} = ✗` : right === "✗" ? `${left} = ✓` : `${left} ≠ ${right}`);
        rest = rest.slice(whole.length);
      } else if (belowZero) {
        said += `−${belowZero[1]}`;
        rest = rest.slice(belowZero[0].length);
      } else if (sign) {
        said += say(sign[1]);
        rest = rest.slice(sign[0].length);
      } else if (rest[0] === "#") {
        const at = end(rest.slice(1), true) + 1;
        said += say("count", { text: at > 1 ? inWords(rest.slice(1, at)) : say("rows") });
        rest = rest.slice(at);
      } else if (number) {
        // Two signs in a row are kept apart, as in textbooks: `25 × (−1)`.
        said += / [+−×÷] $/.test(said) ? `(−${number[1]})` : `−${number[1]}`;
        rest = rest.slice(number[0].length);
      } else if (separator && !(separator[0] === "; " && /&#?\w+$/.test(said))) {
        said += word(separator[0] === "; " ? "practice.semicolon" : "practice.comma");
        rest = rest.slice(2);
      } else {
        const letter = String.fromCodePoint(/** @type {number} */ (rest.codePointAt(0)));
        // Braces of a list say nothing that its words do not say.
        if (letter !== "{" && letter !== "}") said += letter;
        rest = rest.slice(letter.length);
      }
    }
    return said;
  }

  kejian.parts.formula = {
    inWords,
    /** A sort order; ties are broken by the rows' ids last of all. @param {string} by */
    order: (by) => inWords(by).replace(/(^|→ )id$/, (_, before) => before + say("id")),
    /** How a cell is worked out: the rule, and the rule with its numbers. @param {any} step */
    worked(step) {
      if (!step || !step.formula) return "";
      const rule = inWords(step.formula);
      // A count has no numbers to put in, only the ids that are counted.
      return step.with && step.with !== step.formula && !step.with.includes("#") ? `${rule} = ${inWords(step.with)}` : rule;
    },
  };
})();
