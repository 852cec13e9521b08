//! Terminals of every kind.

use super::DESK;
use super::opened;
use super::session::Session;
use super::session::count;

fn holds(session: &Session, sequence: &str) -> bool {
    count(&session.written, sequence.as_bytes()) > 0
}

#[test]
fn a_terminal_is_sent_what_it_knows() {
    for kind in
        ["xterm", "xterm-256color", "screen", "screen-256color", "tmux", "linux", "vt100", "unheard-of"]
    {
        let session = opened(80, 24, "", &[("TERM", kind)]);
        let has_other_screen = !["linux", "vt100"].contains(&kind);
        assert_eq!(holds(&session, "\x1b[?1049h"), has_other_screen, "{kind}");
        assert_eq!(holds(&session, "\x1b[?25l"), kind != "vt100", "{kind}");
        let screen = session.terminal.screen();
        let cells = (0..24).flat_map(|y| (0..80).filter_map(move |x| screen.cell(y, x)));
        let colours: Vec<u8> = cells
            .filter_map(
                |cell| if let vt100::Color::Idx(number) = cell.fgcolor() { Some(number) } else { None },
            )
            .collect();
        assert_eq!(colours.iter().any(|&it| it < 8), kind != "vt100", "{kind}: colours");
        assert_eq!(
            colours.iter().any(|&it| it >= 8),
            !["vt100", "linux"].contains(&kind),
            "{kind}: bright ones"
        );
        assert!(!holds(&session, "\x1b[?1000h"), "{kind}: the mouse is the terminal's");
        let session = session.types("jj\r").sees("Hélène Vasseur-Kerr <").types("qq");
        let (status, screen) = session.leaves_the_terminal_as_it_was();
        assert!(status.success());
        assert_eq!(screen.trim(), "", "{kind}: the screen is not as it was");
    }
}

#[test]
fn a_terminal_without_a_screen_is_told_so_and_the_commands_work() {
    let session = Session::run_at(&format!("exec tranche {DESK}"), 80, 24, &[("TERM", "dumb")]);
    let session = session.sees("type dumb has no screen").sees("tranche list");
    assert_eq!(session.leaves_the_terminal_as_it_was().0.exit_code(), 1);
    let session = Session::run_at(&format!("exec tranche list {DESK} hexa"), 80, 24, &[("TERM", "dumb")]);
    assert!(session.sees("HEXA/POL-F1290").leaves_the_terminal_as_it_was().0.success());
}

#[test]
fn in_a_locale_without_utf8_all_is_ascii() {
    let session = opened(80, 24, "", &[("LC_ALL", "C")]).types("jjjjjjl").sees("+-");
    let screen = session.terminal.screen().contents();
    assert!(
        screen.is_ascii() && screen.contains("> 2017-02-01") && screen.contains("Helene, Fulgence"),
        "{screen}"
    );
    session.types("q").leaves_the_terminal_as_it_was();
}
