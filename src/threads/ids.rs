//! A map from ids to containers.
//!
//! Open addressing over hashes that are already mixed and secretly keyed (`corpus::IdHash`): no
//! second hash, no pointers, and nobody can write mail whose ids fall into one place.

use crate::corpus::IdHash;

/// Which number each id has.
pub(super) struct IdMap {
    slots: Vec<Slot>,
    len: usize,
}

/// A place of the map; free where the hash is 0, which no id has.
#[derive(Clone, Copy, Default)]
struct Slot {
    hash: u64,
    number: u32,
}

impl IdMap {
    /// Returns a map that holds this many ids before it has to grow.
    pub(super) fn with_room_for(ids: usize) -> Self {
        let slots = (ids + ids / 2).next_power_of_two().max(16);
        Self { slots: vec![Slot::default(); slots], len: 0 }
    }

    /// Returns the number of an id, which is `number` from now on where it had none.
    pub(super) fn get_or_insert(&mut self, id: IdHash, number: u32) -> u32 {
        if self.len >= self.slots.len() / 4 * 3 {
            self.grow();
        }
        let place = self.place(id.value());
        let slot = &mut self.slots[place];
        if slot.hash == 0 {
            *slot = Slot { hash: id.value(), number };
            self.len += 1;
        }
        slot.number
    }

    /// Gives an id a number, whatever it had.
    pub(super) fn set(&mut self, id: IdHash, number: u32) {
        self.get_or_insert(id, number);
        let place = self.place(id.value());
        self.slots[place].number = number;
    }

    /// Returns the number of an id.
    pub(super) fn get(&self, id: IdHash) -> Option<u32> {
        let slot = self.slots[self.place(id.value())];
        (slot.hash != 0).then_some(slot.number)
    }

    /// Returns where a hash stands, or the free place where it would.
    fn place(&self, hash: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut place = hash as usize & mask;
        while self.slots[place].hash != 0 && self.slots[place].hash != hash {
            place = (place + 1) & mask;
        }
        place
    }

    fn grow(&mut self) {
        let doubled = vec![Slot::default(); self.slots.len() * 2];
        for slot in std::mem::replace(&mut self.slots, doubled) {
            if slot.hash != 0 {
                let place = self.place(slot.hash);
                self.slots[place] = slot;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::IdKey;

    #[test]
    fn an_id_keeps_its_first_number_while_the_map_grows() {
        let ids: Vec<IdHash> = (0..5000_u32).map(|id| IdKey::default().hash(&id.to_le_bytes())).collect();
        let mut map = IdMap::with_room_for(0);
        for (number, &id) in ids.iter().enumerate() {
            assert_eq!(map.get(id), None);
            assert_eq!(map.get_or_insert(id, number as u32), number as u32);
            assert_eq!(map.get_or_insert(id, u32::MAX), number as u32);
        }
        for (number, &id) in ids.iter().enumerate() {
            assert_eq!(map.get(id), Some(number as u32));
        }
        map.set(ids[7], 70);
        assert_eq!(map.get(ids[7]), Some(70));
    }
}
