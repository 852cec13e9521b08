//! What the system tells of a file that others write to, without being asked: on Linux, inotify(7).
//!
//! It knows nothing of what another machine does to a file that is shared over the network; nor is there
//! anything like it that is worth its code elsewhere. Then the file is only looked at when a message is
//! opened, and while it is followed.

use super::watcher::Order;
use std::path::PathBuf;
use std::sync::mpsc::Sender;

/// Lets the system tell of a file: the worker that looks after it is then told to look.
pub(super) fn start(path: PathBuf, orders: Sender<Order>) {
    #[cfg(target_os = "linux")]
    std::thread::spawn(move || linux::listen(&path, &orders));
    #[cfg(not(target_os = "linux"))]
    drop((path, orders));
}

#[cfg(target_os = "linux")]
mod linux {
    use super::Order;
    use rustix::fs::inotify;
    use rustix::fs::inotify::CreateFlags;
    use rustix::fs::inotify::WatchFlags;
    use rustix::io::Errno;
    use std::mem::MaybeUninit;
    use std::path::Path;
    use std::sync::mpsc::Sender;
    use std::thread;
    use std::time::Duration;

    /// How long it stays deaf after it has told: who writes a lot writes in many pieces.
    const BREATH: Duration = Duration::from_millis(200);

    /// Room for some events; what they say is not asked.
    const EVENT_BYTES: usize = 4096;

    pub(super) fn listen(path: &Path, orders: &Sender<Order>) {
        let Ok(events) = inotify::init(CreateFlags::CLOEXEC) else { return };
        let written = WatchFlags::MODIFY | WatchFlags::CLOSE_WRITE;
        let renamed = WatchFlags::ATTRIB | WatchFlags::MOVE_SELF | WatchFlags::DELETE_SELF;
        if inotify::add_watch(&events, path, written | renamed).is_err() {
            return;
        }
        let mut room = [MaybeUninit::uninit(); EVENT_BYTES];
        loop {
            // What happened before it was watched is looked for once.
            if orders.send(Order::Look).is_err() {
                return;
            }
            thread::sleep(BREATH);
            match rustix::io::read(&events, &mut room) {
                Ok(_) | Err(Errno::INTR) => {}
                Err(_) => return,
            }
        }
    }
}
