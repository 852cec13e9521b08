//! By what means meanings are told apart: a theme, and the colours that it may use.
//!
//! Not here: what looks how (see `view`).

/// By what means meanings are told apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Palette {
    /// Which looks.
    pub theme: Theme,
    /// Out of which colours.
    pub colours: Colours,
}

/// Looks that go together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// The terminal's own colours, right on dark and on light alike.
    #[default]
    Terminal,
    /// For a dark background.
    Dark,
    /// For a light background.
    Light,
    /// Colours that are told apart by people who see fewer of them, after Okabe and Ito.
    Safe,
}

/// Which colours there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colours {
    /// None: bold, dim, underlined and reversed letters do it all.
    None,
    /// The terminal's sixteen, the cheapest to send.
    #[default]
    Sixteen,
    /// The 256 of xterm.
    Indexed,
    /// Any.
    True,
}

impl Theme {
    /// Every theme by its name.
    pub const NAMES: [(&str, Self); 4] =
        [("terminal", Self::Terminal), ("dark", Self::Dark), ("light", Self::Light), ("safe", Self::Safe)];
}

impl Colours {
    /// Every choice by its name.
    pub const NAMES: [(&str, Self); 4] =
        [("none", Self::None), ("16", Self::Sixteen), ("256", Self::Indexed), ("true", Self::True)];
}
