//! Help and usage in the reader's language.
//!
//! English stands in the doc comments of the commands and is shown by clap. For Chinese the
//! texts of `help/zh-Hans.yaml` take their place, and clap's own few words are put into Chinese
//! in what it has drawn.

use super::Cli;
use crate::theme::Words;
use clap::builder::Resettable;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, CommandFactory as _};
use serde_json::Value;
use std::ffi::OsString;

const CHINESE: &str = include_str!("help/zh-Hans.yaml");

/// What clap says itself, in drawn help.
const DRAWN: [(&str, &str); 10] = [
    ("Usage: ", "用法："),
    ("Commands:\n", "命令：\n"),
    ("Arguments:\n", "参数：\n"),
    ("Options:\n", "选项：\n"),
    ("[OPTIONS]", "[选项]"),
    ("<COMMAND>", "<命令>"),
    ("[COURSE]", "[课程]"),
    ("<CHAPTER>", "<章>"),
    ("<EXERCISE>", "<练习>"),
    ("[EXERCISE]", "[练习]"),
];

/// The language that the arguments ask for, before they are understood; else the system's.
pub(super) fn language(arguments: &[OsString]) -> &'static str {
    let texts: Vec<_> = arguments.iter().filter_map(|argument| argument.to_str()).collect();
    let after = texts.iter().position(|text| *text == "--lang").and_then(|at| texts.get(at + 1));
    let joined = texts.iter().find_map(|text| text.strip_prefix("--lang="));
    let asked = after.copied().or(joined).map(str::to_owned).or_else(super::system_language);
    Words::nearest_language(asked.as_deref().unwrap_or_default())
}

/// The program's commands, described in `language`.
pub(super) fn command(language: &str) -> Command {
    let command = Cli::command();
    if language == "en" {
        return command;
    }
    // A test reads every entry, so a damaged file does not get this far.
    let texts: Value = serde_yaml::from_str(CHINESE).unwrap_or_default();
    let mut command =
        command.help_template("{about}\n\n{usage-heading} {usage}\n\n{all-args}{after-help}");
    command = command.about(text(&texts["about"])).after_help(text(&texts["after"]));
    command.build();
    let names: Vec<String> =
        command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    for name in names {
        command = command.mut_subcommand(&name, |sub| {
            let own = &texts["commands"][&name];
            let inner: Vec<String> =
                sub.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
            let sub = inner.into_iter().fold(sub, |sub, name| {
                sub.mut_subcommand(&name, |sub| {
                    let own = &own["commands"][&name];
                    sub.about(text(&own["about"]))
                        .mut_args(|arg| describe(arg, own, &texts["args"]))
                })
            });
            let sub = sub.about(text(&own["about"]));
            let sub = sub.mut_args(|arg| describe(arg, own, &texts["args"]));
            match own["after"].as_str() {
                Some(after) => sub.after_long_help(after.to_owned()),
                None => sub,
            }
        });
    }
    command.mut_args(|arg| describe(arg, &Value::Null, &texts["args"]))
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// Describes an argument; defaults and possible values are part of the text.
fn describe(arg: Arg, own: &Value, shared: &Value) -> Arg {
    let id = arg.get_id().as_str();
    let found = own[id].as_str().or_else(|| shared[id].as_str()).map(str::to_owned);
    match found {
        Some(help) => arg
            .long_help(Resettable::Reset)
            .help(help)
            .hide_default_value(true)
            .hide_possible_values(true),
        None => arg,
    }
}

/// What clap has drawn or has to complain about, in `language`.
pub(super) fn said(error: &clap::Error, language: &str) -> String {
    let drawn = error.to_string();
    if language == "en" {
        return drawn;
    }
    let help = matches!(
        error.kind(),
        ErrorKind::DisplayHelp
            | ErrorKind::DisplayVersion
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    );
    let drawn = if help { drawn } else { complaint(error) };
    DRAWN.iter().fold(drawn, |text, (english, chinese)| text.replace(english, chinese))
}

/// A complaint in Chinese: what is wrong, then how the command is used.
fn complaint(error: &clap::Error) -> String {
    let get = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        Some(other) => other.to_string(),
        None => String::new(),
    };
    let (argument, value) = (get(ContextKind::InvalidArg), get(ContextKind::InvalidValue));
    let mut said = match error.kind() {
        ErrorKind::UnknownArgument => format!("不认识参数「{argument}」"),
        ErrorKind::InvalidSubcommand => {
            format!("没有命令「{}」", get(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingRequiredArgument => format!("缺少参数：{argument}"),
        ErrorKind::InvalidValue if value.is_empty() => format!("「{argument}」后面要写一个值"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("「{argument}」不能是「{value}」")
        }
        ErrorKind::ArgumentConflict => format!("「{argument}」不能和别的参数一起用"),
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues => {
            format!("「{argument}」的值太多了")
        }
        _ => error.kind().to_string(),
    };
    let valid = get(ContextKind::ValidValue);
    if !valid.is_empty() {
        said.extend(["，可以写：", &valid]);
    }
    let near =
        [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    if let Some(near) = near.map(get).into_iter().find(|near| !near.is_empty()) {
        said.extend(["。是不是想写「", &near, "」？"]);
    }
    let usage = match error.get(ContextKind::Usage) {
        Some(ContextValue::StyledStr(usage)) => format!("\n{usage}\n"),
        _ => String::new(),
    };
    format!("错误：{said}\n{usage}\n加上 --help 可以看说明。\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_command_and_argument_is_described_in_chinese() {
        let texts: Value = serde_yaml::from_str(CHINESE).unwrap();
        let mut unused: BTreeSet<String> = BTreeSet::new();
        for (name, command) in texts["commands"].as_object().unwrap() {
            let keys = command
                .as_object()
                .unwrap()
                .keys()
                .filter(|key| !["about", "after", "commands"].contains(&key.as_str()));
            unused.extend(keys.map(|key| format!("commands.{name}.{key}")));
        }
        let mut missing = Vec::new();
        let program = Cli::command();
        for sub in program.get_subcommands() {
            let name = sub.get_name();
            let own = &texts["commands"][name];
            if own["about"].as_str().is_none() {
                missing.push(format!("commands.{name}.about"));
            }
            for inner in sub.get_subcommands() {
                let (name, texts) = (inner.get_name(), &texts["args"]);
                let own = &own["commands"][name];
                let ids = inner.get_arguments().map(|arg| arg.get_id().as_str());
                let lacking = std::iter::once("about")
                    .chain(ids)
                    .filter(|id| own[*id].as_str().or_else(|| texts[*id].as_str()).is_none());
                missing.extend(lacking.map(|id| format!("{name}.{id}")));
            }
            for arg in sub.get_arguments() {
                let id = arg.get_id().as_str();
                unused.remove(&format!("commands.{name}.{id}"));
                if own[id].as_str().or_else(|| texts["args"][id].as_str()).is_none() {
                    missing.push(format!("commands.{name}.{id}"));
                }
            }
        }
        assert!(missing.is_empty(), "src/cli/help/zh-Hans.yaml lacks {missing:?}");
        assert!(unused.is_empty(), "src/cli/help/zh-Hans.yaml describes what is gone: {unused:?}");
    }

    #[test]
    fn the_language_is_known_before_the_arguments_are() {
        let of = |arguments: &[&str]| {
            language(&arguments.iter().map(OsString::from).collect::<Vec<_>>())
        };
        assert_eq!(of(&["kejian", "--lang", "zh", "build"]), "zh-Hans");
        assert_eq!(of(&["kejian", "build", "--lang=zh-CN"]), "zh-Hans");
        assert_eq!(of(&["kejian", "--lang", "en", "build"]), "en");
    }

    #[test]
    fn help_and_complaints_are_wholly_chinese() {
        let said = |arguments: &[&str]| {
            let error = command("zh-Hans").try_get_matches_from(arguments).unwrap_err();
            super::said(&error, "zh-Hans")
        };
        let names: Vec<String> =
            Cli::command().get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
        let mut texts = vec![said(&["kejian", "--help"]), said(&["kejian", "biuld"])];
        texts.push(said(&["kejian", "build", "--outptu", "x"]));
        texts.push(said(&["kejian", "check", "--format", "xml"]));
        texts.push(said(&["kejian", "new"]));
        texts.extend(names.iter().map(|name| said(&["kejian", name, "--help"])));
        for text in texts {
            for english in [
                "sage:", "ption", "ommand", "rgument", "rror", "Print", "default", "ossible", "tip",
            ] {
                assert!(!text.contains(english), "{english} in:\n{text}");
            }
        }
        assert!(said(&["kejian", "biuld"]).contains("没有命令「biuld」。是不是想写「build」？"));
        let value = said(&["kejian", "check", "--format", "xml"]);
        assert!(
            value.contains("「--format <FORMAT>」不能是「xml」，可以写：text、json"),
            "{value}"
        );
    }
}
