//! Addresses with `*` for anything.

/// Returns a pattern or an address in the form in which they are compared: case makes no difference.
pub fn plain(address: &str) -> String {
    address.trim().to_lowercase()
}

/// Returns whether an address fits a pattern, both [`plain`]; `*` stands for any letters or none.
pub fn fits(pattern: &str, address: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else { return pattern == address };
    let Some(mut left) = address.strip_prefix(first) else { return false };
    let mut pieces: Vec<&str> = rest.split('*').collect();
    let last = pieces.pop().unwrap_or_default();
    for piece in pieces {
        let Some((_, after)) = left.split_once(piece) else { return false };
        left = after;
    }
    left.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, fitting: &[&str], others: &[&str]) {
        for address in fitting {
            assert!(fits(pattern, &plain(address)), "{pattern} {address}");
        }
        for address in others {
            assert!(!fits(pattern, &plain(address)), "{pattern} {address}");
        }
    }

    #[test]
    fn stars_stand_for_anything() {
        check(
            "anna@desk.example",
            &["Anna@Desk.Example", " anna@desk.example "],
            &["joanna@desk.example", ""],
        );
        check("*@desk.example", &["anna@desk.example", "@desk.example"], &["anna@desk.example.org"]);
        check("anna@*", &["anna@desk.example", "anna@"], &["joanna@desk.example"]);
        check("a*a*@*.example", &["anna@desk.example", "aa@.example"], &["ana.example", "a@desk.example"]);
        check("*", &["", "a"], &[]);
        check("aba*aba", &["abaaba", "aba@aba"], &["aba", "ababa"]);
    }
}
