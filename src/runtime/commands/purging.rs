//! `purge`: what is kept is listed, then deleted.

use crate::kept::KeptFile;
use crate::kept::kept;
use crate::kept::kept_of;
use crate::runtime::run_error::RunError;
use crate::text::Printable;
use std::io;
use std::io::BufRead;
use std::io::IsTerminal;
use std::io::Write;
use std::path::Path;

/// Lists what is kept about a mailbox, or about all, and deletes it: after asking, unless `is_sure`.
pub(in crate::runtime) fn purge(
    cache: Option<&Path>,
    positions: Vec<KeptFile>,
    mailbox: Option<&Path>,
    is_sure: bool,
    out: &mut impl Write,
) -> Result<(), RunError> {
    let mut files = match (cache, mailbox) {
        (None, _) => Vec::new(),
        (Some(cache), None) => kept(cache),
        (Some(cache), Some(mailbox)) => kept_of(cache, mailbox),
    };
    files.extend(positions);
    files.sort_by(|one, other| (&one.mailbox, &one.path).cmp(&(&other.mailbox, &other.path)));
    if files.is_empty() {
        let about = mailbox.map(|mailbox| format!(" about {}", shown(mailbox))).unwrap_or_default();
        return Ok(writeln!(out, "nothing is kept{about}")?);
    }
    list(&files, out)?;
    if !is_sure && !is_wanted(&files, out)? {
        return Ok(writeln!(out, "nothing was deleted")?);
    }
    for file in &files {
        let failed = |source| RunError::Remove { path: file.path.clone(), source };
        file.remove().map_err(failed)?;
    }
    Ok(writeln!(out, "deleted {}", counted(&files))?)
}

/// Prints the files, those of one mailbox below its path.
fn list(files: &[KeptFile], out: &mut impl Write) -> io::Result<()> {
    for of_mailbox in files.chunk_by(|one, other| one.mailbox == other.mailbox) {
        match of_mailbox.first().and_then(|file| file.mailbox.as_deref()) {
            Some(mailbox) => writeln!(out, "{}", shown(mailbox))?,
            None => writeln!(out, "of a mailbox that is not known")?,
        }
        for file in of_mailbox {
            writeln!(out, "  {:>9}  {:26}  {}", size(file.bytes), file.what, shown(&file.path))?;
        }
    }
    Ok(())
}

fn is_wanted(files: &[KeptFile], out: &mut impl Write) -> Result<bool, RunError> {
    if !io::stdin().is_terminal() {
        return Err(RunError::NobodyToAsk);
    }
    write!(out, "delete {}? [y/N] ", counted(files))?;
    out.flush()?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}

fn counted(files: &[KeptFile]) -> String {
    let all = size(files.iter().map(|file| file.bytes).sum());
    match files.len() {
        1 => format!("1 file, {all}"),
        count => format!("{count} files, {all}"),
    }
}

fn size(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}

fn shown(path: &Path) -> Printable {
    Printable::new(&path.to_string_lossy())
}
