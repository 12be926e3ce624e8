//! Whoever answers.

use super::fold::{fold, pack};
use super::screen::USUAL_WIDTH;
use crate::theme::Words;
use comfy_table::Table;
use inquire::list_option::ListOption;
use inquire::ui::{RenderConfig, Styled};
use inquire::{InquireError, MultiSelect, Select, Text};

/// Why no answer came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// The learner pressed Esc or Ctrl-C.
    Left,
    /// There is no terminal to ask in.
    NoTerminal,
}

/// Answers questions one at a time.
pub trait Ask {
    /// The place of one of the options.
    fn one(&mut self, prompt: &str, options: &[String]) -> Result<usize, Stop>;
    /// The places of any number of the options.
    fn many(&mut self, prompt: &str, options: &[String]) -> Result<Vec<usize>, Stop>;
    /// A line of text.
    fn line(&mut self, prompt: &str) -> Result<String, Stop>;

    /// Whether the last stop asks for the menu rather than for the end.
    fn wants_menu(&self) -> bool {
        false
    }
}

/// What prompts say of themselves, in the language of who answers.
#[derive(Debug, Clone)]
struct Says {
    /// The keys that answer, shown below the prompt: for one option, for several, for a line.
    one: Vec<String>,
    many: Vec<String>,
    line: Vec<String>,
    /// Stands behind a prompt that was left.
    left: String,
    /// Between several answers.
    comma: String,
    /// Between what is said of the keys.
    semicolon: String,
}

impl Says {
    fn new(words: &Words) -> Self {
        let word = |key| words.word(&format!("terminal.keys.{key}"));
        let keys = |key| vec![word(key)];
        Self {
            one: keys("one"),
            many: keys("many"),
            line: keys("line"),
            left: word("left"),
            comma: words.word("terminal.phrase.comma"),
            semicolon: words.word("terminal.phrase.semicolon"),
        }
    }

    /// The same with something more about each kind of prompt.
    fn with(mut self, more: &str) -> Self {
        for keys in [&mut self.one, &mut self.many, &mut self.line] {
            keys.push(more.to_owned());
        }
        self
    }

    /// What is said of keys, on as few lines as hold it piece by piece.
    fn help(&self, keys: &[String]) -> String {
        pack(keys, &self.semicolon, columns().saturating_sub(SIGN + 1)).join("\n  ")
    }

    fn render(&self) -> RenderConfig<'_> {
        RenderConfig::default().with_canceled_prompt_indicator(Styled::new(&self.left))
    }

    fn pick_one(&self, prompt: &str, options: &[String]) -> Result<usize, InquireError> {
        let (shown, help) = (asked(prompt, SIGN, SIGN), self.help(&self.one));
        let answer = |chosen: ListOption<&String>| echoed(prompt, &options[chosen.index]);
        let select = Select::new(&shown, all(options, SIGN)).with_page_size(PAGE);
        let select = select.with_render_config(self.render());
        let chosen = select.with_help_message(&help).with_formatter(&answer).raw_prompt()?;
        Ok(chosen.index)
    }

    fn pick_many(&self, prompt: &str, options: &[String]) -> Result<Vec<usize>, InquireError> {
        let (shown, help) = (asked(prompt, SIGN, SIGN), self.help(&self.many));
        let answer = |chosen: &[ListOption<&String>]| {
            let chosen: Vec<&str> = chosen.iter().map(|one| options[one.index].as_str()).collect();
            let chosen = if chosen.is_empty() { vec!["—"] } else { chosen };
            echoed(prompt, &chosen.join(&self.comma))
        };
        let select = MultiSelect::new(&shown, all(options, TICKED)).with_page_size(PAGE);
        let select = select.with_render_config(self.render());
        let chosen = select.with_help_message(&help).with_formatter(&answer).raw_prompt()?;
        Ok(chosen.into_iter().map(|option| option.index).collect())
    }

    fn type_line(&self, prompt: &str) -> Result<String, InquireError> {
        let help = self.help(&self.line);
        let prompt = asked(prompt, TYPED, SIGN);
        Text::new(&prompt).with_help_message(&help).with_render_config(self.render()).prompt()
    }
}

/// Asks a person in the terminal, and says below each prompt which keys answer it.
#[derive(Debug, Clone)]
pub struct Prompts(Says);

impl Prompts {
    /// Prompts that speak the language of `words`.
    pub fn new(words: &Words) -> Self {
        let word = |key| words.word(&format!("terminal.keys.{key}"));
        let mut says = Says::new(words);
        says.line.push(word("asides"));
        Self(says.with(&word("leave")))
    }
}

impl Ask for Prompts {
    fn one(&mut self, prompt: &str, options: &[String]) -> Result<usize, Stop> {
        self.0.pick_one(prompt, options).map_err(stop)
    }

    fn many(&mut self, prompt: &str, options: &[String]) -> Result<Vec<usize>, Stop> {
        self.0.pick_many(prompt, options).map_err(stop)
    }

    fn line(&mut self, prompt: &str) -> Result<String, Stop> {
        self.0.type_line(prompt).map_err(stop)
    }
}

/// Columns before a prompt: its sign and a space.
const SIGN: usize = 2;
/// Columns before a prompt, and as many after it as are handy to type in.
const TYPED: usize = SIGN + 10;
/// Columns before an option that is ticked: where the cursor is, and the box.
const TICKED: usize = 6;

/// A text folded to the screen, less the columns that are taken, its other lines behind `indent`
/// columns. A prompt left to itself would be broken within its words.
fn asked(text: &str, taken: usize, indent: usize) -> String {
    fold(text, columns().saturating_sub(taken + 1), &" ".repeat(indent))
}

/// The columns of the terminal that is asked in.
fn columns() -> usize {
    Table::new().width().map_or(USUAL_WIDTH, usize::from)
}

/// Options whose other lines hang behind their first.
fn all(options: &[String], taken: usize) -> Vec<String> {
    options.iter().map(|option| asked(option, taken + HANGING, taken + HANGING)).collect()
}

/// How far the other lines of an option hang behind its first, to be told from the next option.
const HANGING: usize = 2;

/// An answer behind its prompt, or below it where both do not fit into a line; an arrow tells them
/// apart where there are no colours.
fn echoed(prompt: &str, answer: &str) -> String {
    let whole = format!("{prompt} → {answer}");
    if asked(&whole, SIGN, SIGN).contains('\n') {
        format!("\n  → {}", asked(answer, ARROW, ARROW))
    } else {
        format!("→ {answer}")
    }
}

/// Columns before an answer below its prompt.
const ARROW: usize = SIGN + 2;

#[expect(clippy::needless_pass_by_value, reason = "stands in map_err")]
fn stop(error: InquireError) -> Stop {
    match error {
        InquireError::OperationCanceled | InquireError::OperationInterrupted => Stop::Left,
        // A terminal that cannot be drawn on is as good as none.
        _ => Stop::NoTerminal,
    }
}

/// Asks a person in the terminal, who may call for a menu with Esc; Ctrl-C ends.
#[derive(Debug, Clone)]
pub struct GuidedPrompts {
    says: Says,
    menu: bool,
}

impl GuidedPrompts {
    /// Prompts that also say what Esc does.
    pub fn new(words: &Words, esc: &str) -> Self {
        Self { says: Says::new(words).with(esc), menu: false }
    }

    fn answered<T>(&mut self, result: Result<T, InquireError>) -> Result<T, Stop> {
        self.menu = matches!(result, Err(InquireError::OperationCanceled));
        result.map_err(stop)
    }
}

/// Options on the screen at once.
const PAGE: usize = 12;

impl Ask for GuidedPrompts {
    fn one(&mut self, prompt: &str, options: &[String]) -> Result<usize, Stop> {
        let chosen = self.says.pick_one(prompt, options);
        self.answered(chosen)
    }

    fn many(&mut self, prompt: &str, options: &[String]) -> Result<Vec<usize>, Stop> {
        let chosen = self.says.pick_many(prompt, options);
        self.answered(chosen)
    }

    fn line(&mut self, prompt: &str) -> Result<String, Stop> {
        let line = self.says.type_line(prompt);
        self.answered(line)
    }

    fn wants_menu(&self) -> bool {
        self.menu
    }
}
