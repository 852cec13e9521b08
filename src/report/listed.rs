//! The JSON of `list`: a message's envelope, as it was read again from its bytes.

use super::Place;
use crate::corpus::Kept;
use crate::mail::Address;
use crate::mail::Anomaly;
use crate::mail::Envelope;
use crate::mail::Role;
use serde::Serialize;

/// A message's envelope. `attachments` is a count for `list` and a list for `show`.
#[derive(Debug, Serialize)]
pub struct Listed<Attachments> {
    number: u64,
    offset: u64,
    length: u64,
    message_id: Option<String>,
    in_reply_to: Vec<String>,
    references: Vec<String>,
    date: Option<String>,
    date_raw: Option<String>,
    from: Vec<Who>,
    to: Vec<Who>,
    cc: Vec<Who>,
    bcc: Vec<Who>,
    subject: Option<String>,
    thread: u64,
    parent: Option<u64>,
    depth: u32,
    attachments: Attachments,
    anomalies: Vec<&'static str>,
}

#[derive(Debug, Serialize)]
struct Who {
    name: String,
    address: String,
}

/// Puts together what `list` says of a message.
pub fn listed<Attachments>(
    kept: Kept<'_>,
    envelope: &Envelope<'_>,
    place: Place,
    attachments: Attachments,
) -> Listed<Attachments> {
    let anomalies = kept.anomalies().and(place.anomalies);
    Listed {
        number: kept.number().ordinal(),
        offset: kept.range().start().0,
        length: kept.range().len(),
        message_id: envelope.message_id.as_deref().map(bracketed),
        in_reply_to: envelope.in_reply_to.iter().map(|id| bracketed(id)).collect(),
        references: envelope.references.iter().map(|id| bracketed(id)).collect(),
        date: kept.date().map(|date| date.rfc3339()),
        date_raw: envelope.date_raw.as_deref().map(str::to_owned),
        from: people(envelope, Role::From),
        to: people(envelope, Role::To),
        cc: people(envelope, Role::Cc),
        bcc: people(envelope, Role::Bcc),
        subject: envelope.subject.as_deref().map(str::to_owned),
        thread: place.thread.ordinal(),
        parent: place.parent.map(|parent| parent.ordinal()),
        depth: place.depth,
        attachments,
        anomalies: anomalies.iter().map(Anomaly::word).collect(),
    }
}

/// Returns an id as headers write it.
pub(super) fn bracketed(id: &[u8]) -> String {
    format!("<{}>", String::from_utf8_lossy(id))
}

fn people(envelope: &Envelope<'_>, role: Role) -> Vec<Who> {
    let of_role = envelope.people.iter().filter(|(found, _)| *found == role);
    of_role
        .map(|(_, Address { name, address })| Who { name: name.to_string(), address: address.to_string() })
        .collect()
}
