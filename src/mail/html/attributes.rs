//! The attributes that matter to a reader.

/// An attribute by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Attribute {
    Alt,
    Background,
    Bgcolor,
    Border,
    Checked,
    Class,
    Color,
    Height,
    Hidden,
    Href,
    Src,
    Start,
    Style,
    Type,
    Value,
    Width,
}

/// The attributes of one start tag.
#[derive(Debug, Default)]
pub(super) struct Attributes {
    found: Vec<(Attribute, String)>,
    is_first: bool,
}

impl Attribute {
    fn of(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"alt" => Self::Alt,
            b"background" => Self::Background,
            b"bgcolor" => Self::Bgcolor,
            b"border" => Self::Border,
            b"checked" | b"selected" => Self::Checked,
            b"class" => Self::Class,
            b"color" => Self::Color,
            b"height" => Self::Height,
            b"hidden" => Self::Hidden,
            b"href" => Self::Href,
            b"src" => Self::Src,
            b"start" => Self::Start,
            b"style" => Self::Style,
            b"type" => Self::Type,
            b"value" => Self::Value,
            b"width" => Self::Width,
            _ => return None,
        })
    }
}

impl Attributes {
    /// Forgets those of the tag before.
    pub(super) fn clear(&mut self) {
        self.found.clear();
        self.is_first = false;
    }

    /// Takes the name of the next one. Of several with one name the first counts (HTML §13.2.5.33).
    pub(super) fn name(&mut self, name: &[u8]) {
        let attribute = Attribute::of(name).filter(|&it| self.get(it).is_none());
        self.is_first = attribute.is_some();
        self.found.extend(attribute.map(|it| (it, String::new())));
    }

    /// Takes its value.
    pub(super) fn value(&mut self, value: &[u8]) {
        if let Some((_, kept)) = self.found.last_mut().filter(|_| self.is_first) {
            kept.push_str(&String::from_utf8_lossy(value));
        }
    }

    /// Returns the value; empty where it has none.
    pub(super) fn get(&self, attribute: Attribute) -> Option<&str> {
        self.found.iter().find(|(it, _)| *it == attribute).map(|(_, value)| value.as_str())
    }

    /// Returns whether the class has these letters in it.
    pub(super) fn has_class(&self, part: &str) -> bool {
        self.get(Attribute::Class).is_some_and(|class| class.contains(part))
    }

    /// Returns a number, such as a width in pixels.
    pub(super) fn number(&self, attribute: Attribute) -> Option<u32> {
        self.get(attribute)?.trim().trim_end_matches("px").parse().ok()
    }
}
