//! Work on many things at once.

use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, MaxLen};

/// Each item of a list by itself, side by side. Left alone, rayon hands out a list in a few large
/// parts, and whoever is done early waits for the last of them; a chapter or a page takes long
/// enough to be handed out alone.
pub(crate) fn each<I>(items: I) -> MaxLen<I::Iter>
where
    I: IntoParallelIterator,
    I::Iter: IndexedParallelIterator,
{
    items.into_par_iter().with_max_len(1)
}
