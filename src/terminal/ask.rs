//! Whoever answers.

use super::fold::fold;
use super::screen::USUAL_WIDTH;
use crate::theme::Words;
use comfy_table::Table;
use inquire::list_option::ListOption;
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

/// Asks a person in the terminal, and says below each prompt which keys answer it.
#[derive(Debug, Clone)]
pub struct Prompts {
    one: String,
    many: String,
}

impl Prompts {
    /// Prompts that speak the language of `words`.
    pub fn new(words: &Words) -> Self {
        let word = |key| words.word(&format!("terminal.keys.{key}"));
        Self { one: word("one"), many: word("many") }
    }
}

impl Ask for Prompts {
    fn one(&mut self, prompt: &str, options: &[String]) -> Result<usize, Stop> {
        pick_one(prompt, options, &self.one).map_err(stop)
    }

    fn many(&mut self, prompt: &str, options: &[String]) -> Result<Vec<usize>, Stop> {
        pick_many(prompt, options, &self.many).map_err(stop)
    }

    fn line(&mut self, prompt: &str) -> Result<String, Stop> {
        Text::new(&asked(prompt, TYPED)).prompt().map_err(stop)
    }
}

/// Columns before a prompt: its sign and a space.
const SIGN: usize = 2;
/// Columns before a prompt, and as many after it as are handy to type in.
const TYPED: usize = SIGN + 10;
/// Columns before an option that is ticked: where the cursor is, and the box.
const TICKED: usize = 6;

/// A text folded to the screen, less the columns that are taken. A prompt left to itself would be
/// broken within its words.
fn asked(text: &str, taken: usize) -> String {
    let columns = Table::new().width().map_or(USUAL_WIDTH, usize::from);
    fold(text, columns.saturating_sub(taken + 1), &" ".repeat(taken.min(TICKED)))
}

fn all(options: &[String], taken: usize) -> Vec<String> {
    options.iter().map(|option| asked(option, taken)).collect()
}

/// An answer behind its prompt, or below it where both do not fit into a line.
fn echoed(prompt: &str, answer: &str) -> String {
    let whole = format!("{prompt} {answer}");
    if asked(&whole, SIGN).contains('\n') {
        format!("\n  {}", asked(answer, SIGN))
    } else {
        answer.to_owned()
    }
}

fn pick_one(prompt: &str, options: &[String], help: &str) -> Result<usize, InquireError> {
    let (shown, help) = (asked(prompt, SIGN), asked(help, SIGN));
    let answer = |chosen: ListOption<&String>| echoed(prompt, &options[chosen.index]);
    let select = Select::new(&shown, all(options, SIGN)).with_page_size(PAGE);
    let chosen = select.with_help_message(&help).with_formatter(&answer).raw_prompt()?;
    Ok(chosen.index)
}

fn pick_many(prompt: &str, options: &[String], help: &str) -> Result<Vec<usize>, InquireError> {
    let (shown, help) = (asked(prompt, SIGN), asked(help, SIGN));
    let answer = |chosen: &[ListOption<&String>]| {
        let chosen: Vec<&str> = chosen.iter().map(|one| options[one.index].as_str()).collect();
        echoed(prompt, &chosen.join(", "))
    };
    let select = MultiSelect::new(&shown, all(options, TICKED)).with_page_size(PAGE);
    let chosen = select.with_help_message(&help).with_formatter(&answer).raw_prompt()?;
    Ok(chosen.into_iter().map(|option| option.index).collect())
}

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
    /// Shown below every prompt.
    help: String,
    menu: bool,
}

impl GuidedPrompts {
    /// Prompts with a line of help below them.
    pub fn new(help: String) -> Self {
        Self { help, menu: false }
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
        let chosen = pick_one(prompt, options, &self.help);
        self.answered(chosen)
    }

    fn many(&mut self, prompt: &str, options: &[String]) -> Result<Vec<usize>, Stop> {
        let chosen = pick_many(prompt, options, &self.help);
        self.answered(chosen)
    }

    fn line(&mut self, prompt: &str) -> Result<String, Stop> {
        let help = asked(&self.help, SIGN);
        let line = Text::new(&asked(prompt, TYPED)).with_help_message(&help).prompt();
        self.answered(line)
    }

    fn wants_menu(&self) -> bool {
        self.menu
    }
}
