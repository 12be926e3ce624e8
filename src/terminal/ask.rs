//! Whoever answers.

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

/// Asks a person in the terminal.
#[derive(Debug, Clone, Copy)]
pub struct Prompts;

impl Ask for Prompts {
    fn one(&mut self, prompt: &str, options: &[String]) -> Result<usize, Stop> {
        let chosen = Select::new(prompt, options.to_vec()).raw_prompt().map_err(stop)?;
        Ok(chosen.index)
    }

    fn many(&mut self, prompt: &str, options: &[String]) -> Result<Vec<usize>, Stop> {
        let chosen = MultiSelect::new(prompt, options.to_vec()).raw_prompt().map_err(stop)?;
        Ok(chosen.into_iter().map(|option| option.index).collect())
    }

    fn line(&mut self, prompt: &str) -> Result<String, Stop> {
        Text::new(prompt).prompt().map_err(stop)
    }
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
        let help = self.help.clone();
        let select = Select::new(prompt, options.to_vec()).with_page_size(PAGE);
        let chosen = select.with_help_message(&help).raw_prompt();
        self.answered(chosen).map(|chosen| chosen.index)
    }

    fn many(&mut self, prompt: &str, options: &[String]) -> Result<Vec<usize>, Stop> {
        let help = self.help.clone();
        let select = MultiSelect::new(prompt, options.to_vec()).with_page_size(PAGE);
        let chosen = select.with_help_message(&help).raw_prompt();
        let chosen = self.answered(chosen)?;
        Ok(chosen.into_iter().map(|option| option.index).collect())
    }

    fn line(&mut self, prompt: &str) -> Result<String, Stop> {
        let help = self.help.clone();
        let line = Text::new(prompt).with_help_message(&help).prompt();
        self.answered(line)
    }

    fn wants_menu(&self) -> bool {
        self.menu
    }
}
