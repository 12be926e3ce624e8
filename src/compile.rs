//! One pure function from a world of files to a site and what is to be said about it.

use crate::course::{self, Ahead, Aspect, Chapters, Course, Grammars};
use crate::diag::{self, Diagnostic, Pin, Severity};
use crate::render::{self, Assets, Job, Linking};
use crate::site::Site;
use crate::source::{Memory, RelPath, Span, World};
use crate::theme::{self, Colour, Theme, ThemeError, Words};

/// What to compile and how.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Theme folder's name; `None` = what `course.yaml` says, else `base`.
    pub theme: Option<String>,
    /// One self-contained file per deck, quiz and exercise.
    pub single_file: bool,
    /// Shape of the slides; `None` = what `course.yaml` says.
    pub aspect: Option<Aspect>,
}

/// What a compile gives: a site when there was no error, and every finding in any case.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// The site, unless the course has errors.
    pub site: Option<Site>,
    /// Findings, sorted by file and place.
    pub diagnostics: Vec<Diagnostic>,
    /// The course in each of its languages, the author's first; none when it has errors. To let
    /// go of a large one takes about as long as to write its pages: whoever asked says when.
    pub courses: Vec<Course>,
}

/// Compiles the course in `course` with the themes in `themes` (folders by name, `base` among
/// them). Same input, same bytes, on every machine.
pub fn compile(course: &dyn World, themes: &dyn World, options: &Options) -> Outcome {
    let faulty = |error: &ThemeError| {
        let unknown = unknown_theme(course, themes, options);
        let diagnostics = vec![unknown.unwrap_or_else(|| of_theme(error))];
        Outcome { diagnostics, ..Outcome::default() }
    };
    // Chapters are scanned while the theme is read, which says what may stand in them.
    let chapters = Chapters::of(course);
    let theme = || {
        let mut theme = Theme::open(themes, &named(course, options))?;
        let (templates, grammars) =
            rayon::join(|| theme.read_templates(), || Grammars::of(&theme.layouts));
        theme.templates = templates?;
        Ok((theme, grammars))
    };
    let (theme, scanned) = rayon::join(theme, || chapters.scan());
    let (theme, grammars) = match theme {
        Ok(theme) => theme,
        Err(error) => return faulty(&error),
    };
    let ahead = Ahead { grammars: Some(grammars), scanned };
    let (mut loaded, mut diagnostics) = load_all(course, &theme, ahead);
    let broken = diagnostics.iter().any(|finding| finding.severity == Severity::Error);
    let mut site = None;
    if !broken && !loaded.is_empty() {
        for one in &mut loaded {
            one.aspect = options.aspect.unwrap_or(one.aspect);
        }
        match draw(&loaded, course, &theme, options) {
            Ok(drawn) => site = Some(drawn),
            Err(error) => diagnostics.push(of_theme(&error)),
        }
    }
    Outcome { site, diagnostics, courses: loaded }
}

/// Checks the course without drawing it.
pub fn check(course: &dyn World, themes: &dyn World, options: &Options) -> Vec<Diagnostic> {
    match theme_of(course, themes, options) {
        Ok(theme) => load_all(course, &theme, Ahead::default()).1,
        Err(error) => {
            vec![unknown_theme(course, themes, options).unwrap_or_else(|| of_theme(&error))]
        }
    }
}

/// What is wrong with `theme:` in `course.yaml` when it names no theme.
fn unknown_theme(course: &dyn World, themes: &dyn World, options: &Options) -> Option<Diagnostic> {
    let name = wish(course).filter(|_| options.theme.is_none())?;
    let files = themes.files().ok()?;
    let known = theme::names(&files);
    if known.contains(&name.as_str()) {
        return None;
    }
    let near = course::nearest(&name, known.iter().copied()).unwrap_or_default();
    let pin = Pin::Value("theme".to_owned());
    let fault = Diagnostic::error("unknown-theme", &RelPath::course_file(), pin);
    let fault = fault.with("name", &name).with("nearest", near).with("known", known.join(", "));
    let mut found = vec![fault];
    diag::resolve(&mut found, course);
    found.pop()
}

/// A contact sheet of a theme in the language `tag`: a page with every layout, filled with its
/// example. The examples open exercises of `course`.
pub fn preview(themes: &dyn World, course: &Memory, options: &Options, tag: &str) -> Preview {
    let failed = |error: &ThemeError| Preview {
        page: None,
        world: Memory::default(),
        diagnostics: vec![of_theme(error)],
    };
    let name = options.theme.as_deref().unwrap_or(theme::BASE);
    let theme = match Theme::load(themes, name) {
        Ok(theme) => theme,
        Err(error) => return failed(&error),
    };
    let english = Words::nearest_language(tag) == "en";
    let aspect = options.aspect.unwrap_or_default();
    let texts = render::preview_course(&theme, english, aspect.name());
    let picture = theme.read("preview/example.svg").unwrap_or_default().into_owned();
    let mut world = exercises_of(course).with("media/example.svg", picture);
    for (path, text) in texts {
        world = world.with(path, text.into_bytes());
    }
    let (loaded, mut diagnostics) = load(&world, &theme, Ahead::default());
    let broken = diagnostics.iter().any(|finding| finding.severity == Severity::Error);
    // Whether the examples would make a good lesson is not the question here.
    diagnostics.retain(|finding| finding.severity == Severity::Error);
    let page = loaded.filter(|_| !broken).and_then(|mut loaded| {
        // The course may have its exercises in this language, too; loading it takes its time.
        let catalogue = RelPath::new(format!("po/{}.po", loaded.language));
        if catalogue.is_some_and(|path| course.read(&path).is_ok()) {
            let mut all = load_all(course, &theme, Ahead::default()).0.into_iter();
            if let Some(same) = all.find(|one| one.language == loaded.language) {
                loaded.exercises = same.exercises;
            }
        }
        let words = theme.words(&loaded.language);
        let page = words.and_then(|words| {
            let languages = [loaded.language.clone()];
            let linking = Linking::Single;
            let (course, languages) = (&loaded, &languages[..]);
            let job = Job { course, languages, theme: &theme, words: &words, linking };
            render::preview(&job, &world)
        });
        page.map_err(|error| diagnostics.push(of_theme(&error))).ok()
    });
    Preview { page, world, diagnostics }
}

/// The files of a course's exercises: the examples open them, so they must be there.
fn exercises_of(course: &Memory) -> Memory {
    let files = course.files().unwrap_or_default();
    let exercises = files.iter().filter(|path| path.as_str().starts_with("practice/"));
    exercises.fold(Memory::default(), |world, path| match course.read(path) {
        Ok(bytes) => world.with(path.as_str(), bytes.into_owned()),
        Err(_) => world,
    })
}

/// What [`preview`] gives.
#[derive(Debug)]
pub struct Preview {
    /// The page, unless something is wrong.
    pub page: Option<String>,
    /// The course that was made of the examples.
    pub world: Memory,
    /// Findings in that course or in the theme.
    pub diagnostics: Vec<Diagnostic>,
}

/// Loads a course and looks at what it asks of the theme.
fn load(
    files: &dyn World,
    theme: &Theme<'_>,
    ahead: Ahead<'_>,
) -> (Option<Course>, Vec<Diagnostic>) {
    let (loaded, mut diagnostics) = course::load_with(files, &theme.layouts, ahead);
    if let Some(loaded) = &loaded {
        let mut found = Vec::new();
        for (name, value) in &loaded.colours {
            let pin = |key: bool| {
                let path = format!("colours.{name}");
                if key { Pin::Key(path) } else { Pin::Value(path) }
            };
            let error = |code, pin| Diagnostic::error(code, &RelPath::course_file(), pin);
            if theme.tokens.light.colour(name).is_none() {
                let colours = theme.tokens.light.names();
                let known = colours.filter(|name| theme.tokens.light.colour(name).is_some());
                let known = known.collect::<Vec<_>>().join(", ");
                found.push(
                    error("unknown-token", pin(true)).with("name", name).with("known", known),
                );
            } else if Colour::parse(value).is_none() {
                found.push(error("not-a-colour", pin(false)).with("value", value));
            }
        }
        if !found.is_empty() {
            diagnostics.extend(found);
            diag::resolve(&mut diagnostics, files);
        }
    }
    (loaded, diagnostics)
}

/// Loads a course in all its languages, the author's first; nothing when it cannot be read.
fn load_all(
    files: &dyn World,
    theme: &Theme<'_>,
    ahead: Ahead<'_>,
) -> (Vec<Course>, Vec<Diagnostic>) {
    let (loaded, mut diagnostics) = load(files, theme, ahead);
    let broken = diagnostics.iter().any(|finding| finding.severity == Severity::Error);
    let Some(loaded) = loaded.filter(|_| !broken) else { return (Vec::new(), diagnostics) };
    let (translated, found) = course::translate::load(files, &theme.layouts, &loaded);
    diagnostics.extend(found);
    diag::resolve(&mut diagnostics, files);
    (std::iter::once(loaded).chain(translated).collect(), diagnostics)
}

fn draw(
    loaded: &[Course],
    files: &dyn World,
    theme: &Theme<'_>,
    options: &Options,
) -> Result<Site, ThemeError> {
    let linking = if options.single_file { Linking::Single } else { Linking::Shared };
    let languages: Vec<String> = loaded.iter().map(|course| course.language.clone()).collect();
    let Some(first) = loaded.first() else { return Ok(Site::default()) };
    let (words, assets) = rayon::join(
        || languages.iter().map(|tag| theme.words(tag)).collect::<Result<Vec<_>, ThemeError>>(),
        || Assets::of(first, theme, linking, files),
    );
    let words = words?;
    let jobs = loaded.iter().zip(&words).map(|(course, words)| Job {
        course,
        languages: &languages,
        theme,
        words,
        linking,
    });
    render::render(&jobs.collect::<Vec<_>>(), assets?)
}

/// The theme asked for: by the options, else by `course.yaml`, else `base`. A `course.yaml` that
/// cannot be read asks for nothing here; [`course::load`] says what is wrong with it.
pub fn theme_of<'w>(
    course: &dyn World,
    themes: &'w dyn World,
    options: &Options,
) -> Result<Theme<'w>, ThemeError> {
    Theme::load(themes, &named(course, options))
}

/// The name of the theme asked for.
fn named(course: &dyn World, options: &Options) -> String {
    let name = options.theme.clone().or_else(|| wish(course));
    name.unwrap_or_else(|| theme::BASE.to_owned())
}

/// The theme that `course.yaml` asks for.
fn wish(course: &dyn World) -> Option<String> {
    #[derive(serde::Deserialize)]
    struct Wish {
        theme: Option<String>,
    }
    let bytes = course.read(&RelPath::course_file()).ok()?;
    // The loader's limits come first; what is too large or too deep is not looked at here.
    let text = std::str::from_utf8(&bytes).ok().filter(|text| text.len() < 20_000)?;
    let line = text.lines().find(|line| line.starts_with("theme:"))?;
    serde_yaml::from_str::<Wish>(line).ok()?.theme
}

/// What is wrong with a theme, at its place in the theme's file if that is known. Such files are
/// named from the folder of the themes: `corporate/layouts/flow/slide.html`.
fn of_theme(error: &ThemeError) -> Diagnostic {
    let file = error.file.clone().unwrap_or_else(RelPath::course_file);
    let pin = error.at.map_or(Pin::File, |at| Pin::At(Span::run(at, 1)));
    Diagnostic::error("theme", &file, pin).with("error", &error.message)
}
