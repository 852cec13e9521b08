//! One setting in force: what `config --json` prints.

/// A setting, its value, and where that comes from.
#[derive(Clone, Debug, serde::Serialize)]
pub struct SettingLine<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its value.
    pub value: SettingValue<'a>,
    /// `default`, `file`, `flag` or `environment`.
    pub from: &'static str,
    /// The line of the file, the flag or the variable.
    #[serde(rename = "where")]
    pub place: Option<String>,
}

/// A value as JSON has it.
#[derive(Clone, Debug, serde::Serialize)]
#[serde(untagged)]
pub enum SettingValue<'a> {
    /// A text.
    Text(&'a str),
    /// Yes or no.
    Truth(bool),
    /// Texts.
    List(&'a [String]),
}
