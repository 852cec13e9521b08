//! Cutting the loops of links that lead back to where they began.
//!
//! A container has one parent, so its way up ends or enters one loop. Of each loop the link that was
//! made last is cut, as if it had been refused when it was made (JWZ step 1B). Every container is
//! walked through once, however long the way.

use super::NONE;

/// Cuts every loop, and returns the containers that stood on one.
pub(super) fn cut(parents: &mut [u32], made_at: &[u32]) -> Vec<u32> {
    let mut on_loops = Vec::new();
    // The container from which each was reached first.
    let mut reached_from = vec![NONE; parents.len()];
    for start in 0..parents.len() as u32 {
        let mut here = start;
        while here != NONE && reached_from[here as usize] == NONE {
            reached_from[here as usize] = start;
            here = parents[here as usize];
        }
        if here != NONE && reached_from[here as usize] == start {
            cut_one(parents, made_at, here, &mut on_loops);
        }
    }
    on_loops
}

/// Cuts the loop that leads through `start`.
fn cut_one(parents: &mut [u32], made_at: &[u32], start: u32, on_loops: &mut Vec<u32>) {
    let mut last_made = start;
    let mut here = start;
    loop {
        on_loops.push(here);
        if made_at[here as usize] > made_at[last_made as usize] {
            last_made = here;
        }
        here = parents[here as usize];
        if here == start {
            break;
        }
    }
    parents[last_made as usize] = NONE;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(parents: &[u32], made_at: &[u32], cut_parents: &[u32], on_loops: &[u32]) {
        let mut found = parents.to_vec();
        let mut looped = cut(&mut found, made_at);
        looped.sort_unstable();
        assert_eq!((&found[..], &looped[..]), (cut_parents, on_loops), "{parents:?}");
    }

    #[test]
    fn the_last_link_of_a_loop_is_cut() {
        check(&[], &[], &[], &[]);
        check(&[NONE, 0, 1], &[0, 1, 2], &[NONE, 0, 1], &[]);
        check(&[0], &[1], &[NONE], &[0]);
        check(&[1, 0], &[1, 2], &[1, NONE], &[0, 1]);
        check(&[1, 2, 0, 0], &[1, 3, 2, 4], &[1, NONE, 0, 0], &[0, 1, 2]);
        check(&[1, 0, 3, 2], &[1, 2, 4, 3], &[1, NONE, NONE, 2], &[0, 1, 2, 3]);
        check(&[3, 2, 1, 1], &[9, 1, 2, 3], &[3, 2, NONE, 1], &[1, 2]);
    }
}
